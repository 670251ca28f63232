//! The files of the site: scripts, styles, fonts. A release carries them; other builds read them
//! from where they were built. What is no file is a page that says so.

mod embedded;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::context::Ports;
use app::site::SiteFiles;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::routing::get;
use leptos::config::LeptosOptions;
use tower_http::services::ServeDir;

use self::embedded::Embedded;
#[cfg(feature = "embed-site")]
use self::embedded::EmbeddedFile;
use super::{pages, policy, slash};
use crate::config::Config;
use crate::identity::{Knowledge, Sessions, identify};

#[cfg(feature = "embed-site")]
include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// A built site.
#[derive(Debug, Clone)]
pub struct Site {
    place: Place,
    /// What a page loads of it.
    pub(super) files: SiteFiles,
}

#[derive(Debug, Clone)]
enum Place {
    #[cfg_attr(
        not(feature = "embed-site"),
        expect(dead_code, reason = "what a release has")
    )]
    Executable(Embedded),
    Folder(PathBuf),
}

impl Site {
    /// The one that belongs to this executable.
    #[must_use]
    pub fn own() -> Self {
        #[cfg(feature = "embed-site")]
        let site = Self {
            place: Place::Executable(Embedded(FILES)),
            files: SiteFiles::hashed(HASHES),
        };
        #[cfg(not(feature = "embed-site"))]
        let site = Self::built();
        site
    }

    /// The one in a folder, without hashes in its names.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Self {
        Self {
            place: Place::Folder(folder.to_owned()),
            files: SiteFiles::default(),
        }
    }

    /// Beside the executable, or in `target/site` when run from the checkout. Whether names of
    /// scripts and styles carry hashes is said in a file beside the executable.
    #[cfg(not(feature = "embed-site"))]
    fn built() -> Self {
        let executable = std::env::current_exe().unwrap_or_default();
        let folder = executable.parent().map(PathBuf::from).unwrap_or_default();
        let site = [folder.join("site"), folder.join("../site")]
            .into_iter()
            .find(|candidate| candidate.is_dir())
            .unwrap_or_else(|| PathBuf::from("target/site"));
        let hashes = std::fs::read_to_string(folder.join("hash.txt"));
        Self {
            files: hashes.map_or_else(|_| SiteFiles::default(), |text| SiteFiles::hashed(&text)),
            ..Self::of_folder(&site)
        }
    }
}

/// What answers where no route does. A file needs no visitor and is found first.
pub(super) fn files(
    options: &LeptosOptions,
    site: &Site,
    ports: Ports,
    known: Arc<Knowledge>,
    sessions: Sessions,
) -> Router {
    let missing = get(pages::show)
        .with_state(pages::missing(options, &site.files, ports, known))
        .layer(from_fn_with_state(sessions, identify))
        .layer(from_fn(slash::without));
    let router = match &site.place {
        Place::Folder(folder) => {
            let files = ServeDir::new(folder)
                .append_index_html_on_directories(false)
                .precompressed_br()
                .precompressed_gzip()
                .fallback(missing);
            Router::new().fallback_service(files)
        }
        Place::Executable(files) => {
            let files = *files;
            let carried = move |request: Request, next: Next| async move {
                match files.answer(&request) {
                    Some(file) => file,
                    None => next.run(request).await,
                }
            };
            Router::new()
                .fallback_service(missing)
                .layer(from_fn(carried))
        }
    };
    router.layer(from_fn(policy::files))
}

pub(super) fn options(config: &Config) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("perilune")
        .site_pkg_dir("pkg")
        .site_addr(config.listen)
        .build()
}
