//! `perilune check`: every problem of some files, found by the very code that reads them into
//! the catalog.

use std::{
    collections::HashSet,
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use model::catalog::{
    EntityRef, KindSet, LocationRef, LocationRefError, Severity, relations::referred,
};

mod against;
mod place;
mod portal;
mod references;

pub use against::{Change, Comparison};
pub use place::{Place, TreeOrigin};
pub use portal::{PortalAnswerError, PortalEntities};

use crate::{
    config::{CatalogConfig, ConfiguredLocation, OrphanStrategy, Rules, Standing},
    process::{Emission, Owners, Reader, Sources, Survey, decide, problem, survey},
    source::{Web, normalized},
    store::{Put, StoredProblem},
    yaml::{Position, on_deep_stack},
};

/// What to check besides the files themselves.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Kinds besides the known ones.
    pub kinds: KindSet,
    /// Whether a reference to an entity that is not among the files is a warning.
    pub references: bool,
}

/// What a check has found.
#[derive(Debug, Default)]
pub struct CheckReport {
    /// Everything that is wrong, by file, line and column.
    pub problems: Vec<StoredProblem>,
    /// How many entities are good.
    pub entities: usize,
}

impl CheckReport {
    /// Whether something is wrong that keeps an entity out of the catalog.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }
}

/// Why a check could not be made at all.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A path that cannot be written as a location.
    #[error("{path} cannot be checked: {reason}")]
    Path {
        /// The path as given.
        path: String,
        /// Why not.
        reason: LocationRefError,
    },
    /// No thread, or no working directory.
    #[error("the check could not start: {0}")]
    Io(#[from] io::Error),
}

/// Files that have been read to be checked.
pub struct Checked {
    config: CatalogConfig,
    reader: Reader,
    survey: Survey,
}

/// Checks files, directories and globs, given as on a command line run in `directory`.
///
/// # Errors
/// Only when the check itself cannot be made; what is wrong with the files is in the report.
pub fn check(
    paths: &[PathBuf],
    directory: &Path,
    options: &CheckOptions,
) -> Result<CheckReport, CheckError> {
    Ok(Checked::read(paths, directory, &options.kinds)?.report(options))
}

impl Checked {
    /// Reads files, directories and globs, given as on a command line run in `directory`.
    ///
    /// # Errors
    /// When a path cannot be written as a location, or there is no thread.
    pub fn read(paths: &[PathBuf], directory: &Path, kinds: &KindSet) -> Result<Self, CheckError> {
        let locations = paths.iter().map(|path| location(path, directory));
        let config = CatalogConfig {
            locations: locations.collect::<Result<_, _>>()?,
            rules: Rules::allow_everything(),
            kinds: kinds.clone(),
            ..CatalogConfig::default()
        };
        let mut reader = Reader::new(kinds.clone());
        let survey = on_deep_stack(|| look(&config, &Owners::default(), &mut reader))?;
        Ok(Self {
            config,
            reader,
            survey,
        })
    }

    /// Everything that is wrong with them by themselves.
    #[must_use]
    pub fn report(&self, options: &CheckOptions) -> CheckReport {
        let batch = decide(&self.survey, &Owners::default(), OrphanStrategy::Delete);
        let found = batch
            .problems
            .into_iter()
            .flat_map(|origin| origin.problems);
        let mut problems: Vec<StoredProblem> = found.collect();
        if options.references {
            problems.extend(unresolved(&self.survey));
        }
        in_order(&mut problems);
        CheckReport {
            problems,
            entities: self.entities(batch.puts).count(),
        }
    }

    /// What the files say, without the Locations that stand for the checked paths.
    fn entities(&self, puts: Vec<Put>) -> impl Iterator<Item = Put> {
        let locations = self.config.locations.iter();
        let names: HashSet<String> = locations
            .map(|configured| configured.location.generated_name())
            .collect();
        puts.into_iter()
            .filter(move |put| !names.contains(put.entity_ref.name()))
    }
}

fn location(path: &Path, directory: &Path) -> Result<ConfiguredLocation, CheckError> {
    let absolute = normalized(&directory.join(path));
    let location = LocationRef::new("file", &absolute.to_string_lossy());
    let location = location.map_err(|reason| CheckError::Path {
        path: path.display().to_string(),
        reason,
    })?;
    Ok(ConfiguredLocation {
        location,
        is_optional: false,
        standing: Standing::Configured,
    })
}

/// Reads files alone: what they name elsewhere is not fetched.
fn look(config: &CatalogConfig, owners: &Owners, reader: &mut Reader) -> Survey {
    let sources = Sources {
        locations: &config.locations,
        web: &Arc::new(Web::nothing()),
        problems: &[],
    };
    survey(config, &sources, owners, reader)
}

