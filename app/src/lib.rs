//! What people see: pages, components, server functions, and the ports through which they ask the server.

// Views nest deeply; the default limit is for ordinary code.
#![recursion_limit = "256"]
#![allow(
    clippy::needless_pass_by_value,
    reason = "a component owns its properties"
)]

pub mod app;
pub mod boot;
pub mod catalog;
pub mod clock;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod cookie;
pub mod error;
pub mod home;
pub mod identity;
pub mod live;
pub mod order;
pub mod palette;
#[cfg(feature = "ssr")]
pub mod policy;
pub mod preferences;
mod prelude;
pub mod question;
pub mod reactive;
#[cfg(feature = "ssr")]
pub mod redirect;
pub mod shell;
pub mod shortcuts;
#[cfg(feature = "ssr")]
pub mod site;
pub mod stars;
pub mod ui;
pub mod wire;

pub use app::App;
#[cfg(feature = "ssr")]
pub use app::shell;
