//! The navigation as a rail: an attribute of the document, so that the first paint has it, kept
//! in a cookie that says nothing else.

use crate::prelude::*;
use crate::ui::icon::Icon;

#[cfg(feature = "ssr")]
const COOKIE: &str = "perilune_nav=rail";

/// Whether this visitor has folded the navigation.
#[cfg(feature = "ssr")]
#[must_use]
pub fn is_rail() -> bool {
    let Some(parts) = use_context::<http::request::Parts>() else {
        return false;
    };
    let cookies = parts.headers.get_all(http::header::COOKIE);
    cookies
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .any(|cookie| cookie.trim() == COOKIE)
}

/// Folds and unfolds the navigation; hidden where scripts do not run.
#[component]
pub fn RailToggle() -> impl IntoView {
    view! {
        <button type="button" class="iconbtn nav__fold js-only" aria-label="Fold or unfold the navigation" title="Fold or unfold the navigation" on:click=|_| toggle()>
            <Icon name="sidebar"/>
        </button>
    }
}

#[cfg(feature = "hydrate")]
fn toggle() {
    use wasm_bindgen::JsCast;
    let Some(root) = document().document_element() else {
        return;
    };
    let rail = root.get_attribute("data-nav").as_deref() != Some("rail");
    let changed = if rail {
        root.set_attribute("data-nav", "rail")
    } else {
        root.remove_attribute("data-nav")
    };
    let (word, age) = if rail { ("rail", 31_536_000) } else { ("", 0) };
    let cookie = format!("perilune_nav={word}; Path=/; SameSite=Lax; Max-Age={age}");
    if changed.is_ok()
        && let Ok(page) = document().dyn_into::<web_sys::HtmlDocument>()
    {
        // A browser without cookies folds for this page only.
        let _kept = page.set_cookie(&cookie);
    }
}

#[cfg(not(feature = "hydrate"))]
fn toggle() {}
