//! What a running job writes about itself, as long as it is whoever runs it that writes.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::queue::object;
use super::row::{change, state};
use super::{Asked, JobState, PROGRESS_TOPIC, Progress};
use crate::audit::{self, Cause};
use crate::feed::Change;
use crate::{Db, DbError, Fence, Result, Stamp, Tx, each, storable, to_json};

/// Who ends jobs, in the audit trail.
pub(super) const ACTOR: &str = "system:jobs";

const RENEW: &str = "update jobs set expires_at = $3, progress = coalesce($4, progress) \
                     where id = $1 and epoch = $2 and state = 'running' \
                     returning asked, progress";
const PROGRESS: &str = "update jobs set progress = $3 \
                        where id = $1 and epoch = $2 and state = 'running'";
/// `queued` gives way to what somebody asked for. What was stopped in order was no attempt.
const SETTLE: &str = "update jobs set \
                      state = case when $3 <> 'queued' or asked is null then $3 \
                      when asked = 'cancel' then 'cancelled' else 'paused' end, \
                      finished_at = case when $3 <> 'queued' or asked = 'cancel' then $4 end, \
                      asked = null, result = $5, error = coalesce($6, error), \
                      run_at = coalesce($7, run_at), attempts = attempts - $8, \
                      progress = coalesce($9, progress), holder = null, expires_at = null \
                      where id = $1 and epoch = $2 and state = 'running' returning state";

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Settlement {
    Succeeded(Value),
    Failed(String),
    /// To be tried again at a moment.
    Again(String, Duration),
    /// Because it was told to: what becomes of it is what was asked for, or it waits for the next
    /// replica.
    Stopped,
}

impl Settlement {
    fn state(&self) -> JobState {
        match self {
            Self::Succeeded(_) => JobState::Succeeded,
            Self::Failed(_) => JobState::Failed,
            Self::Again(..) | Self::Stopped => JobState::Queued,
        }
    }

    fn error(&self) -> Option<&str> {
        match self {
            Self::Failed(error) | Self::Again(error, _) => Some(error),
            Self::Succeeded(_) | Self::Stopped => None,
        }
    }

    fn result(&self) -> Option<&Value> {
        match self {
            Self::Succeeded(result) => Some(result),
            _ => None,
        }
    }

    fn run_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Again(_, wait) => Some(now + *wait),
            _ => None,
        }
    }
}

/// What there is to say of a run's progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    None,
    /// It is to be written.
    Unwritten(Progress),
    /// It has been written, and is to be told.
    Written,
}

/// Renews a run, and tells of its progress; what somebody asked for meanwhile.
pub(super) async fn beat(
    db: &Db,
    fence: &Fence,
    news: &News,
    lasts: Duration,
) -> Result<Option<Asked>> {
    let mut tx = db.begin().await?;
    let now = tx.now().await?;
    let progress = match news {
        News::Unwritten(progress) => Some(to_json(progress)?),
        News::None | News::Written => None,
    };
    let row: Option<(Option<String>, String)> = each!(tx.on(), on => {
        sqlx::query_as(RENEW)
            .bind(fence.key())
            .bind(fence.epoch())
            .bind(Stamp::from(now + lasts))
            .bind(progress.as_deref())
            .fetch_optional(on)
            .await?
    });
    let (asked, progress) = row.ok_or(DbError::LeaseLost)?;
    if *news != News::None {
        tx.publish(now, &[progressed(fence, progress)]).await?;
    }
    tx.commit().await?;
    Ok(asked.as_deref().and_then(Asked::parse))
}

/// Writes progress in the transaction of what was done.
pub(super) async fn record(tx: &mut Tx, fence: &Fence, progress: &Progress) -> Result<()> {
    let text = to_json(progress)?;
    let written = each!(tx.on(), on => {
        sqlx::query(PROGRESS)
            .bind(fence.key())
            .bind(fence.epoch())
            .bind(&*text)
            .execute(on)
            .await?
            .rows_affected()
    });
    if written == 0 {
        return Err(DbError::LeaseLost);
    }
    Ok(())
}

/// Ends a run.
pub(super) async fn settle(
    db: &Db,
    fence: &Fence,
    kind: &str,
    progress: Option<&Progress>,
    end: &Settlement,
) -> Result<()> {
    let mut tx = db.begin().await?;
    within(&mut tx, fence, kind, progress, end).await?;
    tx.commit().await
}

pub(super) async fn within(
    tx: &mut Tx,
    fence: &Fence,
    kind: &str,
    progress: Option<&Progress>,
    end: &Settlement,
) -> Result<()> {
    let now = tx.now().await?;
    let result = end.result().map(to_json).transpose()?;
    let progress = progress.map(to_json).transpose()?;
    let uncounted = i64::from(matches!(end, Settlement::Stopped));
    let settled: Option<String> = each!(tx.on(), on => {
        sqlx::query_scalar(SETTLE)
            .bind(fence.key())
            .bind(fence.epoch())
            .bind(end.state().as_str())
            .bind(Stamp::from(now))
            .bind(result.as_deref())
            .bind(end.error().map(storable))
            .bind(end.run_at(now).map(Stamp::from))
            .bind(uncounted)
            .bind(progress.as_deref())
            .fetch_optional(on)
            .await?
    });
    let settled = state(&settled.ok_or(DbError::LeaseLost)?)?;
    tx.publish(now, &[change(fence.key(), kind, settled)])
        .await?;
    if settled.is_final() {
        let cause = Cause::new(ACTOR, now);
        let detail = json!({"kind": kind, "state": settled.as_str(), "epoch": fence.epoch()});
        audit::record(tx, &cause, "job.end", &object(fence.key()), &detail).await?;
    }
    Ok(())
}

fn progressed(fence: &Fence, payload: String) -> Change {
    Change {
        topic: PROGRESS_TOPIC.to_owned(),
        key: fence.key().to_owned(),
        payload,
    }
}
