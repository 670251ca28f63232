//! The walk behind a survey: location by location, target by target, file by file.

mod follow;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    path::Path,
    sync::Arc,
};

use model::catalog::{EntityRef, JsonPath, LocationRef};

use super::{
    Emission, Owners, Reader, Survey,
    address::Address,
    emission::generated,
    file::CatalogFile,
    ground::{Files, Ground},
    problem::{Place, RULES, TARGET, concerning},
    scope::Scope,
    survey::Candidate,
};
use crate::{
    config::{CatalogConfig, ConfiguredLocation, Standing},
    source::{Renewal, SourceError, Tree, Web, is_yaml, root_of},
    store::StoredProblem,
};

/// The most targets that are followed below one configured location.
const MOST_TARGETS: usize = 10_000;

pub(super) struct Surveyor<'s> {
    config: &'s CatalogConfig,
    web: &'s Arc<Web>,
    owners: &'s Owners,
    reader: &'s mut Reader,
    locations: HashMap<Arc<str>, Vec<EntityRef>>,
    survey: Survey,
    waiting: VecDeque<Visit>,
    seen_files: HashSet<Address>,
    seen_targets: HashSet<Address>,
}

/// A target that waits to be read.
struct Visit {
    target: Address,
    is_optional: bool,
    /// The Location that names it; `None` for the configured one.
    named_in: Option<Mention>,
}

/// Where a target is named: file, line of the document, place in it, and the entity.
#[derive(Clone)]
struct Mention {
    file: Address,
    line: u32,
    part: JsonPath,
    entity_ref: EntityRef,
}

/// A location, and what it stands on.
struct Root<'r> {
    configured: &'r ConfiguredLocation,
    origin: Arc<str>,
    ground: Ground,
}

impl<'s> Surveyor<'s> {
    pub(super) fn new(
        config: &'s CatalogConfig,
        web: &'s Arc<Web>,
        owners: &'s Owners,
        reader: &'s mut Reader,
    ) -> Self {
        Self {
            config,
            web,
            owners,
            reader,
            locations: owners.locations_of(),
            survey: Survey::default(),
            waiting: VecDeque::new(),
            seen_files: HashSet::new(),
            seen_targets: HashSet::new(),
        }
    }

    pub(super) fn run(mut self, locations: &[ConfiguredLocation]) -> Survey {
        for location in locations {
            self.location(location);
        }
        self.survey
    }

    fn location(&mut self, configured: &ConfiguredLocation) {
        let origin: Arc<str> = configured.location.to_string().into();
        self.survey.problems.entry(Arc::clone(&origin)).or_default();
        self.generated_location(configured, &origin);
        let target = Address::of_location(&origin);
        let tree = match &target {
            Some(Address::File(path)) => self.tree(path),
            Some(Address::Url(_)) => Ok(None),
            None => {
                let words = not_read(&configured.location);
                return self.unread_origin(&origin, &words);
            }
        };
        match (target, tree) {
            (Some(target), Ok(tree)) => {
                let root = self.root(configured, origin, tree);
                self.below(root, target);
            }
            (_, Err(error)) if error.is_missing() && configured.is_optional => {}
            (_, Err(error)) => self.unread_origin(&origin, &in_words(&error)),
            (None, _) => {}
        }
    }

    /// The directory that nothing below a configured path may leave.
    fn tree(&mut self, path: &Path) -> Result<Option<Tree>, SourceError> {
        let root = root_of(path);
        self.survey.watch(nearest_directory(&root));
        Tree::open(&root).map(Some)
    }

