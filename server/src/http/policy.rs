//! Headers that tell the browser what a page of ours never does, and what it may keep.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::overload;

/// Another visitor, or a later moment, has another answer.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");
const SOME_MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=300");
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
    headers.entry(header::CACHE_CONTROL).or_insert(ASK_AGAIN);
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

/// A browser that has reached the portal over TLS comes back over nothing else.
pub(super) async fn only_tls(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let value = HeaderValue::from_static("max-age=31536000");
    let headers = response.headers_mut();
    headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    response
}

/// Files whose names carry the hash of their content never change; others of the site's seldom,
/// but for those that the edit loop builds. A page that says that there is no such file is none.
pub(super) async fn files(request: Request, next: Next) -> Response {
    let built = request.uri().path().strip_prefix("/pkg/");
    let keep = match built.map(|name| name.split('.').count()) {
        None => SOME_MINUTES,
        // `name.hash.css`
        Some(3..) => YEAR,
        Some(_) => ASK_AGAIN,
    };
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, keep);
    }
    response
}
