//! What the visitor has set, as the open page follows it.

pub mod zones;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::boot::boot;
use crate::identity::api::save_settings;
use crate::identity::types::{Settings, Theme};
use crate::reactive::memo;
use crate::ui::toast::{Toasts, use_toasts};

/// The visitor's settings.
#[derive(Clone, Copy)]
pub struct Preferences {
    settings: RwSignal<Settings>,
    toasts: Toasts,
}

/// Provides the settings; after the boot and the toasts.
pub fn provide_preferences() -> Preferences {
    let preferences = Preferences {
        settings: RwSignal::new(boot().settings.clone()),
        toasts: use_toasts(),
    };
    provide_context(preferences);
    preferences
}

/// The visitor's settings.
#[must_use]
pub fn use_preferences() -> Preferences {
    use_context().unwrap_or_else(provide_preferences)
}

impl Preferences {
    /// All of them, followed by whoever asks.
    #[must_use]
    pub fn get(self) -> Settings {
        self.settings.get()
    }

    /// All of them, as they are now.
    #[must_use]
    pub fn now(self) -> Settings {
        self.settings.get_untracked()
    }

    /// `utc`, an IANA name, or empty for the browser's own zone.
    #[must_use]
    pub fn zone(self) -> Memo<String> {
        memo(move || self.settings.with(|settings| settings.time_zone.clone()))
    }

    /// Whether single keys act.
    #[must_use]
    pub fn shortcuts(self) -> bool {
        self.settings.with_untracked(|settings| settings.shortcuts)
    }

    /// Shows the other of light and dark, and stores it.
    pub fn toggle_theme(self) {
        let theme = other(self.settings.with_untracked(|settings| settings.theme));
        let settings = Settings {
            theme,
            ..self.now()
        };
        self.save(settings, false);
    }

    /// Takes settings over at once and stores them; says so when asked to.
    pub fn save(self, settings: Settings, aloud: bool) {
        show_theme(settings.theme);
        self.settings.set(settings.clone());
        spawn_local(async move {
            let theme = settings.theme.as_str().to_owned();
            match save_settings(theme, settings.time_zone, settings.shortcuts).await {
                Ok(()) if aloud => self.toasts.done("Saved"),
                Ok(()) => {}
                Err(error) => {
                    let text = format!("They hold for this page only: {error}.");
                    self.toasts.failed("Settings were not saved", text, None);
                }
            }
        });
    }
}

/// The other theme, judged by what is on screen.
#[must_use]
pub fn other(theme: Theme) -> Theme {
    let dark = match theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => system_is_dark(),
    };
    if dark { Theme::Light } else { Theme::Dark }
}

#[cfg(feature = "hydrate")]
fn system_is_dark() -> bool {
    let query = window().match_media("(prefers-color-scheme: dark)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// The server cannot know; it offers the dark theme.
#[cfg(not(feature = "hydrate"))]
fn system_is_dark() -> bool {
    false
}

/// Sets the theme of the open page.
fn show_theme(theme: Theme) {
    let Some(root) = document_element() else {
        return;
    };
    // Both fail only for names that are not valid, and this one is.
    let _changed = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.as_str()),
    };
}

#[cfg(feature = "hydrate")]
fn document_element() -> Option<leptos::web_sys::Element> {
    document().document_element()
}

#[cfg(not(feature = "hydrate"))]
fn document_element() -> Option<leptos::web_sys::Element> {
    None
}
