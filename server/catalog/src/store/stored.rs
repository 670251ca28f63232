//! What the database holds, as the rest of the portal sees it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use db::{DbError, Result};
use model::catalog::{EntityRef, Severity};

/// The catalog at one moment, its entities aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The feed's number at that moment: follow the feed from here.
    pub feed_seq: i64,
    /// Whether the configured locations have been read completely at least once, ever.
    pub full_read: bool,
    /// By origin, in the order in which they were found.
    pub problems: Vec<StoredProblem>,
}

/// An entity that exists, with its current revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntity {
    /// Which.
    pub entity_ref: EntityRef,
    /// The same for ever.
    pub uid: String,
    /// The current revision; greater means later, across the catalog.
    pub seq: i64,
    /// The revision's number within the entity, from 1.
    pub number: i64,
    /// See [`Put::etag`](super::Put::etag).
    pub etag: Arc<str>,
    /// JSON text, see [`Put::body`](super::Put::body).
    pub body: Arc<str>,
    /// When the portal took note of the current revision.
    pub at: DateTime<Utc>,
    /// See [`Put::location`](super::Put::location).
    pub location: Arc<str>,
    /// See [`Put::origin`](super::Put::origin).
    pub origin: Arc<str>,
    /// See [`Put::line`](super::Put::line).
    pub line: Option<u32>,
    /// Whether no source names it any more.
    pub orphan: bool,
}

/// Something wrong with what the catalog was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProblem {
    /// The configured location.
    pub origin: String,
    /// The file or URL it is in.
    pub location: String,
    /// Line, from 1, where there is one.
    pub line: Option<u32>,
    /// Column, from 1, where there is one.
    pub column: Option<u32>,
    /// The entity concerned, where it has a name.
    pub entity_ref: Option<EntityRef>,
    /// How much it weighs.
    pub severity: Severity,
    /// A stable word for the kind of problem: `yaml-syntax`, `duplicate`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What is expected instead.
    pub expected: Option<String>,
}

/// What a revision did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Said what the entity is.
    Put,
    /// Ended it, for now.
    Delete,
}

impl Operation {
    /// `put` or `delete`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::Delete => "delete",
        }
    }
}

/// One step in the life of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Greater means later, across the catalog.
    pub seq: i64,
    /// Number within the entity, from 1, without gaps.
    pub number: i64,
    /// What it did.
    pub op: Operation,
    /// JSON text; `None` for a deletion.
    pub body: Option<Arc<str>>,
    /// `None` for a deletion.
    pub etag: Option<String>,
    /// Where it was said.
    pub location: String,
    /// The configured location that led there.
    pub origin: String,
    /// The commit that said it, where known.
    pub commit: Option<String>,
    /// The commit's author, where known.
    pub author: Option<String>,
    /// When the portal took note.
    pub at: DateTime<Utc>,
}

pub(super) fn entity_ref(text: &str) -> Result<EntityRef> {
    EntityRef::parse(text).map_err(DbError::other)
}

/// A line or column: the columns hold nothing that does not fit.
pub(super) fn position(value: Option<i64>) -> Option<u32> {
    value.and_then(|value| u32::try_from(value).ok())
}
