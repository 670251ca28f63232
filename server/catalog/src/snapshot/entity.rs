//! One entity of the snapshot.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::catalog::{Entity, EntityError, set_annotation, shared, well_known};
use serde_json::Value;

use crate::store::StoredEntity;

/// An entity as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogEntity {
    /// Identity and text, the orphan annotation included.
    pub entity: Entity,
    /// Of the current revision, as it is stored.
    pub etag: Arc<str>,
    /// The file or URL it is in.
    pub location: Arc<str>,
    /// Line of that file at which its document begins, from 1.
    pub line: Option<u32>,
    /// The revision that is current; greater means later, across the catalog.
    pub seq: i64,
    /// The revision's number within the entity, from 1.
    pub number: i64,
    /// When the portal took note of the current revision.
    pub changed_at: DateTime<Utc>,
    /// Whether no source names it any more.
    pub is_orphan: bool,
}

impl CatalogEntity {
    /// From the store's row, with the body as a value.
    ///
    /// # Errors
    /// When the stored text is no entity; nothing that this crate writes is not.
    pub(crate) fn with_value(stored: StoredEntity) -> Result<(Self, Value), EntityError> {
        let (mut entity, mut value) = Entity::with_value(stored.body)?;
        if stored.orphan {
            set_annotation(&mut value, well_known::ORPHAN, "true");
            entity.body = value.to_string().into();
        }
        // Each text once, as ingestion has it, too.
        entity.entity_ref = stored.entity_ref;
        entity.origin = shared(&entity.origin, &stored.origin);
        entity.location = shared(&entity.location, &stored.location);
        let own = Self {
            etag: stored.etag,
            location: stored.location,
            entity,
            line: stored.line,
            seq: stored.seq,
            number: stored.number,
            changed_at: stored.at,
            is_orphan: stored.orphan,
        };
        Ok((own, value))
    }

    /// The row of the same entity, named by no source any more.
    pub(crate) fn to_orphan(&self) -> StoredEntity {
        StoredEntity {
            entity_ref: self.entity.entity_ref.clone(),
            uid: self.entity.uid.clone(),
            seq: self.seq,
            number: self.number,
            etag: Arc::clone(&self.etag),
            body: Arc::clone(&self.entity.body),
            at: self.changed_at,
            location: Arc::clone(&self.location),
            origin: Arc::clone(&self.entity.origin),
            line: self.line,
            orphan: true,
        }
    }
}
