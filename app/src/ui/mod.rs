//! The design system: small components on native elements.

pub mod icon;
pub mod not_found;

pub use icon::Icon;
pub use not_found::NotFound;
