//! The navigation as a rail: an attribute of the document, so that the first paint has it, kept
//! in a cookie that says nothing else.

use crate::prelude::*;
use crate::ui::icon::Icon;

const RAIL: &str = "perilune_nav=rail";

/// Whether this visitor has folded the navigation.
#[cfg(feature = "ssr")]
#[must_use]
pub fn is_rail() -> bool {
    says(RAIL)
}

/// Whether the visitor's cookies have this one.
#[cfg(feature = "ssr")]
pub(crate) fn says(cookie: &str) -> bool {
    let Some(parts) = use_context::<http::request::Parts>() else {
        return false;
    };
    let headers = parts.headers.get_all(http::header::COOKIE).iter();
    headers
        .filter_map(|header| header.to_str().ok())
        .any(|cookies| has(cookies, cookie))
}

/// Whether the visitor's cookies have this one.
#[cfg(not(feature = "ssr"))]
pub(crate) fn says(cookie: &str) -> bool {
    page().is_some_and(|page| page.cookie().is_ok_and(|cookies| has(&cookies, cookie)))
}

fn has(cookies: &str, cookie: &str) -> bool {
    cookies.split(';').any(|one| one.trim() == cookie)
}

/// Keeps a cookie for a year, or drops it. A browser without cookies forgets it with the page.
#[cfg(feature = "hydrate")]
pub(crate) fn keep(cookie: &str, on: bool) {
    let age = if on { 31_536_000 } else { 0 };
    if let Some(page) = page() {
        let _kept = page.set_cookie(&format!("{cookie}; Path=/; SameSite=Lax; Max-Age={age}"));
    }
}

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn keep(_cookie: &str, _on: bool) {}

#[cfg(any(feature = "hydrate", not(feature = "ssr")))]
fn page() -> Option<leptos::web_sys::HtmlDocument> {
    use leptos::wasm_bindgen::JsCast;
    document().dyn_into().ok()
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
    let Some(root) = document().document_element() else {
        return;
    };
    let rail = root.get_attribute("data-nav").as_deref() != Some("rail");
    let changed = if rail {
        root.set_attribute("data-nav", "rail")
    } else {
        root.remove_attribute("data-nav")
    };
    if changed.is_ok() {
        keep(RAIL, rail);
    }
}

#[cfg(not(feature = "hydrate"))]
fn toggle() {}
