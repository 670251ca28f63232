//! Copies a text to the clipboard.

use super::icon::Icon;
use crate::prelude::*;

/// A button that copies and says so for two seconds. Hidden where scripts do not run.
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
    let copy = move |_| {
        if write(&text) {
            done.set(true);
            set_timeout(
                move || {
                    // The page may be gone by then.
                    let _gone = done.try_set(false);
                },
                std::time::Duration::from_secs(2),
            );
        }
    };
    view! {
        <button type="button" class="iconbtn js-only" aria-label=name title=name on:click=copy>
            {move || icon()}
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
