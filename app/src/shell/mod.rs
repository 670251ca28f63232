//! What surrounds every page: navigation, top bar, breadcrumb.

pub mod frame;
pub mod nav;

pub use frame::{Crumb, PageFrame};
pub use nav::{Nav, NavSheet};
