//! What ingestion wants to be true, and what became of it.

use std::sync::Arc;

use model::catalog::EntityRef;

use super::{Operation, StoredProblem};

/// Changes that belong together: all of them happen, or none.
///
/// A ref is best named once. If it is not, the last put wins, and a put wins over a deletion
/// and an orphaning (an entity that moves from one file to another is both).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Entities that exist, with what their source says.
    pub puts: Vec<Put>,
    /// Entities that exist no more. Unknown refs are ignored.
    pub deletes: Vec<EntityRef>,
    /// Entities that stay although no source names them any more. Unknown refs are ignored.
    pub orphans: Vec<EntityRef>,
    /// Origins whose problems are replaced.
    pub problems: Vec<OriginProblems>,
    /// Whether the batch is all that the configured locations say. It is remembered that such
    /// a read took place, and problems of origins that are not in `problems` are dropped.
    pub full_read: bool,
}

/// An entity as its source says, after defaulting. It is not an orphan (any more).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Which entity.
    pub entity_ref: EntityRef,
    /// Its uid if this is the first revision; otherwise the ref keeps the uid it has.
    /// `None` makes a UUID version 4.
    pub uid: Option<String>,
    /// JSON text. Must not hold derived relations.
    pub body: Arc<str>,
    /// Changes exactly when `body` does.
    pub etag: Arc<str>,
    /// The file or URL the entity is in: `file:/path/to/catalog-info.yaml`.
    pub location: Arc<str>,
    /// The configured location that led there.
    pub origin: Arc<str>,
    /// Line of `location` at which its document begins, from 1.
    pub line: Option<u32>,
    /// Commit of `location`, where it has one.
    pub commit: Option<String>,
    /// Author of that commit.
    pub author: Option<String>,
}

/// Everything that is wrong at one origin now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginProblems {
    /// The configured location.
    pub origin: String,
    /// In the order in which they are to be shown; their `origin` is taken from above.
    pub problems: Vec<StoredProblem>,
}

/// What a batch changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The feed's number after the batch: a snapshot with the batch in it is at least at this.
    pub feed_seq: i64,
    /// The entities that changed, in the batch's order.
    pub written: Vec<Written>,
    /// The origins whose problems differ from before.
    pub problem_origins: Vec<String>,
}

/// One entity that a batch changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Which.
    pub entity_ref: EntityRef,
    /// Its uid, the same for ever.
    pub uid: String,
    /// The revision that is current now.
    pub seq: i64,
    /// Its number within the entity, from 1.
    pub number: i64,
    /// Whether it exists now.
    pub op: Operation,
    /// Whether only its place or orphan state changed, without a new revision.
    pub placed_only: bool,
}