    fn root<'r>(
        &self,
        configured: &'r ConfiguredLocation,
        origin: Arc<str>,
        tree: Option<Tree>,
    ) -> Root<'r> {
        let renewal = match configured.standing {
            Standing::Discovered => Renewal::Announced,
            Standing::Configured | Standing::Registered => Renewal::Period,
        };
        Root {
            configured,
            origin,
            ground: Ground {
                tree,
                web: Arc::clone(self.web),
                renewal,
            },
        }
    }

    fn below(&mut self, root: Root<'_>, target: Address) {
        self.seen_files.clear();
        self.seen_targets.clear();
        self.waiting.push_back(Visit {
            target,
            is_optional: root.configured.is_optional,
            named_in: None,
        });
        while let Some(visit) = self.waiting.pop_front() {
            self.visit(&root, &visit);
        }
        self.survey.grounds.insert(root.origin, root.ground);
    }

    fn generated_location(&mut self, configured: &ConfiguredLocation, origin: &Arc<str>) {
        if let Ok(emission) = generated(&configured.location, configured.is_optional) {
            let file = CatalogFile {
                emissions: vec![emission],
                ..CatalogFile::default()
            };
            self.survey.candidates.push(Candidate {
                origin: Arc::clone(origin),
                location: Arc::clone(origin),
                file: Arc::new(file),
                index: 0,
            });
        }
    }

    /// Nothing below the location can be read: what it once brought stays.
    fn unread_origin(&mut self, origin: &Arc<str>, (what, expected): &(String, String)) {
        let place = Place::new(origin, origin);
        let problem = place.error(TARGET, None, what, expected);
        self.note(origin, problem);
        self.survey.scopes.push(Scope::all_of(origin));
    }

    fn visit(&mut self, root: &Root<'_>, visit: &Visit) {
        if !self.seen_targets.insert(visit.target.clone()) {
            return;
        }
        if self.seen_targets.len() > MOST_TARGETS {
            let what = format!("more than {MOST_TARGETS} targets below one location");
            let words = (what, format!("at most {MOST_TARGETS} targets"));
            return self.unread_target(root, visit, &words);
        }
        match root.ground.expand(&visit.target) {
            Ok(files) => self.expanded(root, files),
            Err(SourceError::Pending) => self.hold_target(root, visit),
            Err(error) if error.is_missing() && visit.is_optional => self.watch_for(&visit.target),
            Err(error) => self.unread_target(root, visit, &in_words(&error)),
        }
    }

    /// What a target brought stays as long as it is being read.
    fn hold_target(&mut self, root: &Root<'_>, visit: &Visit) {
        self.survey.is_pending = true;
        self.keep_below(root, &visit.target);
    }

    fn keep_below(&mut self, root: &Root<'_>, target: &Address) {
        self.survey
            .scopes
            .push(Scope::of_target(&root.origin, target));
        self.last_good_below(root, target);
    }

    fn unread_target(&mut self, root: &Root<'_>, visit: &Visit, words: &(String, String)) {
        self.watch_for(&visit.target);
        let Some(mention) = &visit.named_in else {
            return self.unread_origin(&root.origin, words);
        };
        let what = format!("{}: {}", visit.target, words.0);
        self.mention_problem(root, mention, &(what, words.1.clone()));
        self.keep_below(root, &visit.target);
    }

    /// A file that is missing may come.
    fn watch_for(&mut self, target: &Address) {
        self.survey.watch(target.path().and_then(nearest_directory));
    }

    fn expanded(&mut self, root: &Root<'_>, expansion: Files) {
        self.survey.directories.extend(expansion.directories);
        for (address, error) in expansion.bad {
            let location = address.location();
            let place = Place::new(&location, &root.origin);
            self.note(&root.origin, place.source(&error));
            self.survey
                .scopes
                .push(Scope::of_target(&root.origin, &address));
        }
        let mut addresses = expansion.files;
        addresses.retain(|address| !self.seen_files.contains(address));
        let read = self
            .reader
            .files(&root.ground, &addresses, &root.origin, self.owners);
        let files: Vec<_> = read.into_iter().zip(addresses).collect();
        // In a directory, what a placeholder brings is no catalog file of its own.
        let named: HashSet<Address> = files
            .iter()
            .filter(|_| expansion.is_directory)
            .flat_map(|(file, _)| file.reads.iter().cloned())
            .collect();
        for (file, address) in files {
            if !named.contains(&address) && self.seen_files.insert(address.clone()) {
                self.accept(root, &address, &file);
            }
        }
    }

    fn accept(&mut self, root: &Root<'_>, address: &Address, file: &Arc<CatalogFile>) {
        let location: Arc<str> = address.location().into();
        let paths = file.reads.iter().chain([address]);
        for path in paths.filter_map(Address::path) {
            self.survey.watch(path.parent());
            if !is_yaml(path) {
                self.survey.others.insert(path.to_owned());
            }
        }
        self.survey.is_pending |= file.is_pending;
        for problem in &file.problems {
            self.note(&root.origin, problem.clone());
        }
        for broken in &file.broken {
            self.survey
                .broken
                .insert((Arc::clone(&location), broken.clone()));
        }
        if file.is_unclear {
            self.survey.unclear.insert(Arc::clone(&location));
        }
        for (index, emission) in file.emissions.iter().enumerate() {
            if self.is_allowed(root, address, emission) {
                self.survey.candidates.push(Candidate {
                    origin: Arc::clone(&root.origin),
                    location: Arc::clone(&location),
                    file: Arc::clone(file),
                    index,
                });
                if let Some(targets) = &emission.targets {
                    self.follow(root, address, emission.line, &emission.entity_ref, targets);
                }
            }
        }
        self.follow_last_good(root, address, &location, file);
    }

    fn is_allowed(&mut self, root: &Root<'_>, address: &Address, emission: &Emission) -> bool {
        let origin = &root.configured.location;
        let (kind, spec_type) = (&emission.kind, emission.spec_type.as_deref());
        let rules = &self.config.rules;
        let is_person = matches!(kind.as_str(), "User" | "Group");
        let is_allowed = match root.configured.standing {
            Standing::Registered if is_person => rules.allow_by_name(origin, kind, spec_type),
            _ => rules.allow(origin, kind, spec_type),
        };
        if is_allowed {
            return true;
        }
        let allowed = rules.kinds_from(origin).join(", ");
        let expected = if is_person && root.configured.standing == Standing::Registered {
            "people and groups from configured locations; here, a rule in catalog.rules that \
             names this location"
                .to_owned()
        } else {
            format!("one of {allowed}, or a rule in catalog.rules that allows it")
        };
        let what = format!("kind {kind} may not come from this location");
        let location = address.location();
        let place = Place::new(&location, &root.origin);
        let part = JsonPath::of(["kind"]);
        let at = root.ground.locate(address, emission.line, &part);
        let problem = place.error(RULES, Some(at), what, expected);
        self.note(
            &root.origin,
            concerning(problem, Some(&emission.entity_ref)),
        );
        false
    }

    fn note(&mut self, origin: &Arc<str>, problem: StoredProblem) {
        self.survey
            .problems
            .entry(Arc::clone(origin))
            .or_default()
            .push(problem);
    }
}

fn not_read(location: &LocationRef) -> (String, String) {
    match location.kind() {
        "url" => no_address(location.target()),
        kind => other_kind(kind),
    }
}

fn other_kind(kind: &str) -> (String, String) {
    let what = format!("locations of type {kind} are not read here");
    (what, "a location of type file or url".to_owned())
}

fn no_address(target: &str) -> (String, String) {
    let what = format!("{target} is no address");
    (
        what,
        "an address such as https://example.com/catalog-info.yaml".to_owned(),
    )
}

fn in_words(error: &SourceError) -> (String, String) {
    (error.to_string(), error.expected())
}

/// The closest directory that exists, to be watched for what is missing.
fn nearest_directory(path: &Path) -> Option<&Path> {
    path.ancestors().find(|ancestor| ancestor.is_dir())
}
