//! Cookies of a site that is served over TLS travel over nothing else. It is said here, once, for
//! every cookie that anybody sets.

use axum::extract::Request;
use axum::http::header::{Entry, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

pub(super) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    mark(response.headers_mut());
    response
}

fn mark(headers: &mut HeaderMap) {
    let Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) else {
        return;
    };
    for cookie in cookies.iter_mut() {
        let marked = [cookie.as_bytes(), b"; Secure"].concat();
        if let Ok(marked) = HeaderValue::from_bytes(&marked) {
            *cookie = marked;
        }
    }
}
