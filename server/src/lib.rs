//! What the portal does: configuration, HTTP, and the adapters behind the pages' ports.

mod authz;
pub mod catalog;
pub mod check;
pub mod config;
pub mod error;
pub mod home;
pub mod http;
pub mod identity;
pub mod logging;
pub mod serve;
