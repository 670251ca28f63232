//! The one error that crosses from the server to a page.

use std::collections::BTreeMap;

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::wire::Wire;

/// Why a question got no answer. Every text in it may be shown to the user: no SQL, no paths, no credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PortalError {
    /// Nothing has this name.
    #[error("{what} was not found")]
    NotFound {
        /// What was asked for, in words.
        what: String,
    },
    /// The visitor has to sign in first.
    #[error("sign in to go on")]
    Unauthenticated,
    /// The visitor is known and may not do this.
    #[error("you may not {action}; {who} can grant it")]
    Forbidden {
        /// What was refused, as a verb phrase.
        action: String,
        /// Who can grant it.
        who: String,
    },
    /// The input is wrong.
    #[error("{message}")]
    Invalid {
        /// What is wrong, in words.
        message: String,
        /// Field name to what is wrong with it.
        fields: BTreeMap<String, String>,
    },
    /// Somebody else changed it first.
    #[error("{message}")]
    Conflict {
        /// What is in the way.
        message: String,
    },
    /// Not now; trying again helps.
    #[error("{message}")]
    Unavailable {
        /// What is away, and for how long where that is known.
        message: String,
    },
    /// A fault of ours; the log has the details under this id.
    #[error("something went wrong on our side (request {request_id})")]
    Internal {
        /// The request's id, as in the log.
        request_id: String,
    },
    /// The answer did not arrive or could not be read.
    #[error("the portal could not be reached: {message}")]
    Transport {
        /// What the browser said.
        message: String,
    },
}

impl PortalError {
    /// Something was not found.
    pub fn not_found(what: impl Into<String>) -> Self {
        Self::NotFound { what: what.into() }
    }

    /// The input is wrong as a whole.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid {
            message: message.into(),
            fields: BTreeMap::new(),
        }
    }

    /// The HTTP status; decided here and nowhere else.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } => 404,
            Self::Unauthenticated => 401,
            Self::Forbidden { .. } => 403,
            Self::Invalid { .. } => 400,
            Self::Conflict { .. } => 409,
            Self::Unavailable { .. } => 503,
            Self::Internal { .. } => 500,
            Self::Transport { .. } => 502,
        }
    }
}

impl FromServerFnError for PortalError {
    type Encoder = Wire;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Deserialization(message) | ServerFnErrorErr::Args(message) => {
                Self::invalid(message)
            }
            ServerFnErrorErr::MissingArg(name) => Self::invalid(format!("`{name}` is missing")),
            other => Self::Transport {
                message: other.to_string(),
            },
        }
    }
}
