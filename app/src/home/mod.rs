//! The home page.

pub mod api;
#[cfg(feature = "ssr")]
pub mod port;
pub mod types;
