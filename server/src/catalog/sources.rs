//! Where the catalog's entities come from, as far as people change it: who may, and in whose name.

use app::context::Actor;
use app::error::PortalError;
use catalog::service::{Preview, PreviewError};
use catalog::store::{AddedLocation, Placed};
use chrono::Utc;
use db::audit::Cause;
use integrations::UrlReader;
use model::catalog::{EntityRef, LocationRef};

use super::CatalogAdapter;
use crate::authz;
use crate::error::database;

impl CatalogAdapter {
    /// What people registered, oldest first.
    pub(super) fn registered(&self) -> Vec<AddedLocation> {
        self.service.registered()
    }

    /// What reads addresses.
    pub(super) fn reader(&self) -> &dyn UrlReader {
        self.service.reader()
    }

    /// Whether some entity comes from a location.
    pub(super) fn has_source(&self, location: &str) -> bool {
        let view = self.view();
        let mut entities = view.snapshot().entities();
        entities.any(|own| *own.location == *location)
    }

    /// What a location would bring.
    pub(super) async fn preview(&self, location: &LocationRef) -> Result<Preview, PreviewError> {
        self.service.preview(location).await
    }

    /// Registers a location: everybody who is known may.
    pub(super) async fn register(
        &self,
        actor: &Actor,
        location: &LocationRef,
        is_optional: bool,
    ) -> Result<Placed, PortalError> {
        self.check_writable("register locations")?;
        let cause = cause(actor)?;
        let placed = self.service.register(&cause, location, is_optional).await;
        placed.map_err(database)
    }

    /// Gives a location another target, as one who may change it.
    pub(super) async fn relocate(
        &self,
        actor: &Actor,
        id: &str,
        to: &LocationRef,
    ) -> Result<Placed, PortalError> {
        self.check_writable("move locations")?;
        let Some(cause) = self.cause_for(actor, id)? else {
            return Ok(Placed::Unknown);
        };
        let placed = self.service.relocate(&cause, id, to).await;
        placed.map_err(database)
    }

    /// Ends a location, as one who may change it.
    pub(super) async fn unregister(
        &self,
        actor: &Actor,
        id: &str,
    ) -> Result<Option<AddedLocation>, PortalError> {
        self.check_writable("unregister locations")?;
        let Some(cause) = self.cause_for(actor, id)? else {
            return Ok(None);
        };
        let ended = self.service.unregister(&cause, id).await;
        ended.map_err(database)
    }

    /// Has the sources of an entity read again soon.
    pub(super) async fn refresh_of(
        &self,
        actor: &Actor,
        entity_ref: &EntityRef,
    ) -> Result<(), PortalError> {
        let cause = cause(actor)?;
        let refreshed = self.service.refresh_entity(&cause, entity_ref);
        refreshed.await.map_err(database)
    }

    /// In whose name a registered location is changed: whoever registered it may, admins, and
    /// programs to which it is granted. `None` where there is no such location.
    fn cause_for(&self, actor: &Actor, id: &str) -> Result<Option<Cause>, PortalError> {
        let registered = self.registered();
        let Some(known) = registered.iter().find(|own| own.id == id) else {
            return Ok(None);
        };
        let owners: Vec<EntityRef> = EntityRef::parse(&known.created_by).into_iter().collect();
        let action = format!("change the location {}", known.location);
        let subject = authz::may_change(actor, &self.admins, &owners, &action)?;
        Ok(Some(Cause::new(subject, Utc::now())))
    }

    fn check_writable(&self, action: &str) -> Result<(), PortalError> {
        if self.service.config().is_readonly {
            return Err(PortalError::Forbidden {
                action: action.to_owned(),
                who: "nobody: the configuration says catalog.readonly".to_owned(),
            });
        }
        Ok(())
    }
}

/// In the name of whoever asks.
fn cause(actor: &Actor) -> Result<Cause, PortalError> {
    let subject = match &actor.program {
        Some(program) => format!("external:{}", program.subject),
        None => actor.require_user()?.to_string(),
    };
    Ok(Cause::new(subject, Utc::now()))
}
