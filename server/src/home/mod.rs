//! The home page's port, answered from the configuration and the catalog.

use std::sync::Arc;

use app::context::Actor;
use app::error::PortalError;
use app::home::port::HomePort;
use app::home::types::{HomeConfig, HomePage};
use async_trait::async_trait;

use crate::catalog::CatalogAdapter;

/// Answers the home page.
pub struct HomeAdapter {
    organization: String,
    config: HomeConfig,
    catalog: Arc<CatalogAdapter>,
}

impl HomeAdapter {
    /// For one configuration.
    #[must_use]
    pub fn new(organization: String, config: HomeConfig, catalog: Arc<CatalogAdapter>) -> Self {
        Self {
            organization,
            config,
            catalog,
        }
    }
}

#[async_trait]
impl HomePort for HomeAdapter {
    async fn home(&self, actor: &Actor) -> Result<HomePage, PortalError> {
        actor.authorize_read()?;
        let view = self.catalog.view();
        let kinds = view.kinds().into_iter();
        Ok(HomePage {
            organization: self.organization.clone(),
            config: self.config.clone(),
            catalog: kinds.map(|kind| (kind.label, kind.count)).collect(),
            problems: view.errors(),
        })
    }
}
