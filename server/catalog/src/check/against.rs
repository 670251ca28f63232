//! What a tree would do to the catalog of a running portal, decided by the very code that decides
//! it in the portal: its entities are the owners that the files meet.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use model::catalog::{
    EntityRef, Severity,
    changes::{FieldChange, field_changes},
    relations::referred,
};
use serde_json::Value;

use super::{
    Checked,
    place::{self, Place, TreeOrigin},
    portal::{PortalEntities, PortalEntity},
    references::{Files, dangling},
};
use crate::{
    config::OrphanStrategy,
    process::{
        Owner, Owners, decide, location_of, location_path,
        problem::{self, CONFLICT, REFERENCE, concerning},
    },
    source::stands_for,
    store::{Batch, Put, StoredProblem},
};

/// What becomes of an entity.
#[derive(Debug)]
pub struct Change {
    /// Which.
    pub entity_ref: EntityRef,
    /// Its file here; of one that goes, the file that it was in.
    pub file: PathBuf,
    /// Where its document begins.
    pub line: Option<u32>,
    /// What is different of one that stays.
    pub fields: Vec<FieldChange>,
}

/// What a tree would do.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Entities that the portal does not have, by ref, as the others are.
    pub added: Vec<Change>,
    /// Entities that are not as the portal has them.
    pub changed: Vec<Change>,
    /// Entities that the portal has from files that are in this tree no more, or say it no more.
    pub removed: Vec<Change>,
    /// How many are as they were.
    pub same: usize,
    /// What is wrong with the files, and what would be wrong with the catalog.
    pub problems: Vec<StoredProblem>,
    /// What is wrong with the catalog already and stays so.
    pub known: Vec<StoredProblem>,
    /// How files here and there belong together; `None` when nothing tells, and nothing counts as
    /// removed then.
    pub place: Option<Place>,
}

impl Checked {
    /// What these files would do to that portal. Without a place, one is looked for.
    #[must_use]
    pub fn against(
        mut self,
        portal: &PortalEntities,
        origin: &TreeOrigin,
        place: Option<Place>,
    ) -> Comparison {
        let first = self.decide(&Owners::default());
        let place = place.or_else(|| found_place(&first, portal, origin));
        let owners = self.owners(&first, portal, place.as_ref());
        let has_errors = first.problems.iter().any(|own| !own.problems.is_empty());
        if has_errors {
            // What cannot be read now stays in the portal as it was, and so does what it leads to.
            self.survey = super::look(&self.config, &owners, &mut self.reader);
        }
        let batch = self.decide(&owners);
        let tree = Tree {
            portal,
            origin,
            place,
            puts: self.entities(batch.puts).collect(),
            deletes: batch.deletes.into_iter().collect(),
        };
        let mut comparison = tree.comparison();
        let own = batch.problems.into_iter().flat_map(|own| own.problems);
        comparison.problems.extend(own);
        super::in_order(&mut comparison.problems);
        super::in_order(&mut comparison.known);
        comparison
    }

    fn decide(&self, owners: &Owners) -> Batch {
        decide(&self.survey, owners, OrphanStrategy::Delete)
    }

    /// The portal's entities that come from files of this tree, as the portal's own pass sees them.
    fn owners(&self, first: &Batch, portal: &PortalEntities, place: Option<&Place>) -> Owners {
        let Some(place) = place else {
            return Owners::default();
        };
        let read: HashMap<&str, &Arc<str>> = first
            .puts
            .iter()
            .map(|put| (&*put.location, &put.origin))
            .collect();
        let own = portal.0.iter().filter_map(|(entity_ref, known)| {
            if known.is_orphan || is_generated(entity_ref) {
                return None;
            }
            let file = place.file(&known.location)?;
            let location = location_of(&file);
            let origin = match read.get(location.as_str()) {
                Some(origin) => Arc::clone(origin),
                None => self.leads_to(&file, place.file(&known.origin).as_deref())?,
            };
            let owner = Owner {
                location: location.into(),
                origin,
                line: None,
                is_orphan: false,
                etag: "".into(),
                body: known.text().into(),
            };
            Some((entity_ref.clone(), owner))
        });
        Owners(own.collect())
    }

    /// The checked path that a file belongs to, whether the file is still there or not: by its
    /// name, or because the portal came to it from there.
    fn leads_to(&self, file: &Path, from: Option<&Path>) -> Option<Arc<str>> {
        let locations = self.config.locations.iter();
        let mut own = locations.filter(|location| {
            let path = location.path();
            path.is_some_and(|path| stands_for(&path, file) || from == Some(&path))
        });
        own.next()
            .map(|location| location.location.to_string().into())
    }
}

/// The entity of a configured location: the portal has its own, and a check has others.
fn is_generated(entity_ref: &EntityRef) -> bool {
    entity_ref.is_kind("location") && entity_ref.name().starts_with("generated-")
}

fn found_place(first: &Batch, portal: &PortalEntities, origin: &TreeOrigin) -> Option<Place> {
    let files: Vec<(PathBuf, &str)> = first
        .puts
        .iter()
        .filter(|put| !is_generated(&put.entity_ref))
        .filter_map(|put| {
            let known = portal.0.get(&put.entity_ref)?;
            Some((location_path(&put.location)?, &*known.location))
        })
        .collect();
    let both = files
        .iter()
        .map(|(file, location)| (file.as_path(), *location));
    let all = portal.0.values().map(|known| &*known.location);
    place::find(origin, both, all)
}

