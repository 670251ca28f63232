//! What a user keeps an eye on, or looked at.

use chrono::{DateTime, Utc};
use model::catalog::EntityRef;

/// An entity that a user starred. It need not exist (any more).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Star {
    /// Which.
    pub entity_ref: EntityRef,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// An entity that a user looked at. It need not exist any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Which.
    pub entity_ref: EntityRef,
    /// When last.
    pub at: DateTime<Utc>,
    /// How often since it was remembered.
    pub times: u64,
}
