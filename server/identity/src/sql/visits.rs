//! The table `visits`.

use chrono::{DateTime, Utc};
use db::{Db, Result, Stamp, each, storable};
use model::catalog::EntityRef;

use super::{count, entity_ref};
use crate::{VISITS_KEPT, Visit};

/// A clock that is set back does not move a visit back.
const RECORD: &str = "insert into visits (user_ref, entity_ref, at, times) values ($1, $2, $3, 1) \
                      on conflict (user_ref, entity_ref) do update set \
                      at = case when excluded.at > visits.at then excluded.at else visits.at end, \
                      times = visits.times + 1";
const FORGET: &str = "delete from visits where user_ref = $1 and entity_ref not in \
                      (select entity_ref from visits where user_ref = $1 \
                      order by at desc, entity_ref limit $2)";
const RECENT: &str = "select entity_ref, at, times from visits where user_ref = $1 \
                      order by at desc, entity_ref limit $2";

pub(super) async fn record(
    db: &Db,
    user: &EntityRef,
    entity: &EntityRef,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut tx = db.begin().await?;
    each!(tx.on(), on => {
        sqlx::query(RECORD)
            .bind(user.as_str())
            .bind(storable(entity.as_str()))
            .bind(Stamp::from(now))
            .execute(on)
            .await
            .map(drop)
    })?;
    each!(tx.on(), on => {
        sqlx::query(FORGET)
            .bind(user.as_str())
            .bind(i64::from(VISITS_KEPT))
            .execute(on)
            .await
            .map(drop)
    })?;
    tx.commit().await
}

pub(super) async fn recent(db: &Db, user: &EntityRef, limit: u32) -> Result<Vec<Visit>> {
    let rows: Vec<(String, Stamp, i64)> = each!(db.reader(), on => {
        sqlx::query_as(RECENT)
            .bind(user.as_str())
            .bind(i64::from(limit))
            .fetch_all(on)
            .await?
    });
    let visit = |(text, at, times): (String, Stamp, i64)| {
        Ok(Visit {
            entity_ref: entity_ref(&text)?,
            at: at.into(),
            times: count(times),
        })
    };
    rows.into_iter().map(visit).collect()
}
