//! The catalog's port, answered from the snapshot.

mod detail;
mod export;
mod graph;
mod groups;
mod history;
mod icon;
mod markdown;
mod place;
mod problems;
pub(crate) mod rest;
mod source;
mod sources;
mod types;
mod view;

use std::sync::Arc;

use app::catalog::graph::{GraphPicture, GraphQuery};
use app::catalog::port::{CatalogPort, ExportFormat};
use app::catalog::types::{
    EntityDetail, History, Members, MembersQuery, MissingEntity, Ownership, ProblemList,
    SourceFormat, SourceText,
};
use app::context::Actor;
use app::error::PortalError;
use async_trait::async_trait;
use catalog::service::CatalogService;
use chrono::Utc;
use db::audit::Cause;
use identity::IdentityStore;
use model::catalog::page::{
    CatalogPage, CatalogQuery, Viewer, all_rows, answer_page, shown_columns,
};
use model::catalog::{EntityRef, KindSet, RelationType};

use crate::authz;

pub use view::View;

/// Answers questions about the catalog.
pub struct CatalogAdapter {
    service: CatalogService,
    people: Arc<dyn IdentityStore>,
    /// Who may change everything: `permission.admins`.
    admins: Vec<EntityRef>,
}

impl CatalogAdapter {
    /// Over a running catalog.
    #[must_use]
    pub fn new(
        service: CatalogService,
        people: Arc<dyn IdentityStore>,
        admins: Vec<EntityRef>,
    ) -> Self {
        Self {
            service,
            people,
            admins,
        }
    }

    /// The catalog as it is now.
    #[must_use]
    pub fn view(&self) -> View {
        View::of(self.service.snapshot())
    }

    async fn stars(&self, actor: &Actor) -> Result<Vec<EntityRef>, PortalError> {
        let Some(user) = &actor.user else {
            return Ok(Vec::new());
        };
        let stars = self
            .people
            .stars(user)
            .await
            .map_err(crate::error::database)?;
        Ok(stars.into_iter().map(|star| star.entity_ref).collect())
    }

    /// Kinds besides the known ones.
    fn kinds(&self) -> &KindSet {
        &self.service.config().kinds
    }

    /// Ends an entity, as one who may change it.
    async fn delete(&self, actor: &Actor, entity_ref: &EntityRef) -> Result<(), PortalError> {
        let view = self.view();
        let owners = view.index().related(entity_ref, &RelationType::OwnedBy);
        let action = format!("delete {entity_ref}");
        let subject = authz::may_change(actor, &self.admins, &owners, &action)?;
        let cause = Cause::new(subject, Utc::now());
        let deleted = self.service.delete(&cause, entity_ref).await;
        deleted.map_err(crate::error::database)
    }

    /// Reading is allowed, and this is what there is to read.
    fn readable(&self, actor: &Actor) -> Result<View, PortalError> {
        actor.authorize_read()?;
        Ok(self.view())
    }
}

#[async_trait]
impl CatalogPort for CatalogAdapter {
    async fn page(&self, actor: &Actor, query: &CatalogQuery) -> Result<CatalogPage, PortalError> {
        let view = self.readable(actor)?;
        let starred = self.stars(actor).await?;
        Ok(answer_page(view.index(), query, viewer(actor, &starred)))
    }

    async fn export(
        &self,
        actor: &Actor,
        query: &CatalogQuery,
        format: ExportFormat,
    ) -> Result<String, PortalError> {
        let view = self.readable(actor)?;
        let starred = self.stars(actor).await?;
        let rows = all_rows(view.index(), query, viewer(actor, &starred));
        match format {
            ExportFormat::Csv => export::csv(&rows, &shown_columns(query, view.index().fields())),
            ExportFormat::Json => Ok(export::json(&view, &rows)),
        }
    }

    async fn entity(&self, actor: &Actor, wanted: &EntityRef) -> Result<EntityDetail, PortalError> {
        let view = self.readable(actor)?;
        let starred = self.stars(actor).await?.contains(wanted);
        detail::detail(&view, wanted, starred)
            .ok_or_else(|| PortalError::not_found(wanted.to_string()))
    }

    async fn missing(
        &self,
        actor: &Actor,
        wanted: &EntityRef,
    ) -> Result<MissingEntity, PortalError> {
        let view = self.readable(actor)?;
        Ok(view.missing(wanted))
    }

    async fn graph(&self, actor: &Actor, query: &GraphQuery) -> Result<GraphPicture, PortalError> {
        let view = self.readable(actor)?;
        Ok(graph::picture(&view, query))
    }

    async fn source(
        &self,
        actor: &Actor,
        wanted: &EntityRef,
        format: SourceFormat,
    ) -> Result<SourceText, PortalError> {
        let view = self.readable(actor)?;
        let entity = view
            .get(wanted)
            .ok_or_else(|| PortalError::not_found(wanted.to_string()))?;
        source::source(&view, entity, format).await
    }

    async fn history(
        &self,
        actor: &Actor,
        wanted: &EntityRef,
        before: Option<i64>,
    ) -> Result<History, PortalError> {
        actor.authorize_read()?;
        let before = before.unwrap_or(i64::MAX);
        let revisions = self.service.history(wanted, before, history::PAGE + 1);
        let revisions = revisions.await.map_err(crate::error::database)?;
        Ok(history::history(&revisions))
    }

    async fn members(&self, actor: &Actor, query: &MembersQuery) -> Result<Members, PortalError> {
        let view = self.readable(actor)?;
        Ok(groups::members(&view, query))
    }

    async fn ownership(
        &self,
        actor: &Actor,
        owner: &EntityRef,
        aggregated: bool,
    ) -> Result<Ownership, PortalError> {
        let view = self.readable(actor)?;
        Ok(groups::ownership(&view, owner, aggregated))
    }

    async fn problems(&self, actor: &Actor) -> Result<ProblemList, PortalError> {
        let view = self.readable(actor)?;
        Ok(problems::all(&view))
    }
}

fn viewer<'a>(actor: &'a Actor, starred: &'a [EntityRef]) -> Viewer<'a> {
    Viewer {
        ownership: &actor.ownership,
        starred,
    }
}
