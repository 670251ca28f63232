//! The annotations that lead from an entity to its source, where its file is on a host that the
//! portal understands. What the author wrote stays.

use model::catalog::{
    EntityView,
    scm::{self, RepositoryPath},
    set_annotation,
    well_known::{EDIT_URL, SOURCE_LOCATION, VIEW_URL},
};
use serde_json::Value;
use url::Url;

use super::problem::Place;

/// Adds those that are absent.
pub(super) fn add(entity: &mut Value, place: Place<'_>) {
    let Some((scm, address)) = place.scm.zip(place.location.strip_prefix("url:")) else {
        return;
    };
    if !is_file(address) {
        return;
    }
    add_absent(entity, VIEW_URL, address);
    if !scm::names_commit(address) {
        add_absent(entity, EDIT_URL, &scm::edit_url(Some(scm), address));
    }
    if let Some(folder) = scm::resolve(Some(scm), "./", address) {
        add_absent(entity, SOURCE_LOCATION, &format!("url:{folder}"));
    }
}

/// The people of an organisation have an address, but no file.
fn is_file(address: &str) -> bool {
    let parsed = Url::parse(address).ok();
    let named = parsed.and_then(|address| RepositoryPath::of(&address));
    named.is_some_and(|named| named.git_ref.is_some() && !named.path.is_empty())
}

fn add_absent(entity: &mut Value, key: &str, value: &str) {
    let known = EntityView(entity).at(&["metadata", "annotations", key]);
    if known.is_none() {
        set_annotation(entity, key, value);
    }
}
