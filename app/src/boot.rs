//! What every page knows before it asks anything: the visitor, the portal's names, the stars.
//! The server puts it into the document as JSON; the browser reads it from there, so both render the same.

use model::catalog::EntityRef;
use model::catalog::page::RefLabel;
use serde::{Deserialize, Serialize};

use crate::identity::types::{EntityCard, Settings};

/// The id of the `<script type="application/json">` element.
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

impl Boot {
    /// The stars as references.
    #[must_use]
    pub fn starred_refs(&self) -> Vec<EntityRef> {
        self.starred
            .iter()
            .map(|card| card.entity.entity_ref.clone())
            .collect()
    }
}

/// What this page knows. On the server from the request, in the browser from the document.
#[cfg(feature = "ssr")]
#[must_use]
pub fn boot() -> Boot {
    leptos::prelude::use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<std::sync::Arc<Boot>>().cloned())
        .map(|boot| (*boot).clone())
        .unwrap_or_default()
}

/// What this page knows. On the server from the request, in the browser from the document.
#[cfg(not(feature = "ssr"))]
#[must_use]
pub fn boot() -> Boot {
    leptos::prelude::document()
        .get_element_by_id(ELEMENT_ID)
        .and_then(|element| element.text_content())
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// The JSON for the document; `<` cannot end the element early.
#[cfg(feature = "ssr")]
#[must_use]
pub fn to_script(boot: &Boot) -> String {
    serde_json::to_string(boot)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}

/// The visitor's stars, as the page shows them: at once, and rolled back if the server refuses.
#[derive(Clone, Copy)]
pub struct Stars {
    set: leptos::prelude::RwSignal<std::collections::BTreeSet<EntityRef>>,
    /// Whether there is somebody to have stars.
    pub signed_in: bool,
}

/// Provides the visitor's stars to the page.
pub fn provide_stars() {
    let boot = boot();
    leptos::prelude::provide_context(Stars {
        set: leptos::prelude::RwSignal::new(boot.starred_refs().into_iter().collect()),
        signed_in: boot.user.is_some(),
    });
}

/// The visitor's stars.
#[must_use]
pub fn use_stars() -> Stars {
    leptos::prelude::use_context().unwrap_or_else(|| Stars {
        set: leptos::prelude::RwSignal::new(std::collections::BTreeSet::new()),
        signed_in: false,
    })
}

impl Stars {
    /// Whether an entity is starred.
    #[must_use]
    pub fn has(&self, entity_ref: &EntityRef) -> bool {
        use leptos::prelude::With;
        self.set.with(|set| set.contains(entity_ref))
    }

    /// Shows the other state after the form has been sent with the present one.
    pub fn expect(self, entity_ref: &EntityRef) {
        let entity_ref = entity_ref.clone();
        leptos::prelude::request_animation_frame(move || self.toggle(&entity_ref));
    }

    /// Takes a refused change back.
    pub fn follow(
        self,
        action: leptos::prelude::ServerAction<crate::identity::api::SetStar>,
        entity_ref: EntityRef,
    ) {
        use leptos::prelude::{Effect, Get};
        Effect::new(move |_| {
            if let Some(Err(_)) = action.value().get() {
                self.toggle(&entity_ref);
            }
        });
    }

    fn toggle(self, entity_ref: &EntityRef) {
        use leptos::prelude::Update;
        self.set.update(|set| {
            if !set.remove(entity_ref) {
                set.insert(entity_ref.clone());
            }
        });
    }
}
