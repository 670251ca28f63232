//! Jobs: work that outlives a request, and the process that began it. A job is a row before it is
//! done; whichever replica is free runs it under a lease of its own, and another one takes over
//! when that replica is not heard of any more. A job may therefore be begun more than once: what
//! it does is fenced ([`Run::record`]) or may be done again.
//!
//! What a kind of job does is a [`JobHandler`], which a feature gives to the [`JobRunner`].

mod claim;
mod execution;
mod handler;
mod job;
mod queue;
mod row;
mod runner;
mod settle;

use std::time::Duration;

use crate::lease::LeaseTimes;

pub use handler::{JobFailure, JobHandler, Run};
pub use job::{Asked, Job, JobFilter, JobState, NewJob, Progress};
pub use queue::{Jobs, enqueue};
pub use runner::JobRunner;

/// Topic of the feed: a job is in another state, or is asked to be. The key is its id, the
/// payload `{"kind": …, "state": …}`.
pub const JOB_TOPIC: &str = "jobs";
/// Topic of the feed: a job has come further. The key is its id, the payload its [`Progress`].
pub const PROGRESS_TOPIC: &str = "jobs.progress";

/// How a runner goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobSettings {
    /// How long a job stays with a replica that is not heard of.
    pub lease: LeaseTimes,
    /// How often progress is written, at most.
    pub progress: Duration,
    /// When to look for jobs without having heard of any: repairs a lost signal.
    pub repair: Duration,
    /// How long a job that was told to stop may take for it.
    pub grace: Duration,
    /// The same when the whole process stops.
    pub last_grace: Duration,
    /// How long to wait after the first failure; twice as long after each further one.
    pub backoff: Duration,
    /// How long a job is remembered after it has ended.
    pub keep: Duration,
}

impl JobSettings {
    /// What suits a portal.
    pub const USUAL: Self = Self {
        lease: LeaseTimes::USUAL,
        progress: Duration::from_secs(1),
        repair: Duration::from_secs(30),
        grace: Duration::from_secs(10),
        last_grace: Duration::from_secs(2),
        backoff: Duration::from_secs(5),
        keep: Duration::from_secs(30 * 24 * 3600),
    };
}
