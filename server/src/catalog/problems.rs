//! Everything wrong in the catalog, by file.

use std::collections::BTreeMap;
use std::path::Path;

use app::catalog::types::{FileProblems, ProblemList, ProblemView};
use catalog::store::StoredProblem;
use model::catalog::Severity;

use super::view::View;

/// How much of a path is shown when it is not below the working directory.
const TAIL: usize = 3;

pub(super) fn all(view: &View) -> ProblemList {
    let mut files: BTreeMap<String, Vec<ProblemView>> = BTreeMap::new();
    for problem in view.snapshot().problems() {
        files
            .entry(shown(&problem.location))
            .or_default()
            .push(self::view(view, problem));
    }
    let count = |errors: bool| {
        let found = files
            .values()
            .flatten()
            .filter(|problem| problem.is_error == errors);
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    let (errors, warnings) = (count(true), count(false));
    let mut files: Vec<FileProblems> = files
        .into_iter()
        .map(|(file, mut problems)| {
            problems.sort_by_key(|problem| (problem.line, problem.column));
            FileProblems { file, problems }
        })
        .collect();
    files.sort_by_key(|file| !file.problems.iter().any(|problem| problem.is_error));
    ProblemList {
        files,
        errors,
        warnings,
    }
}

pub(super) fn view(view: &View, problem: &StoredProblem) -> ProblemView {
    let entity = problem
        .entity_ref
        .as_ref()
        .map(|entity_ref| view.label(entity_ref));
    let line = problem.line;
    let source = entity.as_ref().filter(|label| label.exists).map(|label| {
        let line = line.unwrap_or(1);
        format!("{}/source?format=file#L{line}", label.href)
    });
    ProblemView {
        is_error: problem.severity == Severity::Error,
        message: without_folders(&problem.message),
        expected: problem.expected.clone().unwrap_or_default(),
        file: shown(&problem.location),
        line,
        column: problem.column,
        href: source,
        entity,
    }
}

/// A location for people: below the working directory, else its last parts.
pub(super) fn shown(location: &str) -> String {
    let path = location.strip_prefix("file:").unwrap_or(location);
    let here = std::env::current_dir().unwrap_or_default();
    if let Ok(below) = Path::new(path).strip_prefix(&here) {
        return below.display().to_string();
    }
    if !path.starts_with('/') {
        return path.to_owned();
    }
    let parts: Vec<&str> = path.split('/').collect();
    let tail = parts.iter().skip(parts.len().saturating_sub(TAIL));
    tail.copied().collect::<Vec<_>>().join("/")
}

/// A message without the folders above the working directory.
fn without_folders(message: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    message.replace(&format!("{}/", here.display()), "")
}