/// The tree beside the portal.
struct Tree<'a> {
    portal: &'a PortalEntities,
    origin: &'a TreeOrigin,
    place: Option<Place>,
    puts: Vec<Put>,
    deletes: HashSet<EntityRef>,
}

impl Tree<'_> {
    fn comparison(self) -> Comparison {
        let mut comparison = Comparison::default();
        let mut files = Files::default();
        let own: HashSet<&EntityRef> = self.puts.iter().map(|put| &put.entity_ref).collect();
        let exists = |target: &EntityRef| {
            own.contains(target)
                || (self.portal.0.contains_key(target) && !self.deletes.contains(target))
        };
        for put in &self.puts {
            let value: Value = serde_json::from_str(&put.body).unwrap_or_default();
            let known = self.portal.0.get(&put.entity_ref);
            let before = known.map(|known| known.value(Some(&value)));
            comparison.note(put, before.as_ref(), &value);
            comparison
                .problems
                .extend(known.and_then(|known| self.conflict(put, known)));
            for dangling in dangling(&value, exists) {
                let was_known = before.as_ref().is_some_and(|before| {
                    !self.deletes.contains(&dangling.target)
                        && referred(before).any(|(_, target)| target == dangling.target)
                });
                if was_known {
                    let problem = dangling.problem(put, ", as before", &mut files);
                    comparison.known.push(StoredProblem {
                        severity: Severity::Warning,
                        ..problem
                    });
                } else {
                    let gone = self.deletes.contains(&dangling.target);
                    let why = if gone { " after this change" } else { "" };
                    let problem = dangling.problem(put, why, &mut files);
                    comparison.problems.push(problem);
                }
            }
        }
        comparison.problems.extend(self.left_behind(&own));
        comparison.removed = self.removed();
        comparison.added.sort_by(by_ref);
        comparison.changed.sort_by(by_ref);
        comparison.place = self.place;
        comparison
    }

    /// What comes from elsewhere and refers to what goes.
    fn left_behind(&self, own: &HashSet<&EntityRef>) -> Vec<StoredProblem> {
        if self.deletes.is_empty() {
            return Vec::new();
        }
        let others = self.portal.0.iter().filter(|(entity_ref, _)| {
            !own.contains(entity_ref) && !self.deletes.contains(*entity_ref)
        });
        let problems = others.flat_map(|(entity_ref, known)| {
            let place = problem::Place::new(&known.location, &known.origin);
            let gone = dangling(&known.value(None), |target| !self.deletes.contains(target));
            gone.into_iter().map(move |dangling| {
                let target = dangling.target;
                let what = format!(
                    "{entity_ref} refers to {target} in {}, which would be gone",
                    dangling.path.dotted()
                );
                let expected = "that the one who refers to it is changed first";
                concerning(
                    place.error(REFERENCE, None, what, expected),
                    Some(entity_ref),
                )
            })
        });
        problems.collect()
    }

    /// An entity that the portal has from a file which is none of this tree's: the first keeps it.
    fn conflict(&self, put: &Put, known: &PortalEntity) -> Option<StoredProblem> {
        let place = self.place.as_ref()?;
        let of_tree = place
            .file(&known.location)
            .is_some_and(|file| file.starts_with(&self.origin.root));
        let is_named = known.location.contains(':') && !known.is_orphan;
        let of_repository = self.origin.repository.is_some()
            && known.location.starts_with("url:")
            && self.origin.may_be(&known.location);
        if of_tree || of_repository || !is_named {
            return None;
        }
        let here = problem::Place::new(&put.location, &put.origin);
        let at = put
            .line
            .map(|line| crate::yaml::Position { line, column: 1 });
        let what = format!("{} is already in {}", put.entity_ref, known.location);
        let expected = "another name: the portal keeps the entity of the file that was first";
        Some(concerning(
            here.error(CONFLICT, at, what, expected),
            Some(&put.entity_ref),
        ))
    }

    fn removed(&self) -> Vec<Change> {
        let gone = self.deletes.iter().map(|entity_ref| Change {
            entity_ref: entity_ref.clone(),
            file: self.file_of(entity_ref),
            line: None,
            fields: Vec::new(),
        });
        let mut gone: Vec<Change> = gone.collect();
        gone.sort_by(by_ref);
        gone
    }

    fn file_of(&self, entity_ref: &EntityRef) -> PathBuf {
        let known = self.portal.0.get(entity_ref).zip(self.place.as_ref());
        let file = known.and_then(|(known, place)| place.file(&known.location));
        file.unwrap_or_default()
    }
}

fn by_ref(a: &Change, b: &Change) -> std::cmp::Ordering {
    a.entity_ref.cmp(&b.entity_ref)
}

impl Comparison {
    fn note(&mut self, put: &Put, before: Option<&Value>, after: &Value) {
        let fields = before.map(|before| field_changes(before, after));
        let change = |fields| Change {
            entity_ref: put.entity_ref.clone(),
            file: location_path(&put.location).unwrap_or_default(),
            line: put.line,
            fields,
        };
        match fields {
            None => self.added.push(change(Vec::new())),
            Some(fields) if fields.is_empty() => self.same += 1,
            Some(fields) => self.changed.push(change(fields)),
        }
    }
}

#[cfg(test)]
mod tests;
