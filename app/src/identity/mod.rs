//! Who is looking: sign-in, stars, settings, recent visits.

pub mod api;
#[cfg(feature = "ssr")]
pub mod port;
pub mod settings;
pub mod sign_in;
pub mod types;
