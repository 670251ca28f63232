//! The table `user_settings`.

use std::collections::BTreeMap;

use db::audit::{self, Cause};
use db::feed::Change;
use db::{Db, Result, Tx, each, storable, to_json};
use model::catalog::EntityRef;
use serde_json::json;

use crate::{SettingKey, SettingValue, setting_topic};

const PUT: &str = "insert into user_settings (user_ref, bucket, key, value) \
                   values ($1, $2, $3, $4) \
                   on conflict (user_ref, bucket, key) do update set value = excluded.value \
                   where user_settings.value <> excluded.value";
const GET: &str =
    "select value from user_settings where user_ref = $1 and bucket = $2 and key = $3";
const LIST: &str =
    "select key, value from user_settings where user_ref = $1 and bucket = $2 order by key";
const DELETE: &str = "delete from user_settings where user_ref = $1 and bucket = $2 and key = $3";

pub(super) async fn put(
    db: &Db,
    cause: &Cause,
    user: &EntityRef,
    key: &SettingKey,
    value: &SettingValue,
) -> Result<()> {
    let text = to_json(value.get())?;
    let mut tx = db.begin().await?;
    let rows = each!(tx.on(), on => {
        sqlx::query(PUT)
            .bind(user.as_str())
            .bind(key.bucket())
            .bind(key.key())
            .bind(text.as_str())
            .execute(on)
            .await?
            .rows_affected()
    });
    if rows == 0 {
        return tx.rollback().await;
    }
    finish(tx, cause, "setting.put", user, key, text).await
}

pub(super) async fn get(
    db: &Db,
    user: &EntityRef,
    key: &SettingKey,
) -> Result<Option<SettingValue>> {
    let text: Option<String> = each!(db.reader(), on => {
        sqlx::query_scalar(GET)
            .bind(user.as_str())
            .bind(key.bucket())
            .bind(key.key())
            .fetch_optional(on)
            .await?
    });
    text.as_deref().map(SettingValue::stored).transpose()
}

pub(super) async fn list(
    db: &Db,
    user: &EntityRef,
    bucket: &str,
) -> Result<BTreeMap<String, SettingValue>> {
    let rows: Vec<(String, String)> = each!(db.reader(), on => {
        sqlx::query_as(LIST).bind(user.as_str()).bind(storable(bucket)).fetch_all(on).await?
    });
    rows.into_iter()
        .map(|(key, text)| Ok((key, SettingValue::stored(&text)?)))
        .collect()
}

pub(super) async fn delete(
    db: &Db,
    cause: &Cause,
    user: &EntityRef,
    key: &SettingKey,
) -> Result<bool> {
    let mut tx = db.begin().await?;
    let rows = each!(tx.on(), on => {
        sqlx::query(DELETE)
            .bind(user.as_str())
            .bind(key.bucket())
            .bind(key.key())
            .execute(on)
            .await?
            .rows_affected()
    });
    if rows == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    finish(tx, cause, "setting.delete", user, key, "null".to_owned()).await?;
    Ok(true)
}

/// Announces and records the change; the audit trail has the key but not the value, which is
/// the user's own affair.
async fn finish(
    mut tx: Tx,
    cause: &Cause,
    action: &'static str,
    user: &EntityRef,
    key: &SettingKey,
    payload: String,
) -> Result<()> {
    let change = Change {
        topic: setting_topic(user),
        key: format!("{}/{}", key.bucket(), key.key()),
        payload,
    };
    tx.publish(cause.at, &[change]).await?;
    let detail = json!({"bucket": key.bucket(), "key": key.key()});
    audit::record(&mut tx, cause, action, user.as_str(), &detail).await?;
    tx.commit().await
}
