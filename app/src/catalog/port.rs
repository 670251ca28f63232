//! What the catalog's pages need from the server.

use model::catalog::EntityRef;
use model::catalog::page::{CatalogPage, CatalogQuery};

use super::graph::{GraphPicture, GraphQuery};
use super::types::{
    EntityDetail, History, Members, MembersQuery, MissingEntity, Ownership, ProblemList,
    SourceFormat, SourceText,
};
use crate::context::Actor;
use crate::error::PortalError;

/// Questions about the catalog. Answers come from the in-memory snapshot; each checks the actor.
#[async_trait::async_trait]
pub trait CatalogPort: Send + Sync + 'static {
    /// The catalog page.
    async fn page(&self, actor: &Actor, query: &CatalogQuery) -> Result<CatalogPage, PortalError>;
    /// Exactly what a query finds, all pages of it, as CSV or JSON text.
    async fn export(
        &self,
        actor: &Actor,
        query: &CatalogQuery,
        format: ExportFormat,
    ) -> Result<String, PortalError>;
    /// Everything the entity page shows.
    async fn entity(
        &self,
        actor: &Actor,
        entity_ref: &EntityRef,
    ) -> Result<EntityDetail, PortalError>;
    /// What to say of an entity that does not exist.
    async fn missing(
        &self,
        actor: &Actor,
        entity_ref: &EntityRef,
    ) -> Result<MissingEntity, PortalError>;
    /// A laid-out relations graph.
    async fn graph(&self, actor: &Actor, query: &GraphQuery) -> Result<GraphPicture, PortalError>;
    /// The entity as text, with the place it comes from.
    async fn source(
        &self,
        actor: &Actor,
        entity_ref: &EntityRef,
        format: SourceFormat,
    ) -> Result<SourceText, PortalError>;
    /// What became of an entity, before the revision of a number if there is one.
    async fn history(
        &self,
        actor: &Actor,
        entity_ref: &EntityRef,
        before: Option<i64>,
    ) -> Result<History, PortalError>;
    /// Members of a group.
    async fn members(&self, actor: &Actor, query: &MembersQuery) -> Result<Members, PortalError>;
    /// What a group or user owns, by kind and type.
    async fn ownership(
        &self,
        actor: &Actor,
        owner: &EntityRef,
        aggregated: bool,
    ) -> Result<Ownership, PortalError>;
    /// Everything wrong in the catalog, by file.
    async fn problems(&self, actor: &Actor) -> Result<ProblemList, PortalError>;
}

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// RFC 4180, safe to open in a spreadsheet.
    Csv,
    /// An array of entities as the API serves them.
    Json,
}
