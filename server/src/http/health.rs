//! `/healthz`: the process lives. `/readyz`: the catalog is loaded.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use catalog::service::CatalogService;
use serde_json::{Value, json};

pub(super) fn routes(catalog: CatalogService) -> Router {
    Router::new()
        .route("/healthz", get(|| async { Json(json!({"status": "ok"})) }))
        .route("/readyz", get(readyz))
        .with_state(catalog)
}

async fn readyz(State(catalog): State<CatalogService>) -> (StatusCode, Json<Value>) {
    if catalog.is_ready() {
        (StatusCode::OK, Json(json!({"status": "ok"})))
    } else {
        let body = json!({"status": "waiting for the first read of the configured locations"});
        (StatusCode::SERVICE_UNAVAILABLE, Json(body))
    }
}