/// By place, each once: a file may be reached from two of the paths.
fn in_order(problems: &mut Vec<StoredProblem>) {
    let place = |problem: &StoredProblem| {
        (
            problem.location.clone(),
            problem.line,
            problem.column,
            problem.message.clone(),
        )
    };
    problems.sort_by_key(place);
    problems.dedup_by_key(|problem| place(problem));
}

/// A warning for every relation to an entity that none of the files has.
fn unresolved(survey: &Survey) -> Vec<StoredProblem> {
    let known: HashSet<&EntityRef> = survey
        .emissions()
        .map(|(_, emission)| &emission.entity_ref)
        .collect();
    let missing = |(location, emission): (&str, &Emission)| {
        let value = serde_json::from_str(&emission.body).unwrap_or_default();
        let mut targets: Vec<EntityRef> = referred(&value)
            .map(|(_, target)| target)
            .filter(|target| !known.contains(target))
            .collect();
        targets.sort_unstable();
        targets.dedup();
        let warning = |target: EntityRef| warning(location, emission, &target);
        targets.into_iter().map(warning).collect::<Vec<_>>()
    };
    survey.emissions().flat_map(missing).collect()
}

fn warning(location: &str, emission: &Emission, target: &EntityRef) -> StoredProblem {
    let place = problem::Place::new(location, location);
    let at = Position {
        line: emission.line,
        column: 1,
    };
    let what = format!(
        "{} refers to {target}, which is not here",
        emission.entity_ref
    );
    let expected = "a reference to an entity that exists";
    StoredProblem {
        severity: Severity::Warning,
        entity_ref: Some(emission.entity_ref.clone()),
        ..place.error(problem::REFERENCE, Some(at), what, expected)
    }
}

/// A problem for people and editors: `file:line:column: error: what` and, on a second line, what
/// is expected. Paths below `directory` are shown relative to it.
#[must_use]
pub fn format_problem(problem: &StoredProblem, directory: &Path) -> String {
    let location = &problem.location;
    let path = location.strip_prefix("file:").unwrap_or(location);
    let shown = Path::new(path)
        .strip_prefix(directory)
        .unwrap_or(Path::new(path));
    let mut text = if shown.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        shown.display().to_string()
    };
    for number in [problem.line, problem.column].into_iter().flatten() {
        // Writing to a String cannot fail.
        let _ = write!(text, ":{number}");
    }
    let _ = write!(text, ": {}: {}", problem.severity.as_str(), problem.message);
    if let Some(expected) = &problem.expected {
        let _ = write!(text, "\n    expected {expected}");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    const GOOD: &str = "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: pay\n\
                        spec:\n  owner: team\n";

    fn checked(files: &[(&str, &str)], paths: &[&str], references: bool) -> (Vec<String>, usize) {
        let directory = TempDir::new().unwrap();
        let root = directory.path().canonicalize().unwrap();
        for (path, text) in files {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let options = CheckOptions {
            references,
            ..CheckOptions::default()
        };
        let report = check(&paths, &root, &options).unwrap();
        let lines = report
            .problems
            .iter()
            .map(|problem| format_problem(problem, &root));
        (lines.collect(), report.entities)
    }

    #[test]
    fn good_files_have_no_problems() {
        assert_eq!(checked(&[("a.yaml", GOOD)], &["."], false), (Vec::new(), 1));
        assert_eq!(
            checked(&[("x/a.yaml", GOOD)], &["x", "x/a.yaml"], false),
            (Vec::new(), 1)
        );
    }

    #[test]
    fn every_problem_is_told_in_order_of_its_place() {
        let bad = "a: 1\na: 2\n---\nkind: API\n---\n[\n";
        let (problems, entities) = checked(&[("b.yaml", bad), ("a.yaml", GOOD)], &["."], false);
        assert_eq!(entities, 1);
        let places: Vec<_> = problems
            .iter()
            .map(|line| line.split(": ").next().unwrap())
            .collect();
        assert_eq!(places.first(), Some(&"b.yaml:2:1"));
        assert!(places.is_sorted(), "{places:?}");
        assert!(
            problems[0].contains("error: the key `a` appears twice"),
            "{}",
            problems[0]
        );
        assert!(
            problems[0].contains("\n    expected every key once"),
            "{}",
            problems[0]
        );
    }

    #[test]
    fn a_path_that_is_not_there_is_a_problem() {
        let (problems, _) = checked(&[], &["nowhere.yaml"], false);
        assert!(
            problems[0].starts_with("nowhere.yaml: error: there is no such"),
            "{problems:?}"
        );
    }

    #[test]
    fn references_are_looked_up_when_asked_for() {
        let (problems, _) = checked(&[("a.yaml", GOOD)], &["a.yaml"], true);
        let expected = "a.yaml:1:1: warning: system:default/pay refers to group:default/team";
        assert!(problems[0].starts_with(expected), "{problems:?}");
    }
}
