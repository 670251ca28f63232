//! The catalog's REST interface under `/api/catalog`, as Backstage's clients expect it: its
//! strict parameters, its error shapes, and the quirks of its orders and pages, which are of this
//! adapter only.

mod asked;
mod by_query;
mod by_refs;
mod cursor;
mod entities;
mod entity;
mod error;
mod facets;
mod fields;
mod full_text;
mod predicate;
mod reply;

use std::sync::Arc;

use app::context::Actor;
use axum::Extension;
use axum::extract::{RawPathParams, Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};

use self::asked::Asked;
use self::error::ApiError;
use self::reply::Reply;
use super::{CatalogAdapter, View};
use crate::http::{Route, Table};

/// Where the interface is.
const MOUNT: &str = "/api/catalog";

/// Everything that can be asked.
const ENDPOINTS: [(Method, &str, &[&str], Answering); 8] = [
    (
        Method::GET,
        "/entities",
        entities::PARAMETERS,
        entities::list,
    ),
    (
        Method::GET,
        "/entities/by-query",
        by_query::PARAMETERS,
        by_query::get,
    ),
    (Method::POST, "/entities/by-query", &[], by_query::post),
    (
        Method::POST,
        "/entities/by-refs",
        &["filter"],
        by_refs::post,
    ),
    (Method::GET, "/entities/by-uid/{uid}", &[], entity::by_uid),
    (
        Method::GET,
        "/entities/by-name/{kind}/{namespace}/{name}",
        &[],
        entity::by_name,
    ),
    (
        Method::GET,
        "/entity-facets",
        &["facet", "filter"],
        facets::get,
    ),
    (Method::POST, "/entity-facets", &[], facets::post),
];

type Answering = fn(&View, &Asked) -> Result<Reply, ApiError>;

#[derive(Clone)]
struct Endpoint {
    catalog: Arc<CatalogAdapter>,
    parameters: &'static [&'static str],
    answer: Answering,
}

/// Adds the interface.
pub(crate) fn add(table: &mut Table, catalog: &Arc<CatalogAdapter>) {
    for (method, path, parameters, answer) in ENDPOINTS {
        let endpoint = Endpoint {
            catalog: Arc::clone(catalog),
            parameters,
            answer,
        };
        let route = Route::new(method, &format!("{MOUNT}{path}"));
        // A POST here is a question that is too large for an address.
        table.add(route.reading(), serve, endpoint);
    }
}

async fn serve(
    State(endpoint): State<Endpoint>,
    Extension(actor): Extension<Actor>,
    path: RawPathParams,
    request: Request,
) -> Response {
    let method = request.method().clone();
    let url = request.uri().to_string();
    let asked = Asked::read(&path, request, endpoint.parameters).await;
    let answer = asked.and_then(|asked| {
        let view = endpoint.catalog.readable(&actor)?;
        (endpoint.answer)(&view, &asked)
    });
    match answer {
        Ok(reply) => reply.into_response(),
        Err(error) => error.answer(&method, url.strip_prefix(MOUNT).unwrap_or(&url)),
    }
}
