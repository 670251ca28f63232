//! What was found, for programs.

use std::path::Path;

use catalog::check::Change;
use catalog::store::StoredProblem;
use serde_json::{Value, json};

use super::{Report, file_of, shown};

pub(super) fn written(report: &Report, folder: &Path) -> String {
    let problems = |problems: &[StoredProblem]| -> Vec<Value> {
        let all = problems.iter();
        all.map(|problem| of_problem(problem, folder)).collect()
    };
    let mut value = json!({
        "entities": report.entities,
        "problems": problems(&report.problems),
    });
    if let (Some(own), Some(members)) = (&report.comparison, value.as_object_mut()) {
        let changes = |changes: &[Change]| -> Vec<Value> {
            let all = changes.iter();
            all.map(|change| of_change(change, folder)).collect()
        };
        let told = &own.comparison;
        members.insert("portal".to_owned(), json!(own.portal));
        let place = told.place.as_ref().map(|place| place.prefix.as_str());
        members.insert("location".to_owned(), json!(place));
        members.insert("added".to_owned(), changes(&told.added).into());
        members.insert("changed".to_owned(), changes(&told.changed).into());
        members.insert("removed".to_owned(), changes(&told.removed).into());
        members.insert("known".to_owned(), problems(&told.known).into());
    }
    format!("{value}\n")
}

fn of_change(change: &Change, folder: &Path) -> Value {
    let fields = change.fields.iter().map(|field| {
        json!({ "path": field.path.dotted(), "before": field.before, "after": field.after })
    });
    json!({
        "entityRef": change.entity_ref,
        "file": shown(&change.file, folder),
        "line": change.line,
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn of_problem(problem: &StoredProblem, folder: &Path) -> Value {
    json!({
        "severity": problem.severity.as_str(),
        "code": problem.code,
        "message": problem.message,
        "expected": problem.expected,
        "entityRef": problem.entity_ref,
        "file": file_of(problem, folder),
        "location": problem.location,
        "line": problem.line,
        "column": problem.column,
    })
}
