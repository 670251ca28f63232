//! The catalog's REST interface under `/api/catalog`, as Backstage's clients expect it: its
//! strict parameters, its error shapes, and the quirks of its orders and pages, which are of this
//! adapter only.

mod actions;
mod analyze;
mod ancestry;
mod asked;
mod by_query;
mod by_refs;
mod cursor;
mod endpoints;
mod entities;
mod entity;
mod facets;
mod fields;
mod full_text;
mod locations;
mod openapi;
mod predicate;
mod reply;
mod validate;

use std::sync::Arc;

use app::context::Actor;
use axum::Extension;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use self::asked::Asked;
use self::endpoints::{ENDPOINTS, Endpoint, Handler};
use self::reply::Reply;
use super::CatalogAdapter;
use crate::http::{ApiError, Route, Table};

/// Where the interface is.
const MOUNT: &str = "/api/catalog";

#[derive(Clone)]
struct Serving {
    catalog: Arc<CatalogAdapter>,
    endpoint: &'static Endpoint,
}

/// Adds the interface.
pub(crate) fn add(table: &mut Table, catalog: &Arc<CatalogAdapter>) {
    for endpoint in ENDPOINTS {
        let serving = Serving {
            catalog: Arc::clone(catalog),
            endpoint,
        };
        let route = Route::new(
            endpoint.method.clone(),
            &format!("{MOUNT}{}", endpoint.path),
        );
        // A POST may be a question that is too large for an address.
        let route = match endpoint.permission.action {
            "read" => route.reading(),
            _ => route.writing(),
        };
        table.add(route.api(), serve, serving);
    }
    for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
        let route = Route::new(method, &format!("{MOUNT}/{{*rest}}"));
        table.add(route.reading().api(), nothing, ());
    }
}

/// Whatever else is asked of the interface.
async fn nothing() -> StatusCode {
    StatusCode::NOT_FOUND
}

async fn serve(
    State(serving): State<Serving>,
    Extension(actor): Extension<Actor>,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let answer = match path {
        Ok(path) => serving.answer(&actor, &path, request).await,
        Err(rejection) => Err(ApiError::input(rejection.body_text())),
    };
    match answer {
        Ok(reply) => reply.into_response(),
        Err(error) => error.answer(&method, &uri),
    }
}

impl Serving {
    async fn answer(
        &self,
        actor: &Actor,
        path: &RawPathParams,
        request: Request,
    ) -> Result<Reply, ApiError> {
        actor.authorize(self.endpoint.permission)?;
        let asked = Asked::read(path, request, self.endpoint.parameters).await?;
        match self.endpoint.handler {
            Handler::Question(answer) => answer(&self.catalog.view(), &asked),
            Handler::Service(answer) => answer(&self.catalog, &asked),
            Handler::Delete => actions::delete(&self.catalog, actor, &asked).await,
            Handler::Refresh => actions::refresh(&self.catalog, actor, &asked).await,
            Handler::Analyze => analyze::post(&self.catalog, &asked).await,
            Handler::Register => locations::register(&self.catalog, actor, &asked).await,
            Handler::Relocate => locations::relocate(&self.catalog, actor, &asked).await,
            Handler::Unregister => locations::unregister(&self.catalog, actor, &asked).await,
        }
    }
}
