//! The home page.

pub mod api;
pub mod page;
#[cfg(feature = "ssr")]
pub mod port;
pub mod types;
