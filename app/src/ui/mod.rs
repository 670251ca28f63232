//! The design system: small components on native elements.

pub mod avatar;
pub mod badge;
pub mod copy;
pub mod empty;
pub mod error_view;
pub mod icon;
pub mod moment;
pub mod not_found;
pub mod reference;
pub mod star;
