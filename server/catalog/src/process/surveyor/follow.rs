//! Where entities of kind Location lead: those that files emit, and those that cannot be read now
//! but were good before.

use std::sync::Arc;

use model::catalog::EntityRef;
use url::Url;

use super::{Mention, Root, Surveyor, Visit, no_address, other_kind};
use crate::{
    process::{
        Targets,
        address::Address,
        file::CatalogFile,
        problem::{Place, TARGET, concerning},
        scope::Scope,
    },
    yaml::Position,
};

impl Surveyor<'_> {
    /// Waits for the targets of a Location, each resolved against the Location's file.
    pub(super) fn follow(
        &mut self,
        root: &Root<'_>,
        file: &Address,
        line: u32,
        entity_ref: &EntityRef,
        targets: &Targets,
    ) {
        for target in &targets.targets {
            let mention = Mention {
                file: file.clone(),
                line,
                part: target.path.clone(),
                entity_ref: entity_ref.clone(),
            };
            match self.meant(file, targets.kind.as_deref(), &target.text) {
                Ok(target) => self.waiting.push_back(Visit {
                    target,
                    is_optional: targets.is_optional,
                    named_in: Some(mention),
                }),
                Err(words) => self.mention_problem(root, &mention, &words),
            }
        }
    }

    /// What a target means: a path beside a file, an address beside an address, or an address.
    fn meant(
        &self,
        file: &Address,
        kind: Option<&str>,
        target: &str,
    ) -> Result<Address, (String, String)> {
        let no_address = || no_address(target);
        match (file, kind) {
            (Address::File(_), None | Some("file")) | (Address::Url(_), None | Some("url")) => {
                file.resolve(target, self.web).ok_or_else(no_address)
            }
            (Address::File(_), Some("url")) => {
                let address = Url::parse(target).ok().filter(Url::has_host);
                address.map(Address::Url).ok_or_else(no_address)
            }
            (Address::Url(_), Some("file")) => {
                let what = "a location on the web cannot lead to files of the portal's machine";
                Err((what.to_owned(), "a location of type url".to_owned()))
            }
            (_, Some(kind)) => Err(other_kind(kind)),
        }
    }

    /// A Location whose document cannot be read now still leads where it last led.
    pub(super) fn follow_last_good(
        &mut self,
        root: &Root<'_>,
        address: &Address,
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
                self.follow_owner(root, address, &entity_ref);
            }
        }
    }

    /// The same for the Locations that came from a target which cannot be read now.
    pub(super) fn last_good_below(&mut self, root: &Root<'_>, target: &Address) {
        let scope = Scope::of_target(&root.origin, target);
        let held: Vec<EntityRef> = self.locations.values().flatten().cloned().collect();
        for entity_ref in held {
            if let Some(owner) = self.owners.get(&entity_ref)
                && scope.covers(owner)
                && let Some(address) = owner.address()
            {
                self.follow_owner(root, &address, &entity_ref);
            }
        }
    }

    fn follow_owner(&mut self, root: &Root<'_>, file: &Address, entity_ref: &EntityRef) {
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
        let location = at.file.location();
        let place = Place::new(&location, &root.origin);
        let position = root.ground.locate(&at.file, at.line, &at.part);
        let problem = place.error(TARGET, Some(position), &*words.0, &*words.1);
        self.note(&root.origin, concerning(problem, Some(&at.entity_ref)));
    }
}
