//! What was found, for people.

use std::fmt::Write as _;
use std::path::Path;

use catalog::check::{Change, Comparison, format_problem};
use model::catalog::changes::FieldChange;

use super::{Report, shown};

/// The longest value that is told in full, in characters.
const LONGEST: usize = 160;

pub(super) fn written(report: &Report, folder: &Path) -> String {
    let mut out = String::new();
    if let Some(compared) = &report.comparison {
        changes(&compared.comparison, folder, &mut out);
    }
    let known = report
        .comparison
        .iter()
        .flat_map(|own| &own.comparison.known);
    for problem in report.problems.iter().chain(known) {
        let text = format_problem(problem, folder);
        let lines: Vec<String> = text.lines().map(printable).collect();
        push(&mut out, format_args!("{}\n", lines.join("\n")));
    }
    out
}

fn changes(comparison: &Comparison, folder: &Path, out: &mut String) {
    for (sign, changes) in [
        ('+', &comparison.added),
        ('~', &comparison.changed),
        ('-', &comparison.removed),
    ] {
        for change in changes {
            let place = printable(&place(change, folder));
            push(out, format_args!("{sign} {}  {place}\n", change.entity_ref));
            for field in &change.fields {
                push(out, format_args!("    {}\n", in_words(field)));
            }
        }
    }
}

fn place(change: &Change, folder: &Path) -> String {
    let file = shown(&change.file, folder);
    change
        .line
        .map_or(file.clone(), |line| format!("{file}:{line}"))
}

/// `spec.owner: squad-a > squad-b`; of a list, what went and what came.
pub(super) fn in_words(field: &FieldChange) -> String {
    let text = |text: &Option<String>| {
        let text = text.as_deref().map(printable);
        let text = text.unwrap_or_else(|| "(nothing)".to_owned());
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    };
    let path = printable(&field.path.dotted());
    format!("{path}: {} > {}", text(&field.before), text(&field.after))
}

/// A text of which a terminal, or whoever reads commands from lines, makes nothing else.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}

/// One line of figures.
pub(super) fn summary(report: &Report) -> String {
    let problems = counted(report.problems.len(), "problem");
    let entities = if report.entities == 1 {
        "entity"
    } else {
        "entities"
    };
    let read = format!("{} {entities} read", report.entities);
    let Some(own) = &report.comparison else {
        return format!("{read}, {problems} found");
    };
    let told = &own.comparison;
    let place = match &told.place {
        Some(place) => format!("beside {} of {}", place.prefix, own.portal),
        None => format!(
            "beside {}; nothing tells which of its files these are, so that none count as removed: \
             name the place with --as",
            own.portal
        ),
    };
    format!(
        "{read}: {} added, {} changed, {} removed, {} as they were, {problems} found and {} known, {place}",
        told.added.len(),
        told.changed.len(),
        told.removed.len(),
        told.same,
        told.known.len(),
    )
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(text);
}
