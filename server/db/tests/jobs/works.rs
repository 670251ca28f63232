//! What jobs do in these tests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use db::Db;
use db::jobs::{JobFailure, JobHandler, Progress, Run};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::sleep;

/// How a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Does a part for each permit, from where it was, and listens whether it is to stop.
    Parts,
    /// The same, but does not listen.
    Deaf,
    /// Fails until the attempt of this number.
    UntilAttempt(u32),
    /// Fails for good.
    Never,
    Panics,
}

pub(crate) struct Work {
    db: Db,
    way: Way,
    /// Parts that may be done.
    pub(crate) permits: Semaphore,
    pub(crate) begun: AtomicUsize,
    pub(crate) at_once: AtomicUsize,
    pub(crate) most_at_once: AtomicUsize,
    /// Which job did which part.
    pub(crate) parts: Mutex<Vec<(String, u64)>>,
}

impl Work {
    pub(crate) fn new(db: &Db, way: Way, permits: usize) -> Arc<Self> {
        Arc::new(Self {
            db: db.clone(),
            way,
            permits: Semaphore::new(permits),
            begun: AtomicUsize::new(0),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            parts: Mutex::default(),
        })
    }

    async fn parts(&self, run: &Run) -> Result<Value, JobFailure> {
        let total = run.job().payload["parts"].as_u64().unwrap();
        for done in run.job().progress.done + 1..=total {
            let permit = self.permits.acquire();
            let permit = if self.way == Way::Deaf {
                permit.await
            } else {
                let told = run.stop().run_until_cancelled(permit).await;
                told.ok_or(JobFailure::Stopped)?
            };
            permit.unwrap().forget();
            self.part(run, done, total).await?;
        }
        Ok(json!({"done": total}))
    }

    async fn part(&self, run: &Run, done: u64, total: u64) -> Result<(), JobFailure> {
        let progress = Progress {
            done,
            total: Some(total),
            message: format!("part {done}"),
        };
        let mut tx = self.db.begin().await?;
        run.record(&mut tx, &progress).await?;
        tx.commit().await?;
        let mut parts = self.parts.lock().unwrap();
        parts.push((run.job().id.clone(), done));
        Ok(())
    }
}

#[async_trait]
impl JobHandler for Work {
    async fn run(&self, run: &Run) -> Result<Value, JobFailure> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        let at_once = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(at_once, Ordering::SeqCst);
        // Long enough for others to begin if they may.
        sleep(Duration::from_millis(5)).await;
        let attempts = run.job().attempts;
        let done = match self.way {
            Way::Parts | Way::Deaf => self.parts(run).await,
            Way::UntilAttempt(good) if attempts >= good => Ok(json!(attempts)),
            Way::UntilAttempt(_) => Err(JobFailure::Passing(format!("not at attempt {attempts}"))),
            Way::Never => Err(JobFailure::Lasting("there is no such queue".to_owned())),
            Way::Panics => panic!("a bug in a handler"),
        };
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        done
    }
}
