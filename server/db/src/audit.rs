//! The audit trail: who did what, on what, from where, why and when, written in the
//! transaction of the change itself, so that neither exists without the other.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::FromRow;
use uuid::{NoContext, Timestamp, Uuid};

use crate::{Db, Result, Stamp, Tx, each, storable, to_json};

const RECORD: &str = "insert into audit (id, at, actor, action, object, origin, reason, detail) \
                      values ($1, $2, $3, $4, $5, $6, $7, $8)";
const LIST: &str = "select id, at, actor, action, object, origin, reason, detail from audit \
                    where id > $1 order by id limit $2";

/// Behind every change: who makes it, from where, why, and when. The first argument of
/// whatever writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// An entity ref (`user:default/ann`) or a part of the portal (`system:ingestion`).
    pub actor: String,
    /// Where the request came from: address, request id, file. Never a secret.
    pub origin: Option<String>,
    /// Why, in the actor's words, where a reason was asked for.
    pub reason: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Cause {
    /// A change by `actor` at `at` without further circumstances.
    pub fn new(actor: impl Into<String>, at: DateTime<Utc>) -> Self {
        Self {
            actor: actor.into(),
            origin: None,
            reason: None,
            at,
        }
    }

    /// The same with where it came from.
    #[must_use]
    pub fn from(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }
}

/// One recorded event.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Record {
    /// UUID version 7: sorts by time.
    pub id: String,
    /// When.
    #[sqlx(try_from = "Stamp")]
    pub at: DateTime<Utc>,
    /// Who, see [`Cause::actor`].
    pub actor: String,
    /// What: `star.set`, `catalog.apply`.
    pub action: String,
    /// On what, usually an entity ref.
    pub object: String,
    /// From where.
    pub origin: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// JSON text with what differs by action; `null` if there is nothing to add.
    pub detail: String,
}

/// Records that `cause` did `action` on `object`, to be committed with the change itself.
/// `detail` must not hold secrets.
pub async fn record(
    tx: &mut Tx,
    cause: &Cause,
    action: &'static str,
    object: &str,
    detail: &Value,
) -> Result<()> {
    let detail = to_json(detail)?;
    let id = id_at(cause.at);
    each!(tx.on(), on => {
        sqlx::query(RECORD)
            .bind(id.to_string())
            .bind(Stamp::from(cause.at))
            .bind(storable(&cause.actor))
            .bind(action)
            .bind(storable(object))
            .bind(cause.origin.as_deref().map(storable))
            .bind(cause.reason.as_deref().map(storable))
            .bind(detail.as_str())
            .execute(on)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The records after the one with id `after` (empty: from the beginning), oldest first.
pub async fn list(db: &Db, after: &str, limit: u32) -> Result<Vec<Record>> {
    Ok(each!(db.reader(), on => {
        sqlx::query_as(LIST).bind(after).bind(i64::from(limit)).fetch_all(on).await
    })?)
}

fn id_at(at: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        at.timestamp_subsec_nanos(),
    ))
}
