//! What the portal does: configuration, HTTP, and the adapters behind the pages' ports.

pub mod check;
pub mod config;
pub mod home;
pub mod http;
pub mod logging;
pub mod serve;
