//! Light or dark: a form post that WebAssembly makes instant.

use leptos::server_fn::ServerFn;

use crate::identity::api::SaveSettings;
use crate::preferences::{other, use_preferences};
use crate::prelude::*;
use crate::ui::icon::Icon;

/// The button in the top bar.
#[component]
pub fn ThemeToggle() -> impl IntoView {
    let preferences = use_preferences();
    view! {
        <form
            class="only-wide"
            method="post"
            action=SaveSettings::PATH
            on:submit=move |event| {
                event.prevent_default();
                preferences.toggle_theme();
            }
        >
            <input type="hidden" name="theme" value=move || next_without_script(preferences)/>
            <input type="hidden" name="time_zone" value=move || preferences.get().time_zone/>
            <input type="hidden" name="shortcuts" value=move || preferences.get().shortcuts.to_string()/>
            <button type="submit" class="iconbtn iconbtn--md" aria-label="Switch theme" title="Switch theme">
                <Icon name="moon"/>
            </button>
        </form>
    }
}

/// What the form posts; the first render has to be the same on both sides, so it does not look
/// at the screen.
fn next_without_script(preferences: crate::preferences::Preferences) -> &'static str {
    use crate::identity::types::Theme;
    match preferences.get().theme {
        Theme::System => Theme::Dark.as_str(),
        chosen => other(chosen).as_str(),
    }
}
