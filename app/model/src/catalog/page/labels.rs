//! How an entity is named and linked on a page.

use serde::{Deserialize, Serialize};

use crate::catalog::EntityRef;

/// A reference as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefLabel {
    /// What it refers to.
    pub entity_ref: EntityRef,
    /// The entity's display name; of one that does not exist, its short ref.
    pub label: String,
    /// Whether the catalog has it.
    pub exists: bool,
    /// Its page, which for a missing one suggests near matches.
    pub href: String,
}
