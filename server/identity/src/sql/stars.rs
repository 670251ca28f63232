//! The table `stars`.

use std::collections::HashMap;

use db::audit::{self, Cause};
use db::feed::Change;
use db::{Db, Result, Stamp, Tx, each, storable};
use model::catalog::EntityRef;
use serde_json::json;

use super::{count, entity_ref};
use crate::{Star, star_topic};

const SET: &str = "insert into stars (user_ref, entity_ref, at) values ($1, $2, $3) \
                   on conflict do nothing";
const UNSET: &str = "delete from stars where user_ref = $1 and entity_ref = $2";
const OF: &str = "select entity_ref, at from stars where user_ref = $1 order by entity_ref";
const COUNTS: &str = "select entity_ref, count(*) from stars group by entity_ref";

pub(super) async fn set(
    db: &Db,
    cause: &Cause,
    user: &EntityRef,
    entity: &EntityRef,
    starred: bool,
) -> Result<bool> {
    let mut tx = db.begin().await?;
    if !write(&mut tx, cause, user, entity, starred).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    let change = Change {
        topic: star_topic(user),
        key: storable(entity.as_str()).into_owned(),
        payload: starred.to_string(),
    };
    tx.publish(cause.at, &[change]).await?;
    let action = if starred { "star.set" } else { "star.unset" };
    let detail = json!({"user": user});
    audit::record(&mut tx, cause, action, entity.as_str(), &detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whether a row came or went.
async fn write(
    tx: &mut Tx,
    cause: &Cause,
    user: &EntityRef,
    entity: &EntityRef,
    starred: bool,
) -> Result<bool> {
    let entity = storable(entity.as_str());
    let rows = each!(tx.on(), on => {
        let query = sqlx::query(if starred { SET } else { UNSET })
            .bind(user.as_str())
            .bind(entity);
        let query = if starred { query.bind(Stamp::from(cause.at)) } else { query };
        query.execute(on).await?.rows_affected()
    });
    Ok(rows > 0)
}

pub(super) async fn of(db: &Db, user: &EntityRef) -> Result<Vec<Star>> {
    let rows: Vec<(String, Stamp)> = each!(db.reader(), on => {
        sqlx::query_as(OF).bind(user.as_str()).fetch_all(on).await?
    });
    let star = |(text, at): (String, Stamp)| {
        Ok(Star {
            entity_ref: entity_ref(&text)?,
            at: at.into(),
        })
    };
    rows.into_iter().map(star).collect()
}

pub(super) async fn counts(db: &Db) -> Result<HashMap<EntityRef, u64>> {
    let rows: Vec<(String, i64)> =
        each!(db.reader(), on => sqlx::query_as(COUNTS).fetch_all(on).await?);
    rows.into_iter()
        .map(|(text, number)| Ok((entity_ref(&text)?, count(number))))
        .collect()
}
