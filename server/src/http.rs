//! The router and what surrounds every request.

mod connections;
mod cookies;
mod events;
mod export;
mod functions;
mod guard;
mod health;
mod origin;
mod pages;
mod policy;
mod portal;
mod referer;
mod site;
mod table;

use axum::Router;
use axum::middleware::from_fn;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

pub use connections::serve;
pub use guard::Access;
pub use portal::{Portal, Services};
pub use site::site_root;
pub use table::{Route, Table};

/// A request's body unless a route says more, in bytes.
const BODY: usize = 1024 * 1024;

/// What holds for every request, whatever answers it.
fn surround(routes: Router, tls: bool) -> Router {
    let routes = if tls {
        routes.layer(from_fn(cookies::secure))
    } else {
        routes
    };
    routes
        .layer(from_fn(referer::keep_ours))
        .layer(from_fn(origin::check))
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(from_fn(policy::headers))
        .layer(CatchPanicLayer::new())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}
