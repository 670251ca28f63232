//! What surrounds every page: navigation, top bar, breadcrumb, announcements.

pub mod account;
pub mod arrival;
pub mod frame;
pub mod here;
pub mod nav;
pub mod rail;
#[cfg(feature = "hydrate")]
mod scroll;
pub mod theme;
pub mod topbar;

pub(crate) use account::SIGN_OUT;
pub use arrival::{Announcer, LoadingBar};
pub use frame::{Crumb, PageFrame};
pub use nav::Nav;
#[cfg(feature = "ssr")]
pub use rail::is_rail;
