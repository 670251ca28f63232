//! The portal put together: its services behind ports, its routes in one table.

use std::sync::Arc;

use app::context::Ports;
use axum::Router;
use axum::middleware::from_fn_with_state;
use catalog::service::CatalogService;
use identity::IdentityStore;
use integrations::Secret;
use leptos::config::LeptosOptions;
use tokio_util::sync::CancellationToken;

use super::limits::Limits;
use super::site::Site;
use super::table::Table;
use super::{events, export, functions, health, pages, site, webhooks};
use crate::catalog::{CatalogAdapter, rest};
use crate::config::Config;
use crate::home::HomeAdapter;
use crate::identity::{IdentityAdapter, Knowledge, PersonalEvents, Programs, Sessions, identify};

/// What runs behind the router.
#[derive(Clone)]
pub struct Services {
    /// The catalog.
    pub catalog: CatalogService,
    /// The memory of people.
    pub people: Arc<dyn IdentityStore>,
    /// What happens to single people.
    pub personal: PersonalEvents,
    /// What pages load.
    pub site: Site,
    /// How much of the portal anybody may take.
    pub limits: Limits,
    /// Cancelled when the portal stops: what would go on without an end, ends.
    pub stop: CancellationToken,
}

/// Everything that is asked of the portal, assembled once.
pub struct Portal {
    services: Services,
    options: LeptosOptions,
    ports: Ports,
    sessions: Sessions,
    known: Arc<Knowledge>,
    tls: bool,
    webhook_secrets: Vec<Secret>,
}

impl Portal {
    /// For one configuration.
    #[must_use]
    pub fn new(config: &Config, services: Services) -> Self {
        let people = Arc::clone(&services.people);
        let catalog = Arc::new(CatalogAdapter::new(
            services.catalog.clone(),
            Arc::clone(&people),
            config.admins.clone(),
        ));
        let ports = ports(config, &services, &catalog);
        Self {
            options: site::options(config),
            sessions: Sessions {
                store: people,
                catalog: Arc::clone(&catalog),
                programs: Arc::new(Programs::new(config.external_access.clone())),
                open_reading: config.open_reading,
            },
            known: Arc::new(Knowledge {
                identity: Arc::clone(&ports.identity),
                catalog,
                title: config.title.clone(),
                organization: config.organization.clone(),
                can_sign_in: config.guest,
            }),
            tls: config.tls,
            webhook_secrets: config.webhook_secrets.clone(),
            ports,
            services,
        }
    }

    /// Every route. Files are none: they are whatever is in the site.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::default();
        let services = &self.services;
        health::add(&mut table, services.catalog.clone());
        events::add(&mut table, services);
        export::add(&mut table, &self.ports.catalog);
        rest::add(&mut table, &self.sessions.catalog);
        webhooks::add(&mut table, services.catalog.clone(), &self.webhook_secrets);
        functions::add(&mut table, &self.ports);
        let known = Arc::clone(&self.known);
        let files = &services.site.files;
        pages::add(&mut table, &self.options, files, self.ports.clone(), known);
        table
    }

    /// Everything the portal answers.
    pub fn router(&self) -> Router {
        let known = Arc::clone(&self.known);
        let files = site::files(
            &self.options,
            &self.services.site,
            self.ports.clone(),
            known,
            self.sessions.clone(),
        );
        let routes = self
            .table()
            .into_router()
            .layer(from_fn_with_state(self.sessions.clone(), identify))
            .fallback_service(files);
        super::surround(routes, &self.services.limits, self.tls)
    }
}

fn ports(config: &Config, services: &Services, catalog: &Arc<CatalogAdapter>) -> Ports {
    let home = HomeAdapter::new(
        config.organization.clone(),
        config.home.clone(),
        Arc::clone(catalog),
    );
    let identity = IdentityAdapter::new(
        Arc::clone(&services.people),
        Arc::clone(catalog),
        config.guest,
    );
    Ports {
        identity: Arc::new(identity),
        catalog: Arc::clone(catalog) as _,
        home: Arc::new(home),
    }
}
