//! What people and features do with jobs: ask for them, look at them, end them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::row::{JobRow, change, columns, state};
use super::{Job, JobFilter, JobState, NewJob};
use crate::audit::{self, Cause};
use crate::{Db, Result, Stamp, Tx, each, storable, to_json};

const INSERT: &str = "insert into jobs (id, kind, state, payload, progress, attempts, \
                      max_attempts, run_at, created_by, reason, created_at, epoch) \
                      values ($1, $2, 'queued', $3, $4, 0, $5, $6, $7, $8, $9, 0)";
const GET: &str = concat!("select ", columns!(), " from jobs where id = $1");
const LIST: &str = concat!(
    "select ",
    columns!(),
    " from jobs where ($1 = '' or kind = $1) and ($2 = '' or state = $2) \
     and ($3 = '' or id < $3) order by id desc limit $4"
);
const CANCEL: &str = "update jobs set \
                      state = case when state = 'running' then state else 'cancelled' end, \
                      asked = case when state = 'running' then 'cancel' end, \
                      finished_at = case when state <> 'running' then $2 end \
                      where id = $1 and state in ('queued', 'running', 'paused') \
                      and (asked is null or asked <> 'cancel') returning kind, state";
const PAUSE: &str = "update jobs set \
                     state = case when state = 'running' then state else 'paused' end, \
                     asked = case when state = 'running' then 'pause' end \
                     where id = $1 and state in ('queued', 'running') and asked is null \
                     and $2 is not null returning kind, state";
const RESUME: &str = "update jobs set \
                      state = case when state = 'running' then state else 'queued' end, \
                      asked = null, run_at = case when state = 'running' then run_at else $2 end \
                      where id = $1 and (state = 'paused' or asked = 'pause') \
                      returning kind, state";
const PURGE: &str = "delete from jobs where finished_at < $1";

/// Adds a job to what is to be done, in the transaction of what it belongs to. Its id.
pub async fn enqueue(tx: &mut Tx, cause: &Cause, job: &NewJob) -> Result<String> {
    let id = Uuid::now_v7().to_string();
    let now = tx.now().await?;
    let payload = to_json(&job.payload)?;
    let progress = to_json(&super::Progress::default())?;
    each!(tx.on(), on => {
        sqlx::query(INSERT)
            .bind(&*id)
            .bind(job.kind)
            .bind(&*payload)
            .bind(&*progress)
            .bind(i64::from(job.max_attempts.max(1)))
            .bind(Stamp::from(job.run_at.unwrap_or(now)))
            .bind(storable(&cause.actor))
            .bind(cause.reason.as_deref().map(storable))
            .bind(Stamp::from(now))
            .execute(on)
            .await
            .map(drop)
    })?;
    tx.publish(now, &[change(&id, job.kind, JobState::Queued)])
        .await?;
    audit::record(
        tx,
        cause,
        "job.create",
        &object(&id),
        &json!({"kind": job.kind}),
    )
    .await?;
    Ok(id)
}

/// The jobs of a database.
#[derive(Clone)]
pub struct Jobs {
    db: Db,
}

impl Jobs {
    /// Of an open database.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db }
    }

    /// Adds a job to what is to be done. Its id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enqueue(&self, cause: &Cause, job: &NewJob) -> Result<String> {
        let mut tx = self.db.begin().await?;
        let id = enqueue(&mut tx, cause, job).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A job, if there is one with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn get(&self, id: &str) -> Result<Option<Job>> {
        let row: Option<JobRow> = each!(self.db.reader(), on => {
            sqlx::query_as(GET).bind(id).fetch_optional(on).await?
        });
        row.map(JobRow::into_job).transpose()
    }

    /// The newest jobs, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, filter: JobFilter<'_>, limit: u32) -> Result<Vec<Job>> {
        let rows: Vec<JobRow> = each!(self.db.reader(), on => {
            sqlx::query_as(LIST)
                .bind(filter.kind.unwrap_or_default())
                .bind(filter.state.map(JobState::as_str).unwrap_or_default())
                .bind(filter.before.unwrap_or_default())
                .bind(i64::from(limit))
                .fetch_all(on)
                .await?
        });
        rows.into_iter().map(JobRow::into_job).collect()
    }

    /// Ends a job: at once, or as soon as whoever runs it has heard. Whether there was anything
    /// to end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cancel(&self, cause: &Cause, id: &str) -> Result<bool> {
        self.ask(cause, id, "job.cancel", CANCEL).await
    }

    /// Keeps a job from being run, or from going on, until it is resumed. Whether that changed
    /// anything.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pause(&self, cause: &Cause, id: &str) -> Result<bool> {
        self.ask(cause, id, "job.pause", PAUSE).await
    }

    /// Lets a paused job go on from where it was. Whether that changed anything.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resume(&self, cause: &Cause, id: &str) -> Result<bool> {
        self.ask(cause, id, "job.resume", RESUME).await
    }

    async fn ask(
        &self,
        cause: &Cause,
        id: &str,
        action: &'static str,
        sql: &'static str,
    ) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let now = tx.now().await?;
        let found: Option<(String, String)> = each!(tx.on(), on => {
            sqlx::query_as(sql)
                .bind(id)
                .bind(Stamp::from(now))
                .fetch_optional(on)
                .await?
        });
        let Some((kind, now_in)) = found else {
            tx.rollback().await?;
            return Ok(false);
        };
        let change = change(id, &kind, state(&now_in)?);
        tx.publish(now, &[change]).await?;
        audit::record(&mut tx, cause, action, &object(id), &Value::Null).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Forgets the jobs that ended before a moment of the database's clock: how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge(&self, cause: &Cause, before: DateTime<Utc>) -> Result<u64> {
        let mut tx = self.db.begin().await?;
        let count = each!(tx.on(), on => {
            sqlx::query(PURGE).bind(Stamp::from(before)).execute(on).await?.rows_affected()
        });
        if count > 0 {
            let detail = json!({"jobs": count, "before": before.to_rfc3339()});
            audit::record(&mut tx, cause, "job.purge", "jobs", &detail).await?;
        }
        tx.commit().await?;
        Ok(count)
    }

    /// Forgets the jobs that ended longer ago than `keep`: how many.
    pub(super) async fn purge_older(&self, cause: &Cause, keep: TimeDelta) -> Result<u64> {
        let mut tx = self.db.read().await?;
        let now = tx.now().await?;
        tx.rollback().await?;
        self.purge(cause, now - keep).await
    }
}

/// What the audit trail calls a job.
pub(super) fn object(id: &str) -> String {
    format!("job:{id}")
}
