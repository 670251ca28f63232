//! The design system: small components on native elements.

pub mod avatar;
pub mod badge;
pub mod brand;
pub mod copy;
pub mod document;
pub mod dropdown;
pub mod empty;
pub mod error_view;
pub mod head;
pub mod icon;
pub mod moment;
pub mod not_found;
pub mod note;
pub mod path;
pub mod reference;
pub mod star;
pub mod toast;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
