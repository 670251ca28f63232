//! Errors as Backstage's clients read them.

use app::error::PortalError;
use axum::Json;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is not answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ApiError {
    status: StatusCode,
    name: &'static str,
    message: String,
}

impl ApiError {
    /// The request cannot be understood.
    pub(super) fn input(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            name: "InputError",
            message: message.into(),
        }
    }

    /// There is no such thing.
    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            name: "NotFoundError",
            message: message.into(),
        }
    }

    /// The answer to a request; `url` is its path below the interface's own.
    pub(super) fn answer(self, method: &Method, url: &str) -> Response {
        let body = json!({
            "error": { "name": self.name, "message": self.message },
            "request": { "method": method.as_str(), "url": url },
            "response": { "statusCode": self.status.as_u16() },
        });
        (self.status, Json(body)).into_response()
    }
}

impl From<PortalError> for ApiError {
    fn from(error: PortalError) -> Self {
        let status = StatusCode::from_u16(error.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let name = match status.as_u16() {
            400 => "InputError",
            401 => "AuthenticationError",
            403 => "NotAllowedError",
            404 => "NotFoundError",
            409 => "ConflictError",
            503 => "ServiceUnavailableError",
            _ => "Error",
        };
        Self {
            status,
            name,
            message: error.to_string(),
        }
    }
}
