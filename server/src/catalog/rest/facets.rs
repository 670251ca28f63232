//! `/entity-facets`: the values of keys, and how many entities have each.

use std::collections::HashSet;

use model::catalog::filter::Predicate;
use model::catalog::query::FacetCount;
use serde::Serialize;

use super::asked::Asked;
use super::reply::Reply;
use super::{entities, predicate};
use crate::catalog::View;
use crate::http::ApiError;

pub(super) const PARAMETERS: &[&str] = &["facet", "filter"];

pub(super) fn get(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let keys: Vec<&str> = asked.all("facet").collect();
    counted(view, &entities::filter(asked)?, &keys)
}

pub(super) fn post(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let keys = asked.texts("facets")?.unwrap_or_default();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    counted(view, &predicate::of_body(asked)?, &keys)
}

fn counted(view: &View, predicate: &Predicate, keys: &[&str]) -> Result<Reply, ApiError> {
    if keys.is_empty() {
        return Err(ApiError::input("Missing facet parameter"));
    }
    let mut seen = HashSet::new();
    let keys: Vec<&str> = keys
        .iter()
        .copied()
        .filter(|key| seen.insert(*key))
        .collect();
    let mut facets = Vec::new();
    for facet in view.index().facets(predicate, &keys) {
        let values: Vec<Counted<'_>> = facet.values.iter().map(Counted::of).collect();
        facets.push(format!("{}:{}", text(&facet.key)?, text(&values)?));
    }
    Ok(Reply::json(format!(
        "{{\"facets\":{{{}}}}}",
        facets.join(",")
    )))
}

/// A value as it is told. Thousands of them are written as they are, without a tree in between.
#[derive(Serialize)]
struct Counted<'a> {
    value: &'a str,
    count: u32,
}

impl<'a> Counted<'a> {
    fn of(facet: &'a FacetCount) -> Self {
        Self {
            value: &facet.value,
            count: facet.count,
        }
    }
}

fn text(value: &(impl Serialize + ?Sized)) -> Result<String, ApiError> {
    serde_json::to_string(value).map_err(|error| ApiError::input(error.to_string()))
}
