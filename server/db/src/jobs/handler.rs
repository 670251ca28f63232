//! What a feature gives to the runner, and what its work is given.

use async_trait::async_trait;
use serde_json::Value;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{Job, Progress, settle};
use crate::{DbError, Fence, Result, Tx};

/// What a kind of job does.
#[async_trait]
pub trait JobHandler: Send + Sync {
    /// Does it, from where [`Job::progress`] says that it came before; what came of it. To be
    /// ended soon when [`Run::stop`] is cancelled, and then dropped wherever it waits.
    async fn run(&self, run: &Run) -> Result<Value, JobFailure>;
}

/// Why a job did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobFailure {
    /// It may go well later: it is tried again, as often as it may be.
    Passing(String),
    /// It never will.
    Lasting(String),
    /// It was told to stop, and has.
    Stopped,
}

impl From<DbError> for JobFailure {
    fn from(error: DbError) -> Self {
        match error {
            DbError::LeaseLost => Self::Stopped,
            error => Self::Passing(error.to_string()),
        }
    }
}

/// A job that is being run.
pub struct Run {
    pub(super) job: Job,
    pub(super) fence: Fence,
    pub(super) stop: CancellationToken,
    /// What is to be written; `None` when it has been, in a transaction of the handler's own.
    pub(super) progress: watch::Sender<Option<Progress>>,
}

impl Run {
    /// The job as it was when this run began.
    #[must_use]
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// What every write of this run has to check, unless it goes with [`record`](Self::record).
    #[must_use]
    pub fn fence(&self) -> &Fence {
        &self.fence
    }

    /// Cancelled when the job is to be ended or paused, when the process stops, and when somebody
    /// else has the job.
    #[must_use]
    pub fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// Says how far it has come; written before long.
    pub fn progress(&self, progress: Progress) {
        self.progress.send_replace(Some(progress));
    }

    /// Says how far it has come in the transaction of what was done: neither is there without the
    /// other. To be called before anything else is locked.
    ///
    /// # Errors
    /// [`DbError::LeaseLost`] when somebody else runs the job.
    pub async fn record(&self, tx: &mut Tx, progress: &Progress) -> Result<()> {
        tx.check(&self.fence).await?;
        settle::record(tx, &self.fence, progress).await?;
        self.progress.send_replace(None);
        Ok(())
    }
}
