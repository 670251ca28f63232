//! An address that ends with a slash is the one without it.

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Where nothing answers, leads to the same address without its last slashes.
pub(super) async fn without(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match trimmed(request.uri()).filter(|_| reads) {
        Some(address) => (
            StatusCode::PERMANENT_REDIRECT,
            [(header::LOCATION, address)],
        )
            .into_response(),
        None => next.run(request).await,
    }
}

/// The path and query without the last slashes; `None` where there are none. It begins with one
/// slash only, for two would lead to another site.
fn trimmed(uri: &Uri) -> Option<HeaderValue> {
    let path = uri.path();
    let own = path.strip_suffix('/')?.trim_matches(['/', '\\']);
    if own.is_empty() {
        return None;
    }
    let address = match uri.query() {
        Some(query) => format!("/{own}?{query}"),
        None => format!("/{own}"),
    };
    HeaderValue::try_from(address).ok()
}

#[cfg(test)]
mod tests {
    use super::trimmed;

    fn check(uri: &str, expected: Option<&str>) {
        let found = trimmed(&uri.parse().unwrap());
        let found = found.as_ref().map(|value| value.to_str().unwrap());
        assert_eq!(found, expected, "{uri}");
    }

    #[test]
    fn the_last_slashes_go_and_the_query_stays() {
        check(
            "/catalog/?filters[kind]=api",
            Some("/catalog?filters[kind]=api"),
        );
        check(
            "/catalog/default/component/a//",
            Some("/catalog/default/component/a"),
        );
        check("/catalog", None);
        check("/", None);
    }

    #[test]
    fn it_never_leads_to_another_site() {
        check("//evil.example/", Some("/evil.example"));
        check("///evil.example//", Some("/evil.example"));
        check("///", None);
    }
}
