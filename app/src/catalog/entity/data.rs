//! What an entity's page asks the server: the entity, and what its open tab needs beside it. All
//! questions are asked at once, and again when the catalog changes.

use leptos::prelude::*;
use model::catalog::EntityRef;
use serde::{Deserialize, Serialize};

use super::address::Address;
use super::tab::Tab;
use crate::catalog::api::{
    fetch_entity, fetch_graph, fetch_history, fetch_members, fetch_missing, fetch_ownership,
    fetch_source,
};
use crate::catalog::graph::{Drawn, GraphQuery};
use crate::catalog::types::{EntityDetail, History, Members, MissingEntity, Ownership, SourceText};
use crate::error::PortalError;
use crate::question::Question;

/// The answer to "which entity".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Entity {
    /// The catalog has it.
    Found(Box<EntityDetail>),
    /// The catalog does not have it.
    Missing(Box<MissingEntity>),
}

/// An answer that only some tabs or kinds need.
pub(super) type Answer<T> = Option<Result<T, PortalError>>;

/// The answers beside the entity.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    pub graph: Answer<Drawn>,
    pub ownership: Answer<Ownership>,
    pub members: Answer<Members>,
    pub source: Answer<SourceText>,
    pub history: Answer<History>,
}

/// The questions of the page, asked while it is open.
#[derive(Clone, Copy)]
pub(super) struct Questions {
    entity: Question<Entity>,
    graph: Question<Option<Drawn>>,
    ownership: Question<Option<Ownership>>,
    members: Question<Option<Members>>,
    source: Question<Option<SourceText>>,
    history: Question<Option<History>>,
}

impl Questions {
    /// Asks for what the address shows. Each question is asked again only when its own part of the
    /// address changes, or the catalog does.
    pub(super) fn ask(address: Memo<Address>, version: Signal<u64>) -> Self {
        let entity =
            move || address.with(|address| (address.entity_ref.clone(), address.asked.clone()));
        let graph = move || address.with(graph_query);
        let ownership = move || {
            address.with(|address| {
                let owner = shown(address, &[Tab::Overview], &["group", "user"])?;
                Some((owner, address.overview().aggregated))
            })
        };
        let members = move || {
            address.with(|address| {
                let group = shown(address, &[Tab::Overview, Tab::Members], &["group"])?;
                Some(address.members(group))
            })
        };
        let source = move || {
            address.with(|address| Some((shown(address, &[Tab::Source], &[])?, address.format())))
        };
        let history = move || {
            address.with(|address| Some((shown(address, &[Tab::History], &[])?, address.before())))
        };
        // A page that comes with the document is seen at the version that it came with.
        let seen = StoredValue::new(version.get_untracked());
        Self {
            entity: Question::new(
                move || (entity(), version.get()),
                move |(asked, version)| {
                    let again = seen.get_value() != version;
                    seen.set_value(version);
                    find(asked, again)
                },
            ),
            graph: Question::new(
                move || (graph(), version.get()),
                async |(query, _)| some(query.map(fetch_graph)).await,
            ),
            ownership: Question::new(
                move || (ownership(), version.get()),
                async |(asked, _)| {
                    some(asked.map(|(owner, aggregated)| fetch_ownership(owner, aggregated))).await
                },
            ),
            members: Question::new(
                move || (members(), version.get()),
                async |(query, _)| some(query.map(fetch_members)).await,
            ),
            source: Question::new(
                move || (source(), version.get()),
                async |(asked, _)| {
                    some(asked.map(|(entity_ref, format)| fetch_source(entity_ref, format))).await
                },
            ),
            history: Question::new(
                move || (history(), version.get()),
                async |(asked, _)| {
                    some(asked.map(|(entity_ref, before)| fetch_history(entity_ref, before))).await
                },
            ),
        }
    }

    /// Every answer.
    pub(super) async fn answers(self) -> (Result<Entity, PortalError>, Answers) {
        let entity = self.entity.answer().await;
        let answers = Answers {
            graph: self.graph.answer().await.transpose(),
            ownership: self.ownership.answer().await.transpose(),
            members: self.members.answer().await.transpose(),
            source: self.source.answer().await.transpose(),
            history: self.history.answer().await.transpose(),
        };
        (entity, answers)
    }
}

/// Asks what may not have to be asked.
async fn some<T>(
    asked: Option<impl Future<Output = Result<T, PortalError>>>,
) -> Result<Option<T>, PortalError> {
    match asked {
        Some(asked) => asked.await.map(Some),
        None => Ok(None),
    }
}

/// The entity, where the open tab and its kind are among these; no kinds are all kinds.
fn shown(address: &Address, tabs: &[Tab], kinds: &[&str]) -> Option<EntityRef> {
    let tab = address.tab.is_some_and(|tab| tabs.contains(&tab));
    let kind = kinds.is_empty() || kinds.contains(&address.kind());
    address.entity_ref.clone().filter(|_| tab && kind)
}

/// The overview's graph: what the link to the graph page leads to.
fn graph_query(address: &Address) -> Option<GraphQuery> {
    let root = shown(address, &[Tab::Overview], &[])?;
    Some(GraphQuery::around(&root, address.overview().depth))
}

/// The entity, or what to say instead; `again` where only the catalog has changed.
async fn find(
    (entity_ref, asked): (Option<EntityRef>, String),
    again: bool,
) -> Result<Entity, PortalError> {
    let Some(entity_ref) = entity_ref else {
        super::set_not_found();
        return Err(PortalError::not_found(asked));
    };
    match fetch_entity(entity_ref.clone(), again).await {
        Ok(detail) => Ok(Entity::Found(Box::new(detail))),
        Err(PortalError::NotFound { .. }) => fetch_missing(entity_ref)
            .await
            .map(|missing| Entity::Missing(Box::new(missing))),
        Err(error) => Err(error),
    }
}
