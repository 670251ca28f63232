//! GitHub: github.com and GitHub Enterprise Server, by their REST interface.

mod client;
mod credentials;
mod files;
mod limits;
mod people;
mod repositories;

use octocrab::models::AppId;
use url::Url;

use crate::Secret;

pub use client::GitHub;
pub use limits::Limit;
pub(crate) use limits::after;
pub use people::{Organization, Person, Team};
pub use repositories::{Repository, Visibility};

/// How the portal introduces itself; GitHub refuses whoever does not.
pub(crate) const AGENT: &str = concat!("perilune/", env!("CARGO_PKG_VERSION"));

/// One entry of `integrations.github`.
#[derive(Debug, Clone)]
pub struct GitHubIntegration {
    /// `github.com`, or the host of an Enterprise Server.
    pub host: String,
    /// `https://api.github.com`, or `https://host/api/v3`.
    pub api: Url,
    /// A personal or fine-grained token.
    pub token: Option<Secret>,
    /// Apps, in the order in which they are tried for an owner.
    pub apps: Vec<GitHubApp>,
}

/// A GitHub App that the portal is.
#[derive(Debug, Clone)]
pub struct GitHubApp {
    /// Its number.
    pub id: AppId,
    /// Its private key, in PEM.
    pub private_key: Secret,
    /// The only owners whose installation is used, if not all are.
    pub owners: Option<Vec<String>>,
    /// What its webhooks are signed with.
    pub webhook_secret: Option<Secret>,
}
