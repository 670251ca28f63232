//! One run of a job: the handler's work, and beside it what keeps the job ours, writes progress,
//! and hears what is to become of it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::claim::Claim;
use super::handler::{JobFailure, JobHandler, Run};
use super::settle::{self, News, Settlement};
use super::{JobSettings, Progress};
use crate::{Db, DbError, Fence, Outage};

pub(super) struct Execution {
    db: Db,
    settings: JobSettings,
    fence: Fence,
    kind: String,
    attempts: u32,
    max_attempts: u32,
    /// The process stops.
    stop: CancellationToken,
    /// The handler is told to.
    told: CancellationToken,
    /// Something was asked of some job.
    news: watch::Receiver<()>,
    progress: watch::Receiver<Option<Progress>>,
    /// By our own clock the job is ours until then.
    end: Instant,
    /// When to drop the work, once it was told to stop.
    deadline: Option<Instant>,
    is_closing: bool,
    outage: Outage,
}

/// How the work ended.
type Worked = Option<Result<Value, JobFailure>>;

/// The job is somebody else's, or may be.
struct Lost;

impl Execution {
    /// Runs a job that was asked for at `asked`.
    pub(super) async fn run(
        db: Db,
        settings: JobSettings,
        claim: Claim,
        handler: Arc<dyn JobHandler>,
        (asked, stop, news): (Instant, CancellationToken, watch::Receiver<()>),
    ) {
        let Claim { job, fence } = claim;
        let (sender, progress) = watch::channel(None);
        let told = CancellationToken::new();
        let execution = Self {
            db,
            settings,
            fence: fence.clone(),
            kind: job.kind.clone(),
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            stop,
            told: told.clone(),
            news,
            progress,
            end: asked + settings.lease.lasts,
            deadline: None,
            is_closing: false,
            outage: Outage::of("running a job"),
        };
        let run = Run {
            job,
            fence,
            stop: told,
            progress: sender,
        };
        let work = tokio::spawn(async move { handler.run(&run).await });
        execution.attend(AbortOnDropHandle::new(work)).await;
    }

    async fn attend(mut self, mut work: AbortOnDropHandle<Result<Value, JobFailure>>) {
        let mut next = Instant::now() + self.settings.progress;
        let mut renewed = Instant::now();
        let worked: Worked = loop {
            let deadline = self.deadline.unwrap_or(self.end);
            let heard = tokio::select! {
                biased;
                done = &mut work => break Some(done.unwrap_or_else(|_panicked| {
                    Err(JobFailure::Passing("its handler broke off".to_owned()))
                })),
                () = self.stop.cancelled(), if !self.is_closing => {
                    self.is_closing = true;
                    self.tell(self.settings.last_grace);
                    continue;
                }
                () = sleep_until(deadline), if self.deadline.is_some() => break None,
                () = sleep_until(next) => false,
                // The sender lives in the runner, as this task does.
                changed = self.news.changed() => changed.is_ok(),
            };
            let is_due = renewed.elapsed() >= self.settings.lease.renewed;
            if !heard && !is_due && !self.has_progress() {
                next = Instant::now() + self.settings.progress;
                continue;
            }
            match self.beat().await {
                Ok(wait) => {
                    renewed = Instant::now();
                    next = (renewed + wait).min(self.end);
                }
                Err(Lost) => return self.lost(),
            }
        };
        // Over before the job is given to somebody else; after that, the fence is what holds.
        if worked.is_none() {
            work.abort();
            let _ended = timeout_at(self.end, &mut work).await;
        }
        self.settle(worked).await;
    }

    /// Has the work stop.
    fn tell(&mut self, grace: Duration) {
        self.told.cancel();
        let latest = Instant::now() + grace;
        self.deadline = Some(self.deadline.map_or(latest, |earlier| earlier.min(latest)));
    }

    fn has_progress(&self) -> bool {
        // An error means that the handler is gone, and with it all it had to say is there.
        self.progress.has_changed().unwrap_or(true)
    }

    /// What the handler has said since the last time.
    fn news_of_progress(&mut self) -> News {
        if !self.has_progress() {
            return News::None;
        }
        match self.progress.borrow_and_update().clone() {
            Some(progress) => News::Unwritten(progress),
            None => News::Written,
        }
    }

    /// Renews the job, writes progress, and hears what was asked. When to do so again.
    async fn beat(&mut self) -> Result<Duration, Lost> {
        let asked_at = Instant::now();
        let lasts = self.settings.lease.lasts;
        let news = self.news_of_progress();
        let beat = settle::beat(&self.db, &self.fence, &news, lasts);
        match timeout_at(self.end, beat).await {
            Ok(Ok(asked)) => {
                self.outage.over();
                self.end = asked_at + lasts;
                if asked.is_some() {
                    self.tell(self.settings.grace);
                }
                Ok(self.settings.progress)
            }
            Ok(Err(DbError::LeaseLost)) | Err(_) => Err(Lost),
            Ok(Err(error)) => {
                if news != News::None {
                    self.progress.mark_changed();
                }
                Ok(self.outage.failed(&error))
            }
        }
    }

    async fn settle(mut self, worked: Worked) {
        let end = self.settlement(worked);
        let progress = match self.news_of_progress() {
            News::Unwritten(progress) => Some(progress),
            News::None | News::Written => None,
        };
        loop {
            let settle = settle::settle(&self.db, &self.fence, &self.kind, progress.as_ref(), &end);
            match timeout_at(self.end, settle).await {
                Ok(Ok(())) => return,
                Ok(Err(DbError::LeaseLost)) | Err(_) => return self.lost(),
                Ok(Err(error)) => sleep(self.outage.failed(&error)).await,
            }
        }
    }

    fn settlement(&self, worked: Worked) -> Settlement {
        let was_told = self.told.is_cancelled();
        match worked {
            Some(Ok(result)) => Settlement::Succeeded(result),
            Some(Err(JobFailure::Lasting(error))) => Settlement::Failed(error),
            None => Settlement::Stopped,
            Some(Err(_)) if was_told => Settlement::Stopped,
            Some(Err(JobFailure::Stopped)) => {
                self.again("it stopped without being told".to_owned())
            }
            Some(Err(JobFailure::Passing(error))) => self.again(error),
        }
    }

    fn again(&self, error: String) -> Settlement {
        if self.attempts >= self.max_attempts {
            return Settlement::Failed(error);
        }
        let doubled = 1 << self.attempts.saturating_sub(1).min(10);
        Settlement::Again(error, self.settings.backoff.saturating_mul(doubled))
    }

    fn lost(&self) {
        self.told.cancel();
        tracing::warn!(
            job = self.fence.key(),
            kind = self.kind,
            epoch = self.fence.epoch(),
            "the job is somebody else's now"
        );
    }
}
