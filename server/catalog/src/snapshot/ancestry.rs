//! Where an entity comes from: the Locations that lead to its file, and those that lead to theirs.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use model::catalog::EntityRef;
use model::catalog::filter::Predicate;
use serde_json::Value;

use super::{CatalogEntity, Snapshot};
use crate::process::leads_to;

/// An entity and the Locations that lead to it directly.
#[derive(Debug, Clone)]
pub struct Ancestor {
    /// The entity itself, or one of those it comes from.
    pub entity: Arc<CatalogEntity>,
    /// Which Locations lead to it; none for a configured one.
    pub parents: Vec<EntityRef>,
}

impl Snapshot {
    /// The entity, then what it comes from, nearest first; empty if it does not exist.
    #[must_use]
    pub fn ancestry(&self, of: &EntityRef) -> Vec<Ancestor> {
        let Some(root) = self.get(of) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut seen = HashSet::from([of.clone()]);
        let mut waiting = VecDeque::from([of.clone()]);
        let locations = self.locations(&root.entity.origin);
        while let Some(next) = waiting.pop_front() {
            let Some(entity) = self.get(&next) else {
                continue;
            };
            let parents = parents(entity, &locations);
            let new = parents
                .iter()
                .filter(|parent| seen.insert((*parent).clone()));
            waiting.extend(new.cloned());
            found.push(Ancestor {
                entity: Arc::clone(entity),
                parents,
            });
        }
        found
    }

    /// The Locations of an origin, read: all that an entity comes from is of its own origin.
    fn locations(&self, origin: &str) -> Vec<(&CatalogEntity, Value)> {
        let kind = Predicate::Equals("kind".to_owned(), "location".to_owned());
        let refs = self.index.refs(&kind, &[]).into_iter();
        let locations = refs.filter_map(|location| self.get(location));
        let own = locations.filter(|location| *location.entity.origin == *origin);
        own.map(|location| (&**location, location.entity.value()))
            .collect()
    }
}

/// The Locations that lead to the file of an entity.
fn parents(of: &CatalogEntity, locations: &[(&CatalogEntity, Value)]) -> Vec<EntityRef> {
    let own = &of.entity.entity_ref;
    if of.is_configured() {
        return Vec::new();
    }
    let mut leading: Vec<EntityRef> = Vec::new();
    for (location, value) in locations {
        let entity_ref = &location.entity.entity_ref;
        if entity_ref != own && leads_to(value, &location.location, &of.location) {
            leading.push(entity_ref.clone());
        }
    }
    leading
}

impl CatalogEntity {
    /// Whether it is the Location that stands for a configured one.
    fn is_configured(&self) -> bool {
        let entity_ref = &self.entity.entity_ref;
        self.location == self.entity.origin
            && entity_ref.is_kind("location")
            && entity_ref.name().starts_with("generated-")
    }
}
