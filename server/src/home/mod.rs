//! The home page's port, answered from the configuration and the snapshot.

use std::collections::BTreeMap;

use app::context::Actor;
use app::error::PortalError;
use app::home::port::HomePort;
use app::home::types::{HomeConfig, HomePage};
use async_trait::async_trait;
use catalog::service::CatalogService;
use catalog::snapshot::Snapshot;
use model::catalog::{EntityView, Severity};

/// Answers the home page.
pub struct HomeAdapter {
    organization: String,
    config: HomeConfig,
    catalog: CatalogService,
}

impl HomeAdapter {
    /// For one configuration.
    #[must_use]
    pub fn new(organization: String, config: HomeConfig, catalog: CatalogService) -> Self {
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
        let snapshot = self.catalog.snapshot();
        Ok(HomePage {
            organization: self.organization.clone(),
            config: self.config.clone(),
            catalog: kinds(&snapshot),
            problems: errors(&snapshot),
        })
    }
}

fn kinds(snapshot: &Snapshot) -> Vec<(String, u32)> {
    let mut kinds = BTreeMap::<String, u32>::new();
    for entity in snapshot.entities() {
        let value = entity.entity.value();
        *kinds
            .entry(EntityView(&value).kind().to_owned())
            .or_default() += 1;
    }
    kinds.into_iter().collect()
}

fn errors(snapshot: &Snapshot) -> u32 {
    let errors = snapshot
        .problems()
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    u32::try_from(errors.count()).unwrap_or(u32::MAX)
}
