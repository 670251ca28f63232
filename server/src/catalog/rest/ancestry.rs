//! Where an entity comes from.

use catalog::snapshot::Ancestor;
use model::catalog::EntityRef;
use serde_json::json;

use super::asked::Asked;
use super::entity::named;
use super::reply::Reply;
use crate::catalog::{View, source};
use crate::http::ApiError;

pub(super) fn get(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let row = named(view, asked)?;
    let root = view.index().entity_ref(row).cloned();
    let ancestors = root.iter().flat_map(|root| view.snapshot().ancestry(root));
    let items: Vec<String> = ancestors.map(|ancestor| item(view, &ancestor)).collect();
    let items = items.join(",");
    let root = json!(root.as_ref().map(EntityRef::as_str));
    Ok(Reply::json(format!(
        "{{\"rootEntityRef\":{root},\"items\":[{items}]}}"
    )))
}

fn item(view: &View, ancestor: &Ancestor) -> String {
    let entity = source::served(view, &ancestor.entity);
    let parents: Vec<&str> = ancestor.parents.iter().map(EntityRef::as_str).collect();
    let parents = json!(parents);
    format!("{{\"entity\":{entity},\"parentEntityRefs\":{parents}}}")
}
