//! How a problem is put down: where, which entity, what, and what instead.

use model::catalog::{EntityRef, Problem, Severity, scm::Scm};

use crate::{
    source::SourceError,
    store::StoredProblem,
    yaml::{Flaw, Position},
};

/// A file's text is not text, not YAML, or too large.
pub(crate) const SYNTAX: &str = "syntax";
/// A document is not an entity as its kind wants it.
pub(crate) const ENTITY: &str = "entity";
/// Another file has the entity already.
pub(crate) const CONFLICT: &str = "conflict";
/// The rules do not allow the kind from here.
pub(crate) const RULES: &str = "rules";
/// A location's target cannot be read.
pub(crate) const TARGET: &str = "target";
/// A placeholder cannot be replaced.
pub(crate) const PLACEHOLDER: &str = "placeholder";
/// A reference leads to nothing; only when asked for.
pub(crate) const REFERENCE: &str = "reference";
/// The owner does not exist; only when asked for.
pub(crate) const OWNER: &str = "owner";

/// A file, and the configured location that led there: where problems are put down.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// `file:/path/to/catalog-info.yaml`
    pub(crate) location: &'a str,
    /// The configured location.
    pub(crate) origin: &'a str,
    /// The kind of source code host that the file is on, if it is on one.
    pub(crate) scm: Option<Scm>,
}

impl<'a> Place<'a> {
    pub(crate) fn new(location: &'a str, origin: &'a str) -> Self {
        Self {
            location,
            origin,
            scm: None,
        }
    }

    pub(crate) fn error(
        &self,
        code: &str,
        at: Option<Position>,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) -> StoredProblem {
        StoredProblem {
            origin: self.origin.to_owned(),
            location: self.location.to_owned(),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            entity_ref: None,
            severity: Severity::Error,
            code: code.to_owned(),
            message: message.into(),
            expected: Some(expected.into()),
        }
    }

    pub(crate) fn flaw(&self, flaw: Flaw) -> StoredProblem {
        self.error(SYNTAX, Some(flaw.position), flaw.what, flaw.expected)
    }

    pub(crate) fn source(&self, error: &SourceError) -> StoredProblem {
        self.error(TARGET, None, error.to_string(), error.expected())
    }

    /// A problem of the model's, at a position; the field's name is kept in the message.
    pub(crate) fn of_entity(&self, problem: &Problem, at: Option<Position>) -> StoredProblem {
        let field = problem.path.dotted();
        let message = if field.is_empty() {
            problem.message.clone()
        } else {
            format!("{field}: {}", problem.message)
        };
        let found = self.error(ENTITY, at, message, problem.expected.clone());
        StoredProblem {
            severity: problem.severity,
            ..found
        }
    }
}

/// The same problem, known to concern an entity.
pub(crate) fn concerning(problem: StoredProblem, entity_ref: Option<&EntityRef>) -> StoredProblem {
    StoredProblem {
        entity_ref: entity_ref.cloned(),
        ..problem
    }
}
