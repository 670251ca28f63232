//! What was found, as annotations of a pull request: GitHub's workflow commands.

use std::path::Path;

use catalog::check::Change;
use catalog::store::StoredProblem;
use model::catalog::Severity;

use super::{Report, file_of, shown, text};

pub(super) fn written(report: &Report, folder: &Path) -> String {
    let mut lines: Vec<String> = report
        .problems
        .iter()
        .map(|problem| of_problem(problem, folder))
        .collect();
    if let Some(own) = &report.comparison {
        let told = &own.comparison;
        lines.extend(told.known.iter().map(|problem| of_problem(problem, folder)));
        for (what, changes) in [
            ("added", &told.added),
            ("changed", &told.changed),
            ("removed", &told.removed),
        ] {
            lines.extend(changes.iter().map(|change| of_change(what, change, folder)));
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn of_problem(problem: &StoredProblem, folder: &Path) -> String {
    let command = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let expected = problem.expected.as_deref();
    let expected = expected.map_or_else(String::new, |text| format!("\nexpected {text}"));
    let file = file_of(problem, folder);
    let place = match &file {
        Some(_) => String::new(),
        None => format!("{}: ", problem.location),
    };
    let message = format!("{place}{}{expected}", problem.message);
    let at = Place {
        file,
        line: problem.line,
        column: problem.column,
    };
    annotation(command, &at, &problem.code, &message)
}

fn of_change(what: &str, change: &Change, folder: &Path) -> String {
    let fields: Vec<String> = change.fields.iter().map(text::in_words).collect();
    let mut message = format!("{} would be {what}", change.entity_ref);
    for field in fields {
        message.push('\n');
        message.push_str(&field);
    }
    let at = Place {
        file: Some(shown(&change.file, folder)),
        line: change.line,
        column: None,
    };
    annotation("notice", &at, what, &message)
}

struct Place {
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

fn annotation(command: &str, at: &Place, title: &str, message: &str) -> String {
    let numbers = [("line", at.line), ("col", at.column)];
    let numbers = numbers
        .into_iter()
        .filter(|_| at.file.is_some())
        .filter_map(|(name, number)| Some(format!("{name}={}", number?)));
    let file = at
        .file
        .iter()
        .map(|file| format!("file={}", property(file)));
    let title = [format!("title={}", property(title))];
    let properties: Vec<String> = file.chain(numbers).chain(title).collect();
    format!("::{command} {}::{}", properties.join(","), data(message))
}

/// As GitHub reads it back; nothing that a file says can begin a command of its own.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_command() {
        let at = Place {
            file: Some("a,b:c\n.yaml".to_owned()),
            line: Some(3),
            column: None,
        };
        assert_eq!(
            annotation("error", &at, "entity", "100 %\r\n::add-mask::x"),
            "::error file=a%2Cb%3Ac%0A.yaml,line=3,title=entity::100 %25%0D%0A::add-mask::x"
        );
    }
}
