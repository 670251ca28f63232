//! `/healthz`: the process lives. `/readyz`: the catalog is loaded.

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use catalog::service::CatalogService;
use serde_json::{Value, json};

use super::table::{Route, Table};

pub(super) fn add(table: &mut Table, catalog: CatalogService) {
    let at = |path| Route::new(Method::GET, path).open();
    table.add(at("/healthz"), healthz, ());
    table.add(at("/readyz"), readyz, catalog.clone());
    // Where Backstage has the same.
    table.add(at("/.backstage/health/v1/liveness"), healthz, ());
    table.add(at("/.backstage/health/v1/readiness"), readyz, catalog);
}

async fn healthz() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

async fn readyz(State(catalog): State<CatalogService>) -> (StatusCode, Json<Value>) {
    if catalog.is_ready() {
        (StatusCode::OK, Json(json!({"status": "ok"})))
    } else {
        let body = json!({"status": "waiting for the first read of the configured locations"});
        (StatusCode::SERVICE_UNAVAILABLE, Json(body))
    }
}
