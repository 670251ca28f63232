//! Takes jobs and runs them, as many of each kind at a time as was said. Every replica has one.

use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::claim::{self, Claimed};
use super::execution::Execution;
use super::{JOB_TOPIC, JobHandler, JobSettings, Jobs, settle};
use crate::audit::Cause;
use crate::{Db, Outage, Result};

/// How often jobs that ended long ago are forgotten.
const PURGE: Duration = Duration::from_secs(3600);

/// Runs jobs until it is told to stop.
pub struct JobRunner {
    db: Db,
    holder: String,
    settings: JobSettings,
    kinds: Vec<Kind>,
}

struct Kind {
    name: &'static str,
    /// A permit for each job that may run.
    free: Arc<Semaphore>,
    handler: Arc<dyn JobHandler>,
}

impl JobRunner {
    /// Without a kind that it could run yet.
    #[must_use]
    pub fn new(db: Db, settings: JobSettings) -> Self {
        Self {
            holder: db.leases().holder().to_owned(),
            db,
            settings,
            kinds: Vec::new(),
        }
    }

    /// Has jobs of a kind run by `handler`, no more than `at_once` of them at a time.
    #[must_use]
    pub fn handle(
        mut self,
        kind: &'static str,
        at_once: usize,
        handler: Arc<dyn JobHandler>,
    ) -> Self {
        self.kinds.push(Kind {
            name: kind,
            free: Arc::new(Semaphore::new(at_once)),
            handler,
        });
        self
    }

    /// Takes and runs jobs. What is running when `stop` is cancelled is handed back.
    pub async fn run(self, stop: CancellationToken) {
        let purging = stop.run_until_cancelled(self.forget());
        tokio::join!(self.work(&stop), purging);
    }

    async fn work(&self, stop: &CancellationToken) {
        if self.kinds.is_empty() {
            return;
        }
        let mut news = self.db.feed().on(&[JOB_TOPIC]);
        let asked = watch::Sender::new(());
        let mut running = JoinSet::new();
        let mut outage = Outage::of("looking for jobs");
        while !stop.is_cancelled() {
            let taken = self.take(stop, &asked, &mut running).await;
            let wait = match taken {
                Ok(wait) => {
                    outage.over();
                    wait
                }
                Err(error) => outage.failed(&error),
            };
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                Some(_done) = running.join_next() => {}
                () = news.next() => { asked.send_replace(()); }
                () = sleep_until(Instant::now() + wait) => {}
            }
        }
        while running.join_next().await.is_some() {}
    }

    /// Takes what can be taken; how long to wait for more if nothing is heard.
    async fn take(
        &self,
        stop: &CancellationToken,
        news: &watch::Sender<()>,
        running: &mut JoinSet<()>,
    ) -> Result<Duration> {
        loop {
            let free = |kind: &&Kind| kind.free.available_permits() > 0;
            let kinds: Vec<&str> = self
                .kinds
                .iter()
                .filter(free)
                .map(|kind| kind.name)
                .collect();
            if kinds.is_empty() || stop.is_cancelled() {
                return Ok(self.settings.repair);
            }
            let asked = Instant::now();
            let lasts = self.settings.lease.lasts;
            match claim::claim(&self.db, &kinds, &self.holder, lasts).await? {
                Claimed::Ended => {}
                Claimed::Nothing => {
                    let due = claim::next_due(&self.db, &kinds).await?;
                    return Ok(due
                        .unwrap_or(self.settings.repair)
                        .min(self.settings.repair));
                }
                Claimed::Ours(claim) => {
                    let found = self.kinds.iter().find(|kind| kind.name == claim.job.kind);
                    let permit = found.and_then(|kind| {
                        let permit = Arc::clone(&kind.free).try_acquire_owned().ok()?;
                        Some((Arc::clone(&kind.handler), permit))
                    });
                    // Only this task takes permits: there is one.
                    let Some((handler, permit)) = permit else {
                        continue;
                    };
                    let signals = (asked, stop.clone(), news.subscribe());
                    let db = self.db.clone();
                    let run = Execution::run(db, self.settings, *claim, handler, signals);
                    running.spawn(held(permit, run));
                }
            }
        }
    }

    async fn forget(&self) {
        let jobs = Jobs::new(self.db.clone());
        let keep = TimeDelta::from_std(self.settings.keep).unwrap_or(TimeDelta::MAX);
        loop {
            let cause = Cause::new(settle::ACTOR, Utc::now());
            match jobs.purge_older(&cause, keep).await {
                Ok(0) => {}
                Ok(jobs) => tracing::info!(jobs, "jobs that ended long ago were forgotten"),
                Err(error) => tracing::error!(%error, "old jobs could not be forgotten"),
            }
            sleep(PURGE).await;
        }
    }
}

/// Keeps a permit as long as a run lasts.
async fn held(_permit: OwnedSemaphorePermit, run: impl Future<Output = ()>) {
    run.await;
}
