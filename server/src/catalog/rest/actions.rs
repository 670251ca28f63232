//! What changes the catalog.

use app::context::Actor;
use axum::http::StatusCode;
use model::catalog::EntityRef;

use super::asked::Asked;
use super::reply::Reply;
use crate::catalog::CatalogAdapter;
use crate::http::ApiError;

/// Ends an entity; one that is not there has ended.
pub(super) async fn delete(
    catalog: &CatalogAdapter,
    actor: &Actor,
    asked: &Asked,
) -> Result<Reply, ApiError> {
    let view = catalog.view();
    let row = view.index().find_uid(asked.part("uid"));
    if let Some(entity_ref) = row.and_then(|row| view.index().entity_ref(row)) {
        catalog.delete(actor, entity_ref).await?;
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Has the sources of an entity read again soon: its file, and those that lead to it.
pub(super) async fn refresh(
    catalog: &CatalogAdapter,
    actor: &Actor,
    asked: &Asked,
) -> Result<Reply, ApiError> {
    asked.only_has(&["entityRef", "authorizationToken"])?;
    let text = asked.text("entityRef")?;
    let known = EntityRef::parse(text)
        .ok()
        .filter(|wanted| catalog.view().index().contains(wanted));
    let known = known.ok_or_else(|| ApiError::not_found(format!("Entity {text} not found")))?;
    catalog.refresh_of(actor, &known).await?;
    Ok(Reply::empty(StatusCode::OK))
}
