//! A user's settings in the database: one value, so that they change together.

use app::error::PortalError;
use app::identity::types::Settings;
use db::audit::Cause;
use identity::{IdentityStore, SettingKey, SettingValue};
use model::catalog::EntityRef;
use serde_json::json;

use crate::error::database;

/// Longer than the longest name of a time zone, and short enough for a cookie.
const LONGEST_ZONE: usize = 64;

/// What a user has set. What cannot be read is as good as not set: another release may have
/// written it.
pub(super) async fn stored(
    store: &dyn IdentityStore,
    user: &EntityRef,
) -> Result<Option<Settings>, PortalError> {
    let value = store.setting(user, &key()?).await.map_err(database)?;
    Ok(value.and_then(|value| serde_json::from_value(value.get().clone()).ok()))
}

pub(super) async fn save(
    store: &dyn IdentityStore,
    cause: &Cause,
    user: &EntityRef,
    settings: &Settings,
) -> Result<(), PortalError> {
    if !is_zone(&settings.time_zone) {
        return Err(PortalError::invalid("this is not the name of a time zone"));
    }
    let value = SettingValue::new(json!(settings)).map_err(wrong)?;
    store
        .put_setting(cause, user, &key()?, &value)
        .await
        .map_err(database)
}

/// The characters that the cookie can hold.
fn is_zone(name: &str) -> bool {
    name.len() <= LONGEST_ZONE
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c))
}

fn key() -> Result<SettingKey, PortalError> {
    SettingKey::new("shell", "settings").map_err(wrong)
}

fn wrong(error: identity::SettingError) -> PortalError {
    PortalError::invalid(error.to_string())
}
