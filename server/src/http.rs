//! The router and what surrounds every request.

mod connections;
mod events;
mod export;
mod health;
mod origin;
mod policy;
mod site;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn;
use catalog::service::CatalogService;
use identity::IdentityStore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use crate::config::Config;

pub use connections::serve;

/// A request's body unless a route says more, in bytes.
const BODY: usize = 1024 * 1024;

/// Everything the portal answers.
pub fn router(config: &Config, catalog: CatalogService, people: Arc<dyn IdentityStore>) -> Router {
    site::routes(config, catalog.clone(), people)
        .merge(health::routes(catalog))
        .layer(from_fn(origin::check))
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(from_fn(policy::headers))
        .layer(CatchPanicLayer::new())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}
