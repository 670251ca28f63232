//! Headers that tell the browser what a page of ours never does, and what it may keep.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::overload;

const YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Sets them on every answer; pages bring a content policy with their own nonce. Whoever is
/// turned away is told when to come back.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let busy = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    if busy {
        headers
            .entry(header::RETRY_AFTER)
            .or_insert(overload::LATER);
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    response
}

/// Files whose names carry the hash of their content never change.
pub(super) async fn immutable(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/pkg/");
    let mut response = next.run(request).await;
    if hashed && response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, YEAR);
    }
    response
}
