//! Errors of the interfaces for programs, in the shape that Backstage's clients read.

use app::error::PortalError;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a program's request is not answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    status: StatusCode,
    name: &'static str,
    message: String,
}

impl ApiError {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let name = match status.as_u16() {
            400 => "InputError",
            401 => "AuthenticationError",
            403 => "NotAllowedError",
            404 => "NotFoundError",
            409 => "ConflictError",
            501 => "NotImplementedError",
            503 => "ServiceUnavailableError",
            _ => "Error",
        };
        Self {
            status,
            name,
            message: message.into(),
        }
    }

    /// The request cannot be understood.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// There is no such thing.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// There is one already.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }

    /// Nobody may do this here.
    pub(crate) fn not_allowed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// Not now.
    pub(crate) fn unavailable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, message)
    }

    /// Nobody is asking.
    pub(crate) fn missing_credentials() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Missing credentials")
    }

    /// Nobody is known by the token that came with the request.
    pub(crate) fn illegal_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Illegal token")
    }

    /// The answer to a request. The address in it is the one below `/api/<plugin>`.
    pub(crate) fn answer(self, method: &Method, uri: &Uri) -> Response {
        let body = json!({
            "error": { "name": self.name, "message": self.message },
            "request": { "method": method.as_str(), "url": below_mount(uri) },
            "response": { "statusCode": self.status.as_u16() },
        });
        let json = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
        (self.status, json, body.to_string()).into_response()
    }
}

impl From<PortalError> for ApiError {
    fn from(error: PortalError) -> Self {
        let status = StatusCode::from_u16(error.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match error {
            PortalError::Unauthenticated => Self::missing_credentials(),
            error => Self::new(status, error.to_string()),
        }
    }
}

/// `/api/catalog/entities?x` as `/entities?x`.
fn below_mount(uri: &Uri) -> String {
    let url = uri.to_string();
    let plugin = url.strip_prefix("/api/");
    let at = plugin.and_then(|rest| rest.find('/'));
    let below = plugin.zip(at).and_then(|(rest, at)| rest.get(at..));
    below.map_or(url.clone(), str::to_owned)
}
