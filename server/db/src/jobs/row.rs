//! A job as a row, and what the feed says of it.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::FromRow;

use super::{Asked, JOB_TOPIC, Job, JobState};
use crate::feed::Change;
use crate::{DbError, Result, Stamp, from_json};

/// Every column of a [`JobRow`].
macro_rules! columns {
    () => {
        "id, kind, state, asked, payload, progress, result, error, attempts, max_attempts, \
         run_at, created_by, reason, created_at, started_at, finished_at, holder, epoch"
    };
}
pub(super) use columns;

#[derive(FromRow)]
pub(super) struct JobRow {
    id: String,
    kind: String,
    state: String,
    asked: Option<String>,
    payload: String,
    progress: String,
    result: Option<String>,
    error: Option<String>,
    attempts: i64,
    max_attempts: i64,
    run_at: Stamp,
    created_by: String,
    reason: Option<String>,
    created_at: Stamp,
    started_at: Option<Stamp>,
    finished_at: Option<Stamp>,
    holder: Option<String>,
    epoch: i64,
}

impl JobRow {
    pub(super) fn into_job(self) -> Result<Job> {
        let asked = self.asked.as_deref().and_then(Asked::parse);
        Ok(Job {
            state: state(&self.state)?,
            asked,
            payload: from_json(&self.payload)?,
            progress: from_json(&self.progress)?,
            result: self.result.as_deref().map(from_json).transpose()?,
            error: self.error,
            attempts: count(self.attempts),
            max_attempts: count(self.max_attempts),
            run_at: self.run_at.into(),
            created_by: self.created_by,
            reason: self.reason,
            created_at: self.created_at.into(),
            started_at: self.started_at.map(DateTime::<Utc>::from),
            finished_at: self.finished_at.map(DateTime::<Utc>::from),
            holder: self.holder,
            epoch: self.epoch,
            id: self.id,
            kind: self.kind,
        })
    }
}

pub(super) fn state(text: &str) -> Result<JobState> {
    JobState::parse(text).ok_or_else(|| DbError::other(format!("`{text}` is not a state of a job")))
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// What the feed says of a job that is in a state now.
pub(super) fn change(id: &str, kind: &str, state: JobState) -> Change {
    Change {
        topic: JOB_TOPIC.to_owned(),
        key: id.to_owned(),
        payload: json!({"kind": kind, "state": state.as_str()}).to_string(),
    }
}
