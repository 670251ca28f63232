//! Jobs: each is done, by one replica at a time, whatever becomes of the replicas.

mod ending;
mod replicas;
mod running;
mod works;

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use db::Db;
use db::audit::Cause;
use db::jobs::{Job, JobRunner, JobSettings, JobState, Jobs, NewJob};
use db::lease::LeaseTimes;
use serde_json::json;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use works::Work;

pub(crate) const KIND: &str = "test.work";
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Nothing is found by looking from time to time, and nothing is lost on a busy machine.
pub(crate) const SETTINGS: JobSettings = JobSettings {
    lease: LeaseTimes {
        lasts: Duration::from_secs(60),
        renewed: Duration::from_secs(50),
    },
    progress: Duration::from_millis(20),
    repair: Duration::from_secs(3600),
    grace: Duration::from_millis(300),
    last_grace: Duration::from_millis(300),
    backoff: Duration::from_millis(40),
    keep: Duration::from_secs(3600),
};

/// For those who wait for the end of another's.
pub(crate) const SHORT: JobSettings = JobSettings {
    lease: LeaseTimes {
        lasts: Duration::from_millis(1500),
        renewed: Duration::from_millis(300),
    },
    ..SETTINGS
};

pub(crate) fn cause() -> Cause {
    Cause::new("user:default/ann", Utc::now())
}

/// A runner in the background.
pub(crate) struct Runner {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Runner {
    pub(crate) fn start(db: &Db, work: &Arc<Work>) -> Self {
        Self::start_with(db, work, SETTINGS, 4)
    }

    /// One that is soon forgotten when it is not heard of.
    pub(crate) fn mortal(db: &Db, work: &Arc<Work>) -> Self {
        Self::start_with(db, work, SHORT, 4)
    }

    pub(crate) fn start_with(
        db: &Db,
        work: &Arc<Work>,
        settings: JobSettings,
        at_once: usize,
    ) -> Self {
        let stop = CancellationToken::new();
        let runner = JobRunner::new(db.clone(), settings).handle(KIND, at_once, work.clone());
        let task = tokio::spawn(runner.run(stop.clone()));
        Self { stop, task }
    }

    /// In order.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        timeout(PATIENCE, self.task).await.unwrap().unwrap();
    }

    /// As a crash does: nothing is handed back.
    pub(crate) async fn crash(self) {
        self.task.abort();
        let _cancelled = self.task.await;
    }
}

pub(crate) async fn enqueue(db: &Db) -> String {
    let job = NewJob::new(KIND, json!({"parts": 3}));
    Jobs::new(db.clone()).enqueue(&cause(), &job).await.unwrap()
}

pub(crate) async fn job(db: &Db, id: &str) -> Job {
    Jobs::new(db.clone()).get(id).await.unwrap().unwrap()
}

/// The job as soon as the feed says that it is as wanted.
pub(crate) async fn when(db: &Db, id: &str, wanted: impl Fn(&Job) -> bool) -> Job {
    let mut head = db.feed().watch();
    let wait = async {
        loop {
            head.mark_unchanged();
            let job = job(db, id).await;
            if wanted(&job) {
                return job;
            }
            head.changed().await.unwrap();
        }
    };
    match timeout(PATIENCE, wait).await {
        Ok(job) => job,
        Err(_) => panic!("still {:?}", job(db, id).await),
    }
}

pub(crate) async fn ended(db: &Db, id: &str) -> Job {
    when(db, id, |job| job.state.is_final()).await
}

pub(crate) async fn running(db: &Db, id: &str) -> Job {
    when(db, id, |job| job.state == JobState::Running).await
}
