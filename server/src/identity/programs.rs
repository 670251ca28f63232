//! Programs that ask instead of people, known by the tokens of `backend.auth.externalAccess`.

use app::context::{Program, Secret};
use axum::http::{HeaderMap, header};
use subtle::ConstantTimeEq;

use crate::http::ApiError;

/// A program and the token that it sends as `Authorization: Bearer …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalAccess {
    /// The token.
    pub token: Secret,
    /// Whose it is.
    pub program: Program,
}

/// All programs that may ask.
#[derive(Clone, Debug, Default)]
pub struct Programs(Vec<ExternalAccess>);

impl Programs {
    /// Those of the configuration.
    #[must_use]
    pub fn new(known: Vec<ExternalAccess>) -> Self {
        Self(known)
    }

    /// The program that sent a request; `None` for a request without a token.
    pub(super) fn of(&self, headers: &HeaderMap) -> Result<Option<Program>, ApiError> {
        let Some(authorization) = headers.get(header::AUTHORIZATION) else {
            return Ok(None);
        };
        let token = authorization.to_str().ok().and_then(bearer);
        let found = token.and_then(|token| self.find(token));
        found.map(Some).ok_or_else(ApiError::illegal_token)
    }

    fn find(&self, token: &str) -> Option<Program> {
        let is_it = |known: &ExternalAccess| {
            let known = known.token.as_str().as_bytes();
            bool::from(known.ct_eq(token.as_bytes()))
        };
        let found = self.0.iter().find(|known| is_it(known));
        found.map(|known| known.program.clone())
    }
}

/// The token of `Bearer …`, whatever the case of the word.
fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}
