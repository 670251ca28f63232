//! What a job is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// Waits for its time and for a free replica.
    Queued,
    /// A replica has it.
    Running,
    /// Waits for somebody to resume it.
    Paused,
    /// Has done what it was to do.
    Succeeded,
    /// Has given up.
    Failed,
    /// Was ended by somebody.
    Cancelled,
}

impl JobState {
    const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Paused,
        Self::Succeeded,
        Self::Failed,
        Self::Cancelled,
    ];

    /// As the database says it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether nothing will become of it any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

/// What somebody wants to become of a running job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Asked {
    /// To be ended for good.
    Cancel,
    /// To be left as it is until it is resumed.
    Pause,
}

impl Asked {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Pause => "pause",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Cancel, Self::Pause]
            .into_iter()
            .find(|asked| asked.as_str() == text)
    }
}

/// How far a job has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Parts that are done.
    pub done: u64,
    /// Parts that there are, where that is known.
    pub total: Option<u64>,
    /// What is going on, for people.
    pub message: String,
}

/// A job to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Whose handler runs it.
    pub kind: &'static str,
    /// What its handler has to know. Never a secret.
    pub payload: Value,
    /// Not before this moment of the database's clock; at once without.
    pub run_at: Option<DateTime<Utc>>,
    /// How often it may be begun and fail, or be broken off by a crash; at least once.
    pub max_attempts: u32,
}

impl NewJob {
    /// To be done as soon as possible, with three attempts.
    #[must_use]
    pub fn new(kind: &'static str, payload: Value) -> Self {
        Self {
            kind,
            payload,
            run_at: None,
            max_attempts: 3,
        }
    }
}

/// A job as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// UUID version 7: sorts by time.
    pub id: String,
    /// Whose handler runs it.
    pub kind: String,
    /// Where it stands.
    pub state: JobState,
    /// What is to become of it, as soon as whoever runs it has heard.
    pub asked: Option<Asked>,
    /// What its handler knows.
    pub payload: Value,
    /// How far it has come.
    pub progress: Progress,
    /// What came of it, once it has succeeded.
    pub result: Option<Value>,
    /// Why it failed the last time.
    pub error: Option<String>,
    /// How often it was begun, those aside that were stopped in order.
    pub attempts: u32,
    /// How often it may be.
    pub max_attempts: u32,
    /// Not before this moment.
    pub run_at: DateTime<Utc>,
    /// Who wanted it, see [`Cause::actor`](crate::audit::Cause::actor).
    pub created_by: String,
    /// Why, in their words.
    pub reason: Option<String>,
    /// When they did.
    pub created_at: DateTime<Utc>,
    /// When it was begun the last time.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Who runs it, see [`Leases::holder`](crate::Leases::holder).
    pub holder: Option<String>,
    pub(super) epoch: i64,
}

/// Which jobs to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobFilter<'a> {
    /// Those of a kind only.
    pub kind: Option<&'a str>,
    /// Those in a state only.
    pub state: Option<JobState>,
    /// Those with smaller ids: the page after the one that ended with it.
    pub before: Option<&'a str>,
}
