//! What the portal remembers about people: sessions, stars, settings, recent visits.
//! Who a person *is* comes from the catalog and the sign-in; who may do what is decided
//! elsewhere.

mod session;
mod setting;
mod sql;
mod star;
mod store;

pub use session::{NewSession, Session, SessionToken, TOUCH_EVERY};
pub use setting::{SettingError, SettingKey, SettingValue};
pub use sql::SqlIdentityStore;
pub use star::{Star, Visit};
pub use store::IdentityStore;

/// Topic of the feed for sessions that have ended or expired: the key is [`Session::id`], the payload
/// `null`. Whoever streams events to that session hangs up.
pub const SESSION_TOPIC: &str = "sessions";

/// Topic of the feed for a user's stars, `stars:<user ref>`: the key is the entity's ref, the
/// payload `true` (starred) or `false`.
pub fn star_topic(user: &model::catalog::EntityRef) -> String {
    format!("stars:{user}")
}

/// Whose stars a topic of the feed is about, if it is one of [`star_topic`]'s.
pub fn starred_by(topic: &str) -> Option<model::catalog::EntityRef> {
    model::catalog::EntityRef::parse(topic.strip_prefix("stars:")?).ok()
}

/// Topic of the feed for a user's settings, `settings:<user ref>`: the key is
/// `<bucket>/<key>`, the payload the new value, `null` when removed.
pub fn setting_topic(user: &model::catalog::EntityRef) -> String {
    format!("settings:{user}")
}

/// How many entities are remembered as recently visited, a user.
pub const VISITS_KEPT: u32 = 50;
