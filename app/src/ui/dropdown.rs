//! What a `details` element lacks as a menu: Escape and leaving close it. Without a script its
//! summary does.

use leptos::ev::{FocusEvent, KeyboardEvent};

/// For `on:keydown` of a `details`: Escape closes it, and its summary has the focus again.
#[cfg(feature = "hydrate")]
pub fn close_on_escape(event: KeyboardEvent) {
    use leptos::wasm_bindgen::JsCast;
    if event.key() != "Escape" {
        return;
    }
    if let Some(details) = details(&event).filter(web_sys::HtmlDetailsElement::open) {
        details.set_open(false);
        event.stop_propagation();
        let summary = details.query_selector("summary").ok().flatten();
        let summary = summary.and_then(|summary| summary.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(summary) = summary {
            // An element that cannot take the focus leaves it where it is.
            let _focused = summary.focus();
        }
    }
}

/// For `on:focusout` of a `details`: it closes when the focus goes elsewhere.
#[cfg(feature = "hydrate")]
pub fn close_on_leave(event: FocusEvent) {
    use leptos::wasm_bindgen::JsCast;
    let to = event
        .related_target()
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    if let Some(details) = details(&event)
        && !details.contains(to.as_ref())
    {
        details.set_open(false);
    }
}

/// For `on:click` of what stands in a `details`: closes it.
#[cfg(feature = "hydrate")]
pub fn close(event: leptos::ev::MouseEvent) {
    use leptos::wasm_bindgen::JsCast;
    let details = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("details").ok().flatten());
    if let Some(details) = details {
        // An attribute of this name cannot be refused.
        let _closed = details.remove_attribute("open");
    }
}

#[cfg(feature = "hydrate")]
fn details(event: &leptos::ev::Event) -> Option<web_sys::HtmlDetailsElement> {
    use leptos::wasm_bindgen::JsCast;
    event.current_target()?.dyn_into().ok()
}

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
pub fn close_on_escape(_event: KeyboardEvent) {}

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
pub fn close_on_leave(_event: FocusEvent) {}

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
pub fn close(_event: leptos::ev::MouseEvent) {}
