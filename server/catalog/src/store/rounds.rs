//! Readings of the sources that were asked for, by whichever replica, and how far they were made
//! by the one that reads. A round is numbered; a reading serves all rounds that were asked for
//! before it began.

use chrono::Utc;
use db::feed::Change;
use db::{Db, Fence, Result, each};

use super::{READ_TOPIC, REFRESH_TOPIC};

const NAME: &str = "catalog";
const REQUEST: &str = "insert into rounds (name, requested, served) values ($1, 1, 0) \
                       on conflict (name) do update set requested = rounds.requested + 1 \
                       returning requested";
const SERVE: &str = "update rounds set served = $2 where name = $1 and served < $2";
const REQUESTED: &str = "select requested from rounds where name = $1";

pub(super) async fn request(db: &Db) -> Result<i64> {
    let mut tx = db.begin().await?;
    let round: i64 = each!(tx.on(), on => {
        sqlx::query_scalar(REQUEST).bind(NAME).fetch_one(on).await?
    });
    tx.publish(Utc::now(), &[change(REFRESH_TOPIC, round)])
        .await?;
    tx.commit().await?;
    Ok(round)
}

pub(super) async fn serve(db: &Db, fence: &Fence, round: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    tx.check(fence).await?;
    let served = each!(tx.on(), on => {
        sqlx::query(SERVE).bind(NAME).bind(round).execute(on).await?.rows_affected()
    });
    if served > 0 {
        tx.publish(Utc::now(), &[change(READ_TOPIC, round)]).await?;
    }
    tx.commit().await
}

pub(super) async fn requested(db: &Db) -> Result<i64> {
    let round: Option<i64> = each!(db.reader(), on => {
        sqlx::query_scalar(REQUESTED).bind(NAME).fetch_optional(on).await?
    });
    Ok(round.unwrap_or(0))
}

fn change(topic: &str, round: i64) -> Change {
    Change {
        topic: topic.to_owned(),
        key: round.to_string(),
        payload: "null".to_owned(),
    }
}
