//! One entity of the snapshot.

use std::sync::Arc;

use model::catalog::{Entity, EntityError, set_annotation, well_known};
use serde_json::Value;

use crate::store::StoredEntity;

/// An entity as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogEntity {
    /// Identity and text, the orphan annotation included.
    pub entity: Entity,
    /// The file or URL it is in.
    pub location: String,
    /// Line of that file at which its document begins, from 1.
    pub line: Option<u32>,
    /// The revision that is current; greater means later, across the catalog.
    pub seq: i64,
    /// The revision's number within the entity, from 1.
    pub number: i64,
    /// Whether no source names it any more.
    pub is_orphan: bool,
}

impl CatalogEntity {
    /// From the store's row.
    ///
    /// # Errors
    /// When the stored text is no entity; nothing that this crate writes is not.
    pub fn from_stored(stored: StoredEntity) -> Result<Self, EntityError> {
        let entity = Self {
            entity: Entity::from_body(stored.body)?,
            location: stored.location,
            line: stored.line,
            seq: stored.seq,
            number: stored.number,
            is_orphan: false,
        };
        if stored.orphan {
            return entity.into_orphan();
        }
        Ok(entity)
    }

    /// The same entity, named by no source any more.
    pub(crate) fn into_orphan(self) -> Result<Self, EntityError> {
        let mut value: Value = self.entity.value();
        set_annotation(&mut value, well_known::ORPHAN, "true");
        let body: Arc<str> = value.to_string().into();
        Ok(Self {
            entity: Entity::from_body(body)?,
            is_orphan: true,
            ..self
        })
    }
}
