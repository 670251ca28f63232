//! The pages and their files.

use std::path::PathBuf;
use std::sync::Arc;

use app::context::Ports;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use catalog::service::CatalogService;
use identity::IdentityStore;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, file_and_error_handler_with_context, generate_route_list};

use super::{events, export, policy};
use crate::catalog::CatalogAdapter;
use crate::config::Config;
use crate::home::HomeAdapter;
use crate::identity::{IdentityAdapter, PersonalEvents, Visitors, identify};

pub(super) fn routes(
    config: &Config,
    catalog: CatalogService,
    store: Arc<dyn IdentityStore>,
) -> Router {
    let options = options(config);
    let adapter = Arc::new(CatalogAdapter::new(catalog.clone(), Arc::clone(&store)));
    let personal = PersonalEvents::default();
    let ports = ports(
        config,
        Arc::clone(&adapter),
        Arc::clone(&store),
        personal.clone(),
    );
    let visitors = Visitors {
        store,
        catalog: adapter,
        title: config.title.as_str().into(),
        organization: config.organization.as_str().into(),
        open_reading: config.open_reading,
        can_sign_in: config.guest,
    };
    let exports = export::routes(Arc::clone(&ports.catalog));
    let context = move || provide_context(ports.clone());
    let shell = {
        let options = options.clone();
        move || app::shell(options.clone())
    };
    Router::new()
        .leptos_routes_with_context(
            &options,
            generate_route_list(app::App),
            context.clone(),
            shell,
        )
        .fallback(file_and_error_handler_with_context(context, app::shell))
        .with_state(options)
        .merge(exports)
        .merge(events::routes(catalog, personal))
        .layer(from_fn_with_state(visitors, identify))
        .layer(from_fn(policy::immutable))
}

fn ports(
    config: &Config,
    catalog: Arc<CatalogAdapter>,
    store: Arc<dyn IdentityStore>,
    personal: PersonalEvents,
) -> Ports {
    let (organization, boxes) = (config.organization.clone(), config.home.clone());
    let home = HomeAdapter::new(organization, boxes, Arc::clone(&catalog));
    Ports {
        identity: Arc::new(IdentityAdapter::new(
            store,
            Arc::clone(&catalog),
            personal,
            config.guest,
        )),
        catalog,
        home: Arc::new(home),
    }
}

/// The files lie beside the executable, or in `target/site` when run from the checkout.
fn options(config: &Config) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("perilune")
        .site_root(site_root().to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(config.listen)
        .hash_files(true)
        .build()
}

fn site_root() -> PathBuf {
    let executable = std::env::current_exe().unwrap_or_default();
    let folder = executable.parent().map(PathBuf::from).unwrap_or_default();
    [folder.join("site"), folder.join("../site")]
        .into_iter()
        .find(|candidate| candidate.is_dir())
        .unwrap_or_else(|| PathBuf::from("target/site"))
}
