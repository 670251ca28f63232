//! The walk behind a survey: location by location, target by target, file by file.

mod follow;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    path::{Path, PathBuf},
    sync::Arc,
};

use model::catalog::{EntityRef, JsonPath};

use super::{
    Emission, Owners, Reader, Survey,
    emission::generated,
    file::CatalogFile,
    owners::location_of,
    problem::{Place, RULES, TARGET, concerning},
    reader::locate,
    scope::Scope,
    survey::Candidate,
};
use crate::{
    config::{CatalogConfig, ConfiguredLocation},
    source::{Expansion, SourceError, Tree, expand, is_yaml, root_of},
    store::StoredProblem,
};

/// The most targets that are followed below one configured location.
const MOST_TARGETS: usize = 10_000;

pub(super) struct Surveyor<'s> {
    config: &'s CatalogConfig,
    owners: &'s Owners,
    reader: &'s mut Reader,
    locations: HashMap<Arc<str>, Vec<EntityRef>>,
    survey: Survey,
    waiting: VecDeque<Visit>,
    seen_files: HashSet<PathBuf>,
    seen_targets: HashSet<PathBuf>,
}

/// A target that waits to be read.
struct Visit {
    target: PathBuf,
    is_optional: bool,
    /// The Location that names it; `None` for the configured one.
    named_in: Option<Mention>,
}

/// Where a target is named: file, line of the document, place in it, and the entity.
#[derive(Clone)]
struct Mention {
    file: PathBuf,
    line: u32,
    part: JsonPath,
    entity_ref: EntityRef,
}

/// A configured location whose directory is open.
struct Root<'r> {
    configured: &'r ConfiguredLocation,
    origin: Arc<str>,
    tree: Tree,
}

impl<'s> Surveyor<'s> {
    pub(super) fn new(
        config: &'s CatalogConfig,
        owners: &'s Owners,
        reader: &'s mut Reader,
    ) -> Self {
        Self {
            config,
            owners,
            reader,
            locations: owners.locations_of(),
            survey: Survey::default(),
            waiting: VecDeque::new(),
            seen_files: HashSet::new(),
            seen_targets: HashSet::new(),
        }
    }

    pub(super) fn run(mut self) -> Survey {
        for configured in &self.config.locations {
            self.location(configured);
        }
        self.survey
    }

    fn location(&mut self, configured: &ConfiguredLocation) {
        let origin: Arc<str> = configured.location.to_string().into();
        self.survey.problems.entry(Arc::clone(&origin)).or_default();
        self.generated_location(configured, &origin);
        let Some(path) = configured.path() else {
            let kind = configured.location.kind();
            self.unread_origin(&origin, &not_read(kind));
            return;
        };
        let root = root_of(&path);
        self.survey.watch(nearest_directory(&root));
        match Tree::open(&root) {
            Ok(tree) => self.below(
                Root {
                    configured,
                    origin,
                    tree,
                },
                path,
            ),
            Err(SourceError::Missing) if configured.is_optional => {}
            Err(error) => self.unread_origin(&origin, &in_words(&error)),
        }
    }

    fn below(&mut self, root: Root<'_>, target: PathBuf) {
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
        self.survey.trees.insert(root.origin, root.tree);
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
        let place = Place {
            location: origin,
            origin,
        };
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
        match expand(&root.tree, &visit.target) {
            Ok(expansion) => self.expanded(root, expansion),
            Err(SourceError::Missing) if visit.is_optional => {
                self.survey.watch(nearest_directory(&visit.target));
            }
            Err(error) => self.unread_target(root, visit, &in_words(&error)),
        }
    }

    fn unread_target(&mut self, root: &Root<'_>, visit: &Visit, words: &(String, String)) {
        self.survey.watch(nearest_directory(&visit.target));
        let Some(mention) = &visit.named_in else {
            return self.unread_origin(&root.origin, words);
        };
        let what = format!("{}: {}", visit.target.display(), words.0);
        self.mention_problem(root, mention, &(what, words.1.clone()));
        self.survey
            .scopes
            .push(Scope::of_target(&root.origin, &visit.target));
        self.last_good_below(root, &visit.target);
    }

    fn expanded(&mut self, root: &Root<'_>, expansion: Expansion) {
        self.survey.directories.extend(expansion.directories);
        for bad in expansion.bad {
            let location = location_of(&bad.path);
            let place = Place {
                location: &location,
                origin: &root.origin,
            };
            self.note(&root.origin, place.source(&bad.error));
            self.survey
                .scopes
                .push(Scope::of_target(&root.origin, &bad.path));
        }
        let mut paths = expansion.files;
        paths.retain(|path| !self.seen_files.contains(path));
        let files: Vec<_> = paths
            .into_iter()
            .map(|path| (self.read(root, &path), path))
            .collect();
        // In a directory, what a placeholder brings is no catalog file of its own.
        let named: HashSet<PathBuf> = files
            .iter()
            .filter(|_| expansion.is_directory)
            .flat_map(|(file, _)| file.reads.iter().cloned())
            .collect();
        for (file, path) in files {
            if !named.contains(&path) && self.seen_files.insert(path.clone()) {
                self.accept(root, &path, &file);
            }
        }
    }

    fn read(&mut self, root: &Root<'_>, path: &Path) -> Arc<CatalogFile> {
        let location = location_of(path);
        let place = Place {
            location: &location,
            origin: &root.origin,
        };
        self.reader.file(&root.tree, path, place, self.owners)
    }

    fn accept(&mut self, root: &Root<'_>, path: &Path, file: &Arc<CatalogFile>) {
        let location: Arc<str> = location_of(path).into();
        for file in file.reads.iter().map(PathBuf::as_path).chain([path]) {
            self.survey.watch(file.parent());
            if !is_yaml(file) {
                self.survey.others.insert(file.to_owned());
            }
        }
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
            if self.is_allowed(root, path, emission) {
                self.survey.candidates.push(Candidate {
                    origin: Arc::clone(&root.origin),
                    location: Arc::clone(&location),
                    file: Arc::clone(file),
                    index,
                });
                if let Some(targets) = &emission.targets {
                    self.follow(root, path, emission.line, &emission.entity_ref, targets);
                }
            }
        }
        self.follow_last_good(root, path, &location, file);
    }

    fn is_allowed(&mut self, root: &Root<'_>, path: &Path, emission: &Emission) -> bool {
        let origin = &root.configured.location;
        let rules = &self.config.rules;
        if rules.allow(origin, &emission.kind, emission.spec_type.as_deref()) {
            return true;
        }
        let allowed = rules.kinds_from(origin).join(", ");
        let expected = format!("one of {allowed}, or a rule in catalog.rules that allows it");
        let what = format!("kind {} may not come from this location", emission.kind);
        let location = location_of(path);
        let place = Place {
            location: &location,
            origin: &root.origin,
        };
        let part = JsonPath::of(["kind"]);
        let at = locate(&root.tree, path, emission.line, &part);
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

fn not_read(kind: &str) -> (String, String) {
    let what = format!("locations of type {kind} are not read here");
    (what, "a location of type file".to_owned())
}

fn in_words(error: &SourceError) -> (String, String) {
    (error.to_string(), error.expected())
}

/// The closest directory that exists, to be watched for what is missing.
fn nearest_directory(path: &Path) -> Option<&Path> {
    path.ancestors().find(|ancestor| ancestor.is_dir())
}
