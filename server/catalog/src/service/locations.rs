//! Locations that people register, and providers find; and reading sources again.

use std::collections::HashSet;

use db::{Result, audit::Cause};
use integrations::UrlReader;
use model::catalog::{EntityRef, LocationRef};

use super::CatalogService;
use crate::store::{AddedLocation, Placed};

impl CatalogService {
    /// What people registered, oldest first.
    #[must_use]
    pub fn registered(&self) -> Vec<AddedLocation> {
        let added = self.shared.outside.added();
        let registered = added.iter().filter(|added| added.provider.is_none());
        registered.cloned().collect()
    }

    /// What reads the web.
    #[must_use]
    pub fn reader(&self) -> &dyn UrlReader {
        &**self.shared.outside.web.reader()
    }

    /// Registers a location; its entities follow as soon as it has been read.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn register(
        &self,
        cause: &Cause,
        location: &LocationRef,
        is_optional: bool,
    ) -> Result<Placed> {
        let Some(store) = &self.shared.outside.locations else {
            return Ok(Placed::Unknown);
        };
        let placed = store.register(cause, location, is_optional).await?;
        self.look_again().await?;
        Ok(placed)
    }

    /// Gives a registered location another type and target.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn relocate(&self, cause: &Cause, id: &str, to: &LocationRef) -> Result<Placed> {
        let Some(store) = &self.shared.outside.locations else {
            return Ok(Placed::Unknown);
        };
        let placed = store.relocate(cause, id, to).await?;
        self.look_again().await?;
        Ok(placed)
    }

    /// Ends a registered location and, with the next pass, what came from it alone.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn unregister(&self, cause: &Cause, id: &str) -> Result<Option<AddedLocation>> {
        let Some(store) = &self.shared.outside.locations else {
            return Ok(None);
        };
        let ended = store.unregister(cause, id).await?;
        self.look_again().await?;
        Ok(ended)
    }

    /// Has the sources of an entity read again by every replica: its file, and those that lead
    /// to it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn refresh_entity(&self, cause: &Cause, entity_ref: &EntityRef) -> Result<()> {
        let snapshot = self.snapshot();
        let ancestry = snapshot.ancestry(entity_ref);
        let mut sources: Vec<String> = ancestry
            .iter()
            .flat_map(|ancestor| [&*ancestor.entity.location, &*ancestor.entity.entity.origin])
            .map(str::to_owned)
            .collect();
        sources.sort_unstable();
        sources.dedup();
        self.renew(cause, &sources).await
    }

    /// Has sources read again by every replica: locations, or `host/owner/repository`.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn renew(&self, cause: &Cause, sources: &[String]) -> Result<()> {
        if let Some(store) = &self.shared.outside.locations {
            store.renew(cause, sources).await?;
        }
        let sources: HashSet<String> = sources.iter().cloned().collect();
        self.shared.outside.renew(&sources);
        self.shared.changed.notify_one();
        Ok(())
    }

    pub(super) async fn look_again(&self) -> Result<()> {
        self.shared.outside.reload().await?;
        self.shared.changed.notify_one();
        Ok(())
    }
}
