//! What every page knows before it asks anything: the visitor, the portal's names, the stars.
//! The server puts it into the document; the browser reads it from there, so both render the same.

use std::sync::Arc;

use leptos::prelude::{provide_context, use_context};
use model::catalog::page::RefLabel;
use serde::{Deserialize, Serialize};

use crate::identity::types::{EntityCard, Settings};
use crate::wire;

/// The id of the `<script type="text/plain">` element.
pub const ELEMENT_ID: &str = "boot";

/// What every page knows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Boot {
    /// `app.title`.
    pub title: String,
    /// `organization.name`.
    pub organization: String,
    /// The signed-in user.
    pub user: Option<BootUser>,
    /// Whether there is a way to sign in.
    pub can_sign_in: bool,
    /// Whether the visitor may read the catalog, and so follow it.
    pub can_read: bool,
    /// The visitor's stars, by display name.
    pub starred: Vec<EntityCard>,
    /// What the visitor has set.
    pub settings: Settings,
    /// How many errors the catalog has, for the navigation.
    pub problems: u32,
    /// Where the change feed stood when the page was rendered.
    pub seq: u64,
}

/// The signed-in user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BootUser {
    /// Name and link.
    pub user: RefLabel,
    /// Their direct groups.
    pub groups: Vec<RefLabel>,
}

/// What this page knows, read once: the application provides it to its pages.
#[derive(Clone)]
struct Known(Arc<Boot>);

/// Provides what this page knows, so that nobody reads it again.
pub fn provide_boot() -> Arc<Boot> {
    let boot = Arc::new(read());
    provide_context(Known(Arc::clone(&boot)));
    boot
}

/// What this page knows.
#[must_use]
pub fn boot() -> Arc<Boot> {
    use_context::<Known>().map_or_else(|| Arc::new(read()), |known| known.0)
}

/// On the server from the request, in the browser from the document.
#[cfg(feature = "ssr")]
fn read() -> Boot {
    use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Arc<Boot>>().cloned())
        .map(|boot| (*boot).clone())
        .unwrap_or_default()
}

/// On the server from the request, in the browser from the document.
#[cfg(not(feature = "ssr"))]
fn read() -> Boot {
    leptos::prelude::document()
        .get_element_by_id(ELEMENT_ID)
        .and_then(|element| element.text_content())
        .and_then(|text| wire::decode(&wire::from_text(&text)).ok())
        .unwrap_or_default()
}

/// What the document carries.
#[cfg(feature = "ssr")]
#[must_use]
pub fn to_script(boot: &Boot) -> String {
    wire::to_text(&wire::encode(boot).unwrap_or_default())
}
