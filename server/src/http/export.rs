//! `/catalog/export.csv` and `.json`: exactly what the list's query finds.

use std::sync::Arc;

use app::catalog::port::{CatalogPort, ExportFormat};
use app::context::Actor;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::catalog::page::CatalogQuery;

use super::table::{Route, Table};

type Catalog = Arc<dyn CatalogPort>;

pub(super) fn add(table: &mut Table, catalog: &Catalog) {
    let at = |path| Route::new(Method::GET, path);
    table.add(at("/catalog/export.csv"), csv, Arc::clone(catalog));
    table.add(at("/catalog/export.json"), json, Arc::clone(catalog));
}

async fn csv(catalog: State<Catalog>, actor: Extension<Actor>, query: RawQuery) -> Response {
    export(
        catalog,
        actor,
        query,
        ExportFormat::Csv,
        "text/csv; charset=utf-8",
    )
    .await
}

async fn json(catalog: State<Catalog>, actor: Extension<Actor>, query: RawQuery) -> Response {
    export(
        catalog,
        actor,
        query,
        ExportFormat::Json,
        "application/json",
    )
    .await
}

async fn export(
    State(catalog): State<Catalog>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
    format: ExportFormat,
    content_type: &'static str,
) -> Response {
    let query = CatalogQuery::from_query_string(&query.unwrap_or_default());
    match catalog.export(&actor, &query, format).await {
        Ok(text) => ([(header::CONTENT_TYPE, content_type)], text).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            (
                status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                error.to_string(),
            )
                .into_response()
        }
    }
}
