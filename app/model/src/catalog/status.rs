//! The status of an entity as it is served: why its newest source was not accepted.

use serde::{Deserialize, Serialize};

use super::problem::{Problem, Severity};
use super::well_known::PROCESSING_STATUS;

/// `status` of an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// One item a problem.
    pub items: Vec<StatusItem>,
}

impl Status {
    /// One item for each problem; `None` when there are none.
    pub fn of_problems(problems: &[Problem]) -> Option<Self> {
        let items: Vec<_> = problems.iter().map(StatusItem::from).collect();
        (!items.is_empty()).then_some(Self { items })
    }
}

/// One element of `status.items`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusItem {
    /// What reports it, for example [`PROCESSING_STATUS`].
    #[serde(rename = "type")]
    pub kind: String,
    /// How much it weighs.
    pub level: Severity,
    /// The name of the error, a colon, and what is wrong.
    pub message: String,
    /// The error itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<StatusError>,
}

/// The error of a status item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusError {
    /// For example `InputError`.
    pub name: String,
    /// What is wrong.
    pub message: String,
}

impl From<&Problem> for StatusItem {
    fn from(problem: &Problem) -> Self {
        let error = StatusError {
            name: "InputError".to_owned(),
            message: problem.to_string(),
        };
        Self {
            kind: PROCESSING_STATUS.to_owned(),
            level: problem.severity,
            message: format!("{}: {}", error.name, error.message),
            error: Some(error),
        }
    }
}
