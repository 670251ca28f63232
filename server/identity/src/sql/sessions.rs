//! The table `sessions`.

use chrono::{DateTime, Utc};
use db::audit::{self, Cause};
use db::feed::Change;
use db::{Db, Result, Stamp, each, storable};
use serde_json::json;
use sqlx::FromRow;

use super::entity_ref;
use crate::{NewSession, SESSION_TOPIC, Session, SessionToken, TOUCH_EVERY};

const CREATE: &str = "insert into sessions \
                      (id, user_ref, issuer, subject, created, expires, last_seen) \
                      values ($1, $2, $3, $4, $5, $6, $5) \
                      returning id, user_ref, issuer, subject, created, expires, last_seen";
const FIND: &str = "select id, user_ref, issuer, subject, created, expires, last_seen \
                    from sessions where id = $1 and expires > $2";
const TOUCH: &str = "update sessions set last_seen = $2, expires = $4 \
                     where id = $1 and last_seen <= $3 and expires > $2";
const DELETE: &str = "delete from sessions where id = $1 returning user_ref";
const PURGE: &str = "delete from sessions where expires <= $1 returning id";

pub(super) async fn create(
    db: &Db,
    cause: &Cause,
    token: &SessionToken,
    new: NewSession,
) -> Result<Session> {
    let mut tx = db.begin().await?;
    let row: SessionRow = each!(tx.on(), on => {
        sqlx::query_as(CREATE)
            .bind(token.session_id())
            .bind(new.user_ref.as_str())
            .bind(storable(&new.issuer))
            .bind(storable(&new.subject))
            .bind(Stamp::from(cause.at))
            .bind(Stamp::from(new.expires))
            .fetch_one(on)
            .await?
    });
    let detail = json!({"issuer": new.issuer});
    audit::record(
        &mut tx,
        cause,
        "session.create",
        new.user_ref.as_str(),
        &detail,
    )
    .await?;
    tx.commit().await?;
    row.into_session()
}

pub(super) async fn find(
    db: &Db,
    token: &SessionToken,
    now: DateTime<Utc>,
) -> Result<Option<Session>> {
    let row: Option<SessionRow> = each!(db.reader(), on => {
        sqlx::query_as(FIND)
            .bind(token.session_id())
            .bind(Stamp::from(now))
            .fetch_optional(on)
            .await?
    });
    row.map(SessionRow::into_session).transpose()
}

/// Whoever calls knows from the session that it is due; of several who do, one writes.
pub(super) async fn touch(
    db: &Db,
    token: &SessionToken,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Result<bool> {
    let mut tx = db.begin().await?;
    let rows = each!(tx.on(), on => {
        sqlx::query(TOUCH)
            .bind(token.session_id())
            .bind(Stamp::from(now))
            .bind(Stamp::from(now - TOUCH_EVERY))
            .bind(Stamp::from(expires))
            .execute(on)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    Ok(rows > 0)
}

pub(super) async fn delete(db: &Db, cause: &Cause, token: &SessionToken) -> Result<bool> {
    let id = token.session_id();
    let mut tx = db.begin().await?;
    let user: Option<String> = each!(tx.on(), on => {
        sqlx::query_scalar(DELETE).bind(id.as_str()).fetch_optional(on).await?
    });
    let Some(user) = user else {
        tx.rollback().await?;
        return Ok(false);
    };
    tx.publish(cause.at, &[ended(id)]).await?;
    audit::record(&mut tx, cause, "session.delete", &user, &json!(null)).await?;
    tx.commit().await?;
    Ok(true)
}

pub(super) async fn purge(db: &Db, cause: &Cause) -> Result<u64> {
    let mut tx = db.begin().await?;
    let purged: Vec<String> = each!(tx.on(), on => {
        sqlx::query_scalar(PURGE).bind(Stamp::from(cause.at)).fetch_all(on).await?
    });
    if purged.is_empty() {
        tx.rollback().await?;
        return Ok(0);
    }
    let detail = json!({"sessions": purged.len()});
    let ended: Vec<Change> = purged.into_iter().map(ended).collect();
    tx.publish(cause.at, &ended).await?;
    audit::record(&mut tx, cause, "session.purge", "sessions", &detail).await?;
    tx.commit().await?;
    Ok(u64::try_from(ended.len()).unwrap_or(u64::MAX))
}

fn ended(id: String) -> Change {
    Change {
        topic: SESSION_TOPIC.to_owned(),
        key: id,
        payload: "null".to_owned(),
    }
}

#[derive(FromRow)]
struct SessionRow {
    id: String,
    user_ref: String,
    issuer: String,
    subject: String,
    created: Stamp,
    expires: Stamp,
    last_seen: Stamp,
}

impl SessionRow {
    fn into_session(self) -> Result<Session> {
        Ok(Session {
            id: self.id,
            user_ref: entity_ref(&self.user_ref)?,
            issuer: self.issuer,
            subject: self.subject,
            created: self.created.into(),
            expires: self.expires.into(),
            last_seen: self.last_seen.into(),
        })
    }
}
