//! Everything wrong in the catalog, by file.

use std::collections::BTreeMap;

use app::catalog::types::{FileProblems, ProblemList, ProblemView};
use catalog::store::StoredProblem;
use model::catalog::Severity;

use super::place::Base;
use super::view::View;

pub(super) fn all(view: &View) -> ProblemList {
    let mut files: BTreeMap<String, Vec<ProblemView>> = BTreeMap::new();
    for problem in view.snapshot().problems() {
        let problem = self::view(view, problem);
        files.entry(problem.file.clone()).or_default().push(problem);
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
    let base = Base::of(&problem.origin);
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
        message: base.without(&problem.message),
        expected: problem.expected.clone().unwrap_or_default(),
        file: base.shown(&problem.location),
        line,
        column: problem.column,
        href: source,
        entity,
    }
}
