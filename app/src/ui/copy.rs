//! Copies a text to the clipboard.

use leptos::prelude::*;

use super::icon::Icon;

/// A button that copies; it says so when it has.
#[component]
pub fn CopyButton(
    /// What is copied.
    text: String,
    /// What the button does, in words.
    label: &'static str,
) -> impl IntoView {
    let done = RwSignal::new(false);
    let name = move || if done.get() { "Copied" } else { label };
    let icon = move || {
        let name = if done.get() { "check" } else { "copy" };
        view! { <Icon name/> }
    };
    view! {
        <button type="button" class="iconbtn" aria-label=name title=name on:click=move |_| done.set(write(&text))>
            {icon}
        </button>
    }
}

/// Puts a text on the clipboard; whether the browser could be asked to.
#[cfg(feature = "hydrate")]
#[must_use]
pub fn write(text: &str) -> bool {
    // The promise fails only where the page has no permission; the text is then still on screen.
    drop(window().navigator().clipboard().write_text(text));
    true
}

/// The server has no clipboard.
#[cfg(not(feature = "hydrate"))]
#[must_use]
pub fn write(_text: &str) -> bool {
    false
}
