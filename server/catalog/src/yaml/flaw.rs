//! What is wrong with a text, where, and what was expected instead.

use std::fmt;

use serde_saphyr::{Error, budget::BudgetBreach};

use super::limits::Limits;

/// A place in a file: line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Position {
    /// The first character of a file.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Saturates: nothing that is read here has four thousand million lines.
    pub(crate) fn new(line: usize, column: usize) -> Self {
        Self {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// A place given within a document, as a place in the file whose line `first_line` (from 1)
    /// is the document's first.
    pub(crate) fn within(line: usize, column: usize, first_line: u32) -> Self {
        let before = usize::try_from(first_line.saturating_sub(1)).unwrap_or(usize::MAX);
        Self::new(line.max(1).saturating_add(before), column.max(1))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A text that could not be read: where, what is wrong, what is expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {what}; expected {expected}")]
pub struct Flaw {
    /// Where in the file.
    pub position: Position,
    /// What is wrong.
    pub what: String,
    /// What would have been right.
    pub expected: String,
}

impl Flaw {
    pub(crate) fn new(
        position: Position,
        what: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            position,
            what: what.into(),
            expected: expected.into(),
        }
    }

    /// A parser's error in words for the file's author.
    pub(crate) fn from_yaml(error: &Error, first_line: u32, limits: &Limits) -> Self {
        let error = error.without_snippet();
        let position = error.location().map_or(
            Position {
                line: first_line,
                column: 1,
            },
            |at| {
                let line = usize::try_from(at.line()).unwrap_or(usize::MAX);
                let column = usize::try_from(at.column()).unwrap_or(usize::MAX);
                Position::within(line, column, first_line)
            },
        );
        let (what, expected) = in_words(error, limits);
        Self::new(position, what, expected)
    }
}

fn in_words(error: &Error, limits: &Limits) -> (String, String) {
    match error {
        Error::Budget { breach, .. } => breach_in_words(breach, limits),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. } => too_large(limits),
        Error::AliasError { error, .. } => in_words(error, limits),
        Error::DuplicateMappingKey { key, .. } => (
            key.as_ref().map_or_else(
                || "a key appears twice in one mapping".to_owned(),
                |key| format!("the key `{key}` appears twice in one mapping"),
            ),
            "every key once".to_owned(),
        ),
        Error::UnknownAnchor { .. } => (
            "an alias refers to an anchor that this document does not define".to_owned(),
            "`&name` before `*name`, in the same document".to_owned(),
        ),
        Error::RecursiveReferencesRequireWeakTypes { .. } => (
            "an alias refers to the value that contains it".to_owned(),
            "values that do not contain themselves".to_owned(),
        ),
        Error::NonFiniteFloat { value, .. } => (
            format!("`{value}` is not a finite number"),
            "a finite number, or the text in quotes".to_owned(),
        ),
        Error::NullIntoString { .. } => (
            "a key is empty".to_owned(),
            "text before the colon".to_owned(),
        ),
        Error::Message { msg, .. } => (msg.clone(), "a value that JSON can hold".to_owned()),
        // The scanner runs ahead of the count of levels when a line is one long key.
        Error::ExternalMessage { msg, .. } if msg.contains("recursion limit") => too_deep(limits),
        Error::ExternalMessage { msg, .. } => (syntax(msg), "valid YAML".to_owned()),
        other => (syntax(&without_place(other)), "valid YAML".to_owned()),
    }
}

fn breach_in_words(breach: &BudgetBreach, limits: &Limits) -> (String, String) {
    let Limits {
        nodes,
        aliases,
        bytes,
        ..
    } = limits;
    match breach {
        BudgetBreach::Depth { .. } => too_deep(limits),
        BudgetBreach::Aliases { .. } => (
            format!("more than {aliases} aliases in one document"),
            format!("at most {aliases} aliases (`*name`)"),
        ),
        BudgetBreach::Nodes { .. } => (
            format!("more than {nodes} values in one document, aliases expanded"),
            format!("at most {nodes} values"),
        ),
        BudgetBreach::ScalarBytes { .. } => (
            format!("more than {bytes} bytes of text in one document, aliases expanded"),
            format!("at most {bytes} bytes"),
        ),
        _ => too_large(limits),
    }
}

fn too_deep(limits: &Limits) -> (String, String) {
    (
        format!("nested deeper than {} levels", limits.depth),
        format!("at most {} levels of mappings and lists", limits.depth),
    )
}

/// The flaw of a document that grows beyond its limits while its aliases are expanded.
pub(super) fn too_large(limits: &Limits) -> (String, String) {
    let Limits { nodes, bytes, .. } = limits;
    (
        "the document is too large, aliases expanded".to_owned(),
        format!("at most {nodes} values and {bytes} bytes of text"),
    )
}

fn syntax(message: &str) -> String {
    let message = message.trim();
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => "this is not YAML".to_owned(),
    }
}

fn without_place(error: &Error) -> String {
    let text = error.to_string();
    match text.split_once(": ") {
        Some((place, rest)) if place.contains("line ") => rest.to_owned(),
        _ => text,
    }
}
