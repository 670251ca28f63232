//! Which job a free replica takes next.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::QueryBuilder;

use super::row::{JobRow, change, columns};
use super::settle::{self, Settlement};
use super::{Job, JobState};
use crate::{Db, Fence, Result, Stamp, Tx, each};

const CANDIDATE: &str = concat!("select ", columns!(), " from jobs where kind in (");
const TAKE: &str = "update jobs set state = 'running', holder = $2, epoch = epoch + 1, \
                    attempts = attempts + 1, started_at = $3, expires_at = $4 where id = $1";

/// A job that is ours to run.
pub(super) struct Claim {
    pub(super) job: Job,
    pub(super) fence: Fence,
}

/// What became of an attempt to take a job.
pub(super) enum Claimed {
    Ours(Box<Claim>),
    /// One was found that is not to be run any more, and was ended.
    Ended,
    Nothing,
}

/// Takes the job of `kinds` that has been due for longest, if any is. A job whose replica has not
/// been heard of is due again.
pub(super) async fn claim(
    db: &Db,
    kinds: &[&str],
    holder: &str,
    lasts: Duration,
) -> Result<Claimed> {
    let mut tx = db.begin().await?;
    let now = tx.now().await?;
    let Some(mut job) = candidate(&mut tx, kinds, now).await? else {
        tx.rollback().await?;
        return Ok(Claimed::Nothing);
    };
    let broken_off = job.state == JobState::Running;
    let fence = Fence::of_job(&job.id, job.epoch);
    let end = if broken_off && job.asked.is_some() {
        Some(Settlement::Stopped)
    } else if broken_off && job.attempts >= job.max_attempts {
        let attempts = job.attempts;
        let error = format!("whoever ran it was not heard of any more, attempt {attempts}");
        Some(Settlement::Failed(error))
    } else {
        None
    };
    if let Some(end) = end {
        settle::within(&mut tx, &fence, &job.kind, None, &end).await?;
        tx.commit().await?;
        return Ok(Claimed::Ended);
    }
    each!(tx.on(), on => {
        sqlx::query(TAKE)
            .bind(&*job.id)
            .bind(holder)
            .bind(Stamp::from(now))
            .bind(Stamp::from(now + lasts))
            .execute(on)
            .await
            .map(drop)
    })?;
    let running = change(&job.id, &job.kind, JobState::Running);
    tx.publish(now, &[running]).await?;
    tx.commit().await?;
    job.attempts += 1;
    job.epoch += 1;
    job.state = JobState::Running;
    job.holder = Some(holder.to_owned());
    job.started_at = Some(now);
    let fence = Fence::of_job(&job.id, job.epoch);
    Ok(Claimed::Ours(Box::new(Claim { job, fence })))
}

async fn candidate(tx: &mut Tx, kinds: &[&str], now: DateTime<Utc>) -> Result<Option<Job>> {
    let now = Stamp::from(now);
    // Whoever else looks at the same moment takes the next one. SQLite has one writer.
    let lock = if tx.is_postgres() {
        " for update skip locked"
    } else {
        ""
    };
    let row: Option<JobRow> = each!(tx.on(), on => {
        let mut sql = QueryBuilder::new(CANDIDATE);
        let mut list = sql.separated(", ");
        for kind in kinds {
            list.push_bind(*kind);
        }
        sql.push(") and ((state = 'queued' and run_at <= ").push_bind(now);
        sql.push(") or (state = 'running' and expires_at <= ").push_bind(now);
        sql.push(")) order by run_at, id limit 1").push(lock);
        sql.build_query_as().fetch_optional(on).await?
    });
    row.map(JobRow::into_job).transpose()
}

/// How long until the next job of `kinds` is due; none if there is none, or if one is due now and
/// somebody else is at it.
pub(super) async fn next_due(db: &Db, kinds: &[&str]) -> Result<Option<Duration>> {
    let mut tx = db.read().await?;
    let now = tx.now().await?;
    let due: Option<Stamp> = each!(tx.on(), on => {
        let mut sql = QueryBuilder::new(
            "select min(case when state = 'queued' then run_at else expires_at end) \
             from jobs where state in ('queued', 'running') and kind in (",
        );
        let mut list = sql.separated(", ");
        for kind in kinds {
            list.push_bind(*kind);
        }
        sql.push(")");
        sql.build_query_scalar().fetch_one(on).await?
    });
    tx.rollback().await?;
    let wait = due.map(|due| DateTime::<Utc>::from(due) - now);
    Ok(wait
        .filter(|wait| *wait > TimeDelta::zero())
        .and_then(|wait| wait.to_std().ok()))
}
