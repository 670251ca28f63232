//! Refuses writes that another site's page makes in the visitor's name.

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub(super) async fn check(request: Request, next: Next) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reads || is_ours(request.headers()) {
        next.run(request).await
    } else {
        (
            StatusCode::FORBIDDEN,
            "the request comes from another site\n",
        )
            .into_response()
    }
}

/// Browsers say where a request comes from; what says nothing is no browser and has no cookie.
pub(super) fn is_ours(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let origin = text(headers, header::ORIGIN.as_str());
    origin.is_none_or(|origin| is_here(headers, origin))
}

/// Whether an address is on the host that the request is for.
pub(super) fn is_here(headers: &HeaderMap, address: &str) -> bool {
    let address = address.parse::<Uri>().unwrap_or_default();
    let authority = address.authority().map(Authority::as_str);
    authority.is_some() && authority == text(headers, header::HOST.as_str())
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headers: &[(&'static str, &'static str)], ours: bool) {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        assert_eq!(is_ours(&headers), ours, "{headers:?}");
    }

    #[test]
    fn foreign_pages_write_nothing() {
        check(&[], true);
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("origin", "http://a:1"), ("host", "a:1")], true);
        check(&[("origin", "http://b"), ("host", "a:1")], false);
        check(&[("origin", "null"), ("host", "a:1")], false);
        check(&[("origin", "null")], false);
        check(&[("origin", "http://b@a:1"), ("host", "a:1")], false);
        check(&[("origin", "http://a:1")], false);
    }
}
