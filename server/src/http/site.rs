//! The files of the site: scripts, styles, fonts. What is no file is a page that says so.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::context::Ports;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use leptos::config::LeptosOptions;
use tower_http::services::ServeDir;

use super::{pages, policy, slash};
use crate::config::Config;
use crate::identity::{Knowledge, Sessions, identify};

/// What answers where no route does. A file needs no visitor and is found first.
pub(super) fn files(
    options: &LeptosOptions,
    ports: Ports,
    known: Arc<Knowledge>,
    sessions: Sessions,
) -> Router {
    let missing = get(pages::show)
        .with_state(pages::missing(options, ports, known))
        .layer(from_fn_with_state(sessions, identify))
        .layer(from_fn(slash::without));
    let files = ServeDir::new(options.site_root.as_ref())
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(missing);
    Router::new()
        .fallback_service(files)
        .layer(from_fn(policy::files))
}

pub(super) fn options(config: &Config, root: &Path) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("perilune")
        .site_root(root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(config.listen)
        .hash_files(is_hashed())
        .build()
}

/// Whether the names of scripts and styles carry hashes: a release's do, and say so beside the
/// executable. Leptos gives no page at all where it looks for that file in vain.
fn is_hashed() -> bool {
    std::env::current_exe().is_ok_and(|executable| executable.with_file_name("hash.txt").is_file())
}

/// Where the files are: beside the executable, or in `target/site` when run from the checkout.
#[must_use]
pub fn site_root() -> PathBuf {
    let executable = std::env::current_exe().unwrap_or_default();
    let folder = executable.parent().map(PathBuf::from).unwrap_or_default();
    [folder.join("site"), folder.join("../site")]
        .into_iter()
        .find(|candidate| candidate.is_dir())
        .unwrap_or_else(|| PathBuf::from("target/site"))
}
