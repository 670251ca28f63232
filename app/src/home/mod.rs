//! The home page.

pub mod api;
mod links;
pub mod page;
#[cfg(feature = "ssr")]
pub mod port;
mod tiles;
pub mod types;
pub mod yours;
