//! The hosts that hold sources: which of them may be read, and how. GitHub is spoken to by its
//! API, everything else by plain HTTP. It knows nothing of entities.

mod allow;
mod config;
mod error;
pub mod github;
mod people;
mod reader;
mod secret;
pub mod section;
mod site;
mod space;
mod web;

pub use allow::Allowed;
pub use config::{Integrations, duration};
pub use error::ReadError;
pub use github::{
    GitHub, GitHubApp, GitHubIntegration, Limit, Organization, Repository, Visibility,
};
pub use reader::{Answer, Commit, Content, NoReader, UrlReader};
pub use secret::Secret;
pub use web::Readers;
