//! What the catalog holds already: which entity belongs to which file.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use model::catalog::EntityRef;
use serde_json::Value;

use super::{address::Address, targets::Targets};
use crate::snapshot::{CatalogEntity, Snapshot};
use crate::store::{Batch, Put, StoredEntity};

/// An entity's current revision and the file it belongs to.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The file that owns the ref: `file:/path/to/catalog-info.yaml`, or `url:https://…`.
    pub location: Arc<str>,
    /// The configured location that led there.
    pub origin: Arc<str>,
    /// Line of the file at which the document begins.
    pub line: Option<u32>,
    /// Whether no source names it any more.
    pub is_orphan: bool,
    /// SHA-1 of the body in hex.
    pub etag: Arc<str>,
    /// The last good revision.
    pub body: Arc<str>,
}

impl From<&StoredEntity> for Owner {
    fn from(entity: &StoredEntity) -> Self {
        Self {
            location: Arc::clone(&entity.location),
            origin: Arc::clone(&entity.origin),
            line: entity.line,
            is_orphan: entity.orphan,
            etag: Arc::clone(&entity.etag),
            body: Arc::clone(&entity.body),
        }
    }
}

impl From<&CatalogEntity> for Owner {
    fn from(own: &CatalogEntity) -> Self {
        Self {
            location: Arc::clone(&own.location),
            origin: Arc::clone(&own.entity.origin),
            line: own.line,
            is_orphan: own.is_orphan,
            etag: Arc::clone(&own.etag),
            body: Arc::clone(&own.entity.body),
        }
    }
}

impl From<&Put> for Owner {
    fn from(put: &Put) -> Self {
        Self {
            location: Arc::clone(&put.location),
            origin: Arc::clone(&put.origin),
            line: put.line,
            is_orphan: false,
            etag: Arc::clone(&put.etag),
            body: Arc::clone(&put.body),
        }
    }
}

impl Owner {
    /// The file that owns the ref.
    pub(super) fn address(&self) -> Option<Address> {
        Address::of_location(&self.location)
    }

    /// The targets of its last good revision, if it is a Location.
    pub(super) fn targets(&self) -> Option<Targets> {
        let value: Value = serde_json::from_str(&self.body).ok()?;
        Targets::of(&value)
    }
}

/// All current entities by ref.
#[derive(Debug, Clone, Default)]
pub struct Owners(pub HashMap<EntityRef, Owner>);

impl Owners {
    /// The owner of a ref.
    #[must_use]
    pub fn get(&self, entity_ref: &EntityRef) -> Option<&Owner> {
        self.0.get(entity_ref)
    }

    /// Who has which entity in a snapshot.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let entities = snapshot.entities();
        let owner = |own: &Arc<CatalogEntity>| (own.entity.entity_ref.clone(), Owner::from(&**own));
        Self(entities.map(owner).collect())
    }

    /// Takes note of an entity as it is stored.
    pub(crate) fn add(&mut self, entity: &StoredEntity) {
        self.0
            .insert(entity.entity_ref.clone(), Owner::from(entity));
    }

    /// Makes the changes of a batch, as the store makes them.
    pub fn apply(&mut self, batch: &Batch) {
        for entity_ref in &batch.deletes {
            self.0.remove(entity_ref);
        }
        for entity_ref in &batch.orphans {
            if let Some(owner) = self.0.get_mut(entity_ref) {
                owner.is_orphan = true;
            }
        }
        for put in &batch.puts {
            self.0.insert(put.entity_ref.clone(), Owner::from(put));
        }
    }

    /// The Locations that each file owns: few, however large the catalog is.
    pub(super) fn locations_of(&self) -> HashMap<Arc<str>, Vec<EntityRef>> {
        let mut locations: HashMap<Arc<str>, Vec<EntityRef>> = HashMap::new();
        for (entity_ref, owner) in &self.0 {
            if entity_ref.is_kind("location") {
                let refs = locations.entry(Arc::clone(&owner.location)).or_default();
                refs.push(entity_ref.clone());
            }
        }
        locations
    }
}

/// `file:/a/b` as `/a/b`.
pub(crate) fn path_of(location: &str) -> Option<PathBuf> {
    location.strip_prefix("file:").map(PathBuf::from)
}

/// `/a/b` as `file:/a/b`.
pub(crate) fn location_of(path: &Path) -> String {
    format!("file:{}", path.display())
}
