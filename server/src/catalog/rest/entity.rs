//! Single entities.

use model::catalog::EntityRef;
use model::catalog::query::RowId;

use super::asked::Asked;
use super::fields::Fields;
use super::reply::{self, Reply};
use crate::catalog::View;
use crate::http::ApiError;

pub(super) fn by_uid(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let uid = asked.part("uid");
    let row = view.index().find_uid(uid);
    let entity = row.and_then(|row| reply::entity(view, row, &Fields::default()));
    entity
        .map(Reply::json)
        .ok_or_else(|| ApiError::not_found(format!("No entity with uid {uid}")))
}

pub(super) fn by_name(view: &View, asked: &Asked) -> Result<Reply, ApiError> {
    let entity = reply::entity(view, named(view, asked)?, &Fields::default());
    // The row is of this very view.
    Ok(Reply::json(entity.unwrap_or_default()))
}

/// The entity that the path names.
pub(super) fn named(view: &View, asked: &Asked) -> Result<RowId, ApiError> {
    let (kind, namespace, name) = (
        asked.part("kind"),
        asked.part("namespace"),
        asked.part("name"),
    );
    let row = EntityRef::new(kind, namespace, name)
        .ok()
        .and_then(|wanted| view.index().find(&wanted));
    row.ok_or_else(|| {
        let message = format!(
            "No entity named '{name}' found, with kind '{kind}' in namespace '{namespace}'"
        );
        ApiError::not_found(message)
    })
}
