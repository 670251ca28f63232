//! Leptos sends a form without a script back to the page it came from, which the request names.
//! A page of another site is no place to send anybody: its name is taken out of the request.

use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;

use super::origin;

pub(super) async fn keep_ours(mut request: Request, next: Next) -> Response {
    let headers = request.headers_mut();
    let foreign = headers.get(header::REFERER).is_some_and(|referer| {
        !referer
            .to_str()
            .is_ok_and(|at| origin::is_here(headers, at))
    });
    if foreign {
        headers.remove(header::REFERER);
    }
    next.run(request).await
}
