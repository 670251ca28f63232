//! The pages and their files.

use std::path::PathBuf;
use std::sync::Arc;

use app::context::{Actor, Ports};
use axum::middleware::from_fn;
use axum::{Extension, Router};
use catalog::service::CatalogService;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, file_and_error_handler_with_context, generate_route_list};

use super::policy;
use crate::config::Config;
use crate::home::HomeAdapter;

pub(super) fn routes(config: &Config, catalog: CatalogService) -> Router {
    let options = options(config);
    let ports = ports(config, catalog);
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
        .layer(Extension(visitor(config)))
        .layer(from_fn(policy::immutable))
}

fn ports(config: &Config, catalog: CatalogService) -> Ports {
    Ports {
        home: Arc::new(HomeAdapter::new(
            config.organization.clone(),
            config.home.clone(),
            catalog,
        )),
    }
}

/// Nobody can sign in yet: everybody is the same visitor, who reads what is open.
fn visitor(config: &Config) -> Actor {
    Actor {
        user: None,
        ownership: Vec::new(),
        session: None,
        open_reading: config.open_reading,
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
