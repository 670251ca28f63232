//! What people see: pages, components, server functions, and the ports through which they ask the server.

// Views nest deeply; the default limit is for ordinary code.
#![recursion_limit = "256"]

pub mod app;
pub mod boot;
pub mod catalog;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod cookie;
pub mod error;
pub mod home;
pub mod identity;
#[cfg(feature = "ssr")]
pub mod redirect;

pub use app::App;
#[cfg(feature = "ssr")]
pub use app::shell;
