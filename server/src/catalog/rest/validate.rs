//! `POST /validate-entity`: whether the catalog would take an entity.

use axum::http::StatusCode;
use model::catalog::{LocationRef, Problem, validate};
use serde_json::{Value, json};

use super::asked::Asked;
use super::reply::Reply;
use crate::catalog::CatalogAdapter;
use crate::http::ApiError;

pub(super) fn post(catalog: &CatalogAdapter, asked: &Asked) -> Result<Reply, ApiError> {
    let entity = asked
        .body()
        .get("entity")
        .filter(|entity| entity.is_object());
    let entity = entity.ok_or_else(|| ApiError::input("request/body/entity must be object"))?;
    let location: Option<LocationRef> = asked.text("location")?.parse().ok();
    if location.is_none_or(|location| location.kind() != "url") {
        return Err(ApiError::input(
            "request/body/location must be url:<address>",
        ));
    }
    let problems = validate(entity, catalog.kinds());
    let errors: Vec<Value> = problems
        .iter()
        .filter(|problem| problem.is_error())
        .map(error)
        .collect();
    if errors.is_empty() {
        return Ok(Reply::empty(StatusCode::OK));
    }
    Ok(Reply::json(json!({ "errors": errors }).to_string()).with_status(StatusCode::BAD_REQUEST))
}

fn error(problem: &Problem) -> Value {
    let message = format!(
        "{}: {}, expected {}",
        problem.path.dotted(),
        problem.message,
        problem.expected
    );
    json!({ "name": "InputError", "message": message })
}
