//! The annotations that lead from an entity to its source, where its file is on a host that the
//! portal understands. What the author wrote stays.

use model::catalog::{
    EntityView, scm, set_annotation,
    well_known::{EDIT_URL, SOURCE_LOCATION, VIEW_URL},
};
use serde_json::Value;

use super::problem::Place;

/// Adds those that are absent.
pub(super) fn add(entity: &mut Value, place: Place<'_>) {
    let Some((scm, address)) = place.scm.zip(place.location.strip_prefix("url:")) else {
        return;
    };
    add_absent(entity, VIEW_URL, address);
    if !scm::names_commit(address) {
        add_absent(entity, EDIT_URL, &scm::edit_url(Some(scm), address));
    }
    if let Some(folder) = scm::resolve(Some(scm), "./", address) {
        add_absent(entity, SOURCE_LOCATION, &format!("url:{folder}"));
    }
}

fn add_absent(entity: &mut Value, key: &str, value: &str) {
    let known = EntityView(entity).at(&["metadata", "annotations", key]);
    if known.is_none() {
        set_annotation(entity, key, value);
    }
}
