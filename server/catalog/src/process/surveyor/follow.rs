//! Where entities of kind Location lead: those that files emit, and those that cannot be read now
//! but were good before.

use std::{path::Path, sync::Arc};

use model::catalog::EntityRef;

use super::{Mention, Root, Surveyor, Visit, not_read};
use crate::{
    process::{
        Targets,
        file::CatalogFile,
        owners::location_of,
        problem::{Place, TARGET, concerning},
        reader::locate,
        scope::Scope,
        targets::resolve,
    },
    yaml::Position,
};

impl Surveyor<'_> {
    /// Waits for the targets of a Location, each resolved against the Location's file.
    pub(super) fn follow(
        &mut self,
        root: &Root<'_>,
        file: &Path,
        line: u32,
        entity_ref: &EntityRef,
        targets: &Targets,
    ) {
        for target in &targets.targets {
            let mention = Mention {
                file: file.to_owned(),
                line,
                part: target.path.clone(),
                entity_ref: entity_ref.clone(),
            };
            match targets.kind.as_deref() {
                None | Some("file") => self.waiting.push_back(Visit {
                    target: resolve(&target.text, file),
                    is_optional: targets.is_optional,
                    named_in: Some(mention),
                }),
                Some(kind) => self.mention_problem(root, &mention, &not_read(kind)),
            }
        }
    }

    /// A Location whose document cannot be read now still leads where it last led.
    pub(super) fn follow_last_good(
        &mut self,
        root: &Root<'_>,
        path: &Path,
        location: &Arc<str>,
        file: &CatalogFile,
    ) {
        if !file.is_unclear && file.broken.is_empty() {
            return;
        }
        for entity_ref in self.locations.get(location).cloned().unwrap_or_default() {
            let is_emitted = || {
                file.emissions
                    .iter()
                    .any(|own| own.entity_ref == entity_ref)
            };
            let is_held = file.broken.contains(&entity_ref) || (file.is_unclear && !is_emitted());
            if is_held {
                self.follow_owner(root, path, &entity_ref);
            }
        }
    }

    /// The same for the Locations that came from a target which cannot be read now.
    pub(super) fn last_good_below(&mut self, root: &Root<'_>, target: &Path) {
        let scope = Scope::of_target(&root.origin, target);
        let held: Vec<EntityRef> = self.locations.values().flatten().cloned().collect();
        for entity_ref in held {
            if let Some(owner) = self.owners.get(&entity_ref)
                && scope.covers(owner)
                && let Some(path) = owner.path()
            {
                self.follow_owner(root, &path, &entity_ref);
            }
        }
    }

    fn follow_owner(&mut self, root: &Root<'_>, file: &Path, entity_ref: &EntityRef) {
        if let Some(owner) = self.owners.get(entity_ref)
            && *owner.origin == *root.origin
            && let Some(targets) = owner.targets()
        {
            let line = owner.line.unwrap_or(Position::START.line);
            self.follow(root, file, line, entity_ref, &targets);
        }
    }

    pub(super) fn mention_problem(
        &mut self,
        root: &Root<'_>,
        at: &Mention,
        words: &(String, String),
    ) {
        let location = location_of(&at.file);
        let place = Place {
            location: &location,
            origin: &root.origin,
        };
        let position = locate(&root.tree, &at.file, at.line, &at.part);
        let problem = place.error(TARGET, Some(position), &*words.0, &*words.1);
        self.note(&root.origin, concerning(problem, Some(&at.entity_ref)));
    }
}
