//! Goes through everything that the configured locations lead to, and gathers what is there.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use model::catalog::{EntityRef, JsonPath};

use super::{
    Emission, Owner, Owners, Reader, address::Address, file::CatalogFile, ground::Ground,
    scope::Scope, surveyor::Surveyor,
};
use crate::{
    config::{CatalogConfig, ConfiguredLocation},
    source::Web,
    store::{OriginProblems, StoredProblem},
    yaml::Position,
};

/// What the configured locations say now.
#[derive(Default)]
pub struct Survey {
    /// Every acceptable entity, in the order in which it was found.
    pub(super) candidates: Vec<Candidate>,
    /// Files with documents whose entities cannot be told.
    pub(super) unclear: HashSet<Arc<str>>,
    /// Entities whose document is not acceptable now, by file.
    pub(super) broken: HashSet<(Arc<str>, EntityRef)>,
    /// Targets that cannot be read now.
    pub(super) scopes: Vec<Scope>,
    /// The configured locations, and what is wrong below each.
    pub(super) problems: BTreeMap<Arc<str>, Vec<StoredProblem>>,
    /// What each of the locations stands on.
    pub(super) grounds: HashMap<Arc<str>, Ground>,
    /// Whether something on the web has yet to be read for the first time.
    pub(super) is_pending: bool,
    /// Directories in which a change may mean something.
    pub(super) directories: BTreeSet<PathBuf>,
    /// Files that count although their name does not look like a catalog file's.
    pub(super) others: BTreeSet<PathBuf>,
}

/// An entity that some file emits.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) origin: Arc<str>,
    pub(super) location: Arc<str>,
    pub(super) file: Arc<CatalogFile>,
    pub(super) index: usize,
}

impl Candidate {
    pub(super) fn emission(&self) -> Option<&Emission> {
        self.file.emissions.get(self.index)
    }
}

/// What is read: the locations in order, and the web below them.
#[derive(Debug)]
pub struct Sources<'s> {
    /// Where to begin; the first of two wins a new conflict.
    pub locations: &'s [ConfiguredLocation],
    /// What of the web has been read.
    pub web: &'s Arc<Web>,
    /// What is wrong besides: providers that cannot list what they should.
    pub problems: &'s [StoredProblem],
}

/// Reads everything below the locations. Files that have not changed since the last pass are not
/// read again. Run it on a deep stack, or every document takes a thread of its own.
#[must_use]
pub fn survey(
    config: &CatalogConfig,
    sources: &Sources<'_>,
    owners: &Owners,
    reader: &mut Reader,
) -> Survey {
    reader.begin_pass();
    sources.web.begin_pass();
    let mut survey = Surveyor::new(config, sources.web, owners, reader).run(sources.locations);
    for problem in sources.problems {
        let origin = survey.problems.entry(problem.origin.as_str().into());
        origin.or_default().push(problem.clone());
    }
    sources.web.end_pass();
    reader.end_pass();
    survey
}

impl Survey {
    /// Directories in which a change may mean something: those of the files that were read and
    /// those that were searched.
    #[must_use]
    pub fn directories(&self) -> &BTreeSet<PathBuf> {
        &self.directories
    }

    /// Files that count although they are not named `*.yaml` or `*.yml`: what placeholders bring
    /// and what locations name.
    #[must_use]
    pub fn other_files(&self) -> &BTreeSet<PathBuf> {
        &self.others
    }

    /// The entities that the files emit, conflicts included, in order.
    pub fn emissions(&self) -> impl Iterator<Item = (&str, &Emission)> {
        self.candidates
            .iter()
            .filter_map(|candidate| Some((&*candidate.location, candidate.emission()?)))
    }

    /// Whether an entity that no file emits is to stay as it was last good: its file, its
    /// document or its target cannot be read now.
    pub(super) fn holds(&self, entity_ref: &EntityRef, owner: &Owner) -> bool {
        self.problems.contains_key(&owner.origin)
            && (self.unclear.contains(&owner.location)
                || self
                    .broken
                    .contains(&(Arc::clone(&owner.location), entity_ref.clone()))
                || self.scopes.iter().any(|scope| scope.covers(owner)))
    }

    /// Whether everything that the locations lead to has been tried at least once.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.is_pending
    }

    /// Where a part of a candidate's document stands.
    pub(super) fn locate(&self, candidate: &Candidate, line: u32, part: &JsonPath) -> Position {
        let ground = self.grounds.get(&candidate.origin);
        let address = Address::of_location(&candidate.location);
        ground
            .zip(address)
            .map_or(Position { line, column: 1 }, |(ground, address)| {
                ground.locate(&address, line, part)
            })
    }

    pub(super) fn watch(&mut self, directory: Option<&Path>) {
        if let Some(directory) = directory {
            self.directories.insert(directory.to_owned());
        }
    }

    /// What is wrong, by configured location.
    pub(super) fn problems_by_origin(&self) -> Vec<OriginProblems> {
        let by_origin = self.problems.iter();
        by_origin
            .map(|(origin, problems)| OriginProblems {
                origin: origin.to_string(),
                problems: problems.clone(),
            })
            .collect()
    }
}
