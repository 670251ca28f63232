//! What is too much is turned away with `503` and `Retry-After`, at once: a queue would only let
//! everybody wait.

use axum::BoxError;
use axum::Router;
use axum::error_handling::HandleErrorLayer;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::load_shed::LoadShedLayer;

use super::policy;

/// When to come back, in seconds.
pub(super) const LATER: HeaderValue = HeaderValue::from_static("5");

/// Answers so many requests at a time and turns the others away.
pub(super) fn shed(routes: Router, requests: usize) -> Router {
    routes.layer(
        ServiceBuilder::new()
            .layer(HandleErrorLayer::new(async |_: BoxError| busy()))
            .layer(LoadShedLayer::new())
            .layer(GlobalConcurrencyLimitLayer::new(requests)),
    )
}

/// What answers where there is no place for another connection.
pub(super) fn full() -> Router {
    let answers = Router::new().fallback(async || busy());
    answers.layer(from_fn(policy::headers))
}

fn busy() -> Response {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    (status, "the portal is busy; try again in a moment\n").into_response()
}
