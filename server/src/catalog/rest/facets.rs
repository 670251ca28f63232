//! `/entity-facets`: the values of keys, and how many entities have each.

use std::collections::HashSet;

use model::catalog::filter::Predicate;
use serde_json::{Map, Value, json};

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
    let mut facets = Map::new();
    let mut seen = HashSet::new();
    let keys: Vec<&str> = keys
        .iter()
        .copied()
        .filter(|key| seen.insert(*key))
        .collect();
    for facet in view.index().facets(predicate, &keys) {
        let mut values = facet.values;
        values.sort_by(|a, b| a.value.cmp(&b.value));
        let values: Vec<Value> = values
            .into_iter()
            .map(|counted| json!({ "value": counted.value, "count": counted.count }))
            .collect();
        facets.insert(facet.key, values.into());
    }
    Ok(Reply::json(json!({ "facets": facets }).to_string()))
}
