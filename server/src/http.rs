//! The router and what surrounds every request.

mod api_error;
mod connections;
mod cookies;
mod events;
mod export;
mod functions;
mod guard;
mod health;
mod limits;
mod origin;
mod overload;
mod pages;
mod policy;
mod portal;
mod referer;
mod site;
mod slash;
mod table;
mod trace;
mod webhooks;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

pub(crate) use api_error::ApiError;
pub use connections::serve;
pub use guard::Access;
pub use limits::Limits;
pub use pages::page_paths;
pub use portal::{Portal, Services};
pub use site::Site;
pub use table::{Route, Table};

/// A font is compressed by itself.
const FONTS: NotForContentType = NotForContentType::const_new("font/");

/// What holds for every request, whatever answers it; the last is the outermost.
fn surround(routes: Router, limits: &Limits, tls: bool) -> Router {
    let routes = if tls {
        routes
            .layer(from_fn(cookies::secure))
            .layer(from_fn(policy::only_tls))
    } else {
        routes
    };
    let routes = routes
        // Files are there compressed, and streams of events are left alone.
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(4))
                .compress_when(DefaultPredicate::new().and(FONTS)),
        )
        .layer(from_fn(referer::keep_ours))
        .layer(from_fn(origin::check))
        .layer(RequestBodyLimitLayer::new(limits.body))
        .layer(RequestBodyTimeoutLayer::new(limits.pause))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            limits.answer,
        ))
        .layer(CatchPanicLayer::new());
    overload::shed(routes, limits.requests)
        .layer(from_fn(policy::headers))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(trace::layer())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}

#[cfg(test)]
mod tests;
