//! Where an entity comes from: the Locations that lead to its file, and those that lead to theirs.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use model::catalog::EntityRef;
use model::catalog::filter::Predicate;

use super::{CatalogEntity, Snapshot};
use crate::process::{leads_to, location_path};

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
        let mut found = Vec::new();
        let mut seen = HashSet::from([of.clone()]);
        let mut waiting = VecDeque::from([of.clone()]);
        let locations = self.locations();
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

    fn locations(&self) -> Vec<&Arc<CatalogEntity>> {
        let kind = Predicate::Equals("kind".to_owned(), "location".to_owned());
        let refs = self.index.refs(&kind, &[]).into_iter();
        refs.filter_map(|location| self.get(location)).collect()
    }
}

/// The Locations, of the same origin, that lead to the file of an entity.
fn parents(of: &CatalogEntity, locations: &[&Arc<CatalogEntity>]) -> Vec<EntityRef> {
    let own = &of.entity.entity_ref;
    if of.is_configured() {
        return Vec::new();
    }
    let Some(file) = location_path(&of.location) else {
        return Vec::new();
    };
    let others = locations.iter().filter(|location| {
        location.entity.entity_ref != *own && location.entity.origin == of.entity.origin
    });
    others
        .filter(|location| leads_to(&location.entity.value(), &location.location, &file))
        .map(|location| location.entity.entity_ref.clone())
        .collect()
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
