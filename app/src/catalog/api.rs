//! The catalog's server functions. Each: actor, authorise, parse, one question, typed answer.

#![allow(
    missing_docs,
    reason = "the macro makes a struct of the arguments, which are documented by name"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::catalog::EntityRef;
use model::catalog::page::CatalogPage;

use super::graph::{Drawn, GraphQuery};
use super::types::{
    EntityDetail, History, Members, MembersQuery, MissingEntity, Ownership, ProblemList,
    SourceFormat, SourceText,
};
use crate::error::PortalError;
use crate::wire::{Body, Call};

#[cfg(feature = "ssr")]
use crate::context::{answer, request};

/// The catalog page for a query string, as it stands in the address.
#[server(endpoint = "catalog/page", protocol = Call<GetUrl>)]
pub async fn fetch_page(#[server(default)] query: String) -> Result<CatalogPage, PortalError> {
    let (ports, actor) = request()?;
    let query = model::catalog::page::CatalogQuery::from_query_string(&query);
    answer(ports.catalog.page(&actor, &query).await)
}

/// An entity's page. It is a visit, so it is not asked for by `GET`; with `again` a page that is open asks
/// once more because the catalog changed, which is none.
#[server(endpoint = "catalog/entity", protocol = Call<Body>)]
pub async fn fetch_entity(entity_ref: EntityRef, again: bool) -> Result<EntityDetail, PortalError> {
    let (ports, actor) = request()?;
    let detail = answer(ports.catalog.entity(&actor, &entity_ref).await)?;
    if !again {
        ports.identity.record_visit(&actor, &entity_ref).await?;
    }
    Ok(detail)
}

/// What to say of an entity that does not exist.
#[server(endpoint = "catalog/missing", protocol = Call<GetUrl>)]
pub async fn fetch_missing(entity_ref: EntityRef) -> Result<MissingEntity, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.catalog.missing(&actor, &entity_ref).await)
}

/// For more roots than this nobody looks for the names that were meant.
#[cfg(feature = "ssr")]
const LOOKED_FOR: usize = 5;

/// A laid-out relations graph.
#[server(endpoint = "catalog/graph", protocol = Call<Body>)]
pub async fn fetch_graph(query: GraphQuery) -> Result<Drawn, PortalError> {
    let (ports, actor) = request()?;
    let picture = answer(ports.catalog.graph(&actor, &query).await)?;
    let mut near = Vec::new();
    let not_drawn = query.roots.iter().filter(|root| !picture.has(root));
    for root in not_drawn.take(LOOKED_FOR) {
        let missing = answer(ports.catalog.missing(&actor, root).await)?;
        let names = missing.nearest.into_iter().map(|found| {
            let href = query.with_root(&found.entity.entity_ref).href();
            (href, found.entity.label)
        });
        near.extend(names);
    }
    Ok(Drawn { picture, near })
}

/// The entity as text.
#[server(endpoint = "catalog/source", protocol = Call<GetUrl>)]
pub async fn fetch_source(
    entity_ref: EntityRef,
    format: SourceFormat,
) -> Result<SourceText, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.catalog.source(&actor, &entity_ref, format).await)
}

/// What became of an entity before a revision; of all of them without.
#[server(endpoint = "catalog/history", protocol = Call<GetUrl>)]
pub async fn fetch_history(
    entity_ref: EntityRef,
    before: Option<i64>,
) -> Result<History, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.catalog.history(&actor, &entity_ref, before).await)
}

/// Members of a group.
#[server(endpoint = "catalog/members", protocol = Call<Body>)]
pub async fn fetch_members(query: MembersQuery) -> Result<Members, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.catalog.members(&actor, &query).await)
}

/// What a group or user owns.
#[server(endpoint = "catalog/ownership", protocol = Call<GetUrl>)]
pub async fn fetch_ownership(owner: EntityRef, aggregated: bool) -> Result<Ownership, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.catalog.ownership(&actor, &owner, aggregated).await)
}

/// Everything wrong in the catalog.
#[server(endpoint = "catalog/problems", protocol = Call<GetUrl>)]
pub async fn fetch_problems() -> Result<ProblemList, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.catalog.problems(&actor).await)
}
