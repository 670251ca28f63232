//! From a key to what it does.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{PLACES, rows};
use crate::palette::{Palette, use_palette};
use crate::preferences::{Preferences, use_preferences};
use crate::reactive::effect;

/// After `g`, a letter has to follow within this time, in milliseconds.
const WAIT: f64 = 1500.0;

/// What the keys act with.
#[derive(Clone, Copy)]
struct Keys {
    palette: Palette,
    preferences: Preferences,
    sheet: NodeRef<html::Dialog>,
    /// When `g` was pressed.
    going: StoredValue<Option<f64>>,
}

/// Listens to the window's keys for as long as the application lives.
pub(super) fn listen(sheet: NodeRef<html::Dialog>) {
    let keys = Keys {
        palette: use_palette(),
        preferences: use_preferences(),
        sheet,
        going: StoredValue::new(None),
    };
    let navigate = use_navigate();
    effect(move || {
        let navigate = navigate.clone();
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            let place = keys.press(&event);
            if let Some(href) = place {
                navigate(href, NavigateOptions::default());
            }
        });
        on_cleanup(move || handle.remove());
    });
}

impl Keys {
    /// Acts on a key; gives the page that it leads to, if it does.
    fn press(self, event: &KeyboardEvent) -> Option<&'static str> {
        let key = event.key();
        if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("k") {
            event.prevent_default();
            self.palette.open();
            return None;
        }
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified || event.default_prevented() || !self.preferences.shortcuts() || is_busy(event)
        {
            return None;
        }
        if self.is_going() {
            let place = PLACES.iter().find(|(letter, _, _)| *letter == key);
            if place.is_some() {
                event.prevent_default();
            }
            return place.map(|(_, _, href)| *href);
        }
        if self.act(&key) {
            event.prevent_default();
        }
        None
    }

    /// Whether `g` was pressed just before; once only.
    fn is_going(self) -> bool {
        let pressed = self.going.try_update_value(Option::take).flatten();
        pressed.is_some_and(|at| js_sys::Date::now() - at < WAIT)
    }

    /// Whether the key did something.
    fn act(self, key: &str) -> bool {
        match key {
            "g" => self.going.set_value(Some(js_sys::Date::now())),
            "?" => return self.show_sheet(),
            "/" if focus("[data-page-filter]") => {}
            "/" => self.palette.open(),
            "j" => return rows::step(1),
            "k" => return rows::step(-1),
            "o" => return rows::open(),
            "s" => return rows::press(&[".star"]),
            "e" => return rows::press(&["[data-edit]", "[data-source]"]),
            _ => return false,
        }
        true
    }

    fn show_sheet(self) -> bool {
        let sheet = self.sheet.get_untracked();
        sheet.is_some_and(|sheet| sheet.show_modal().is_ok())
    }
}

/// Whether the key belongs to a field or a dialog.
fn is_busy(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let typing = target.is_some_and(|element| {
        element.is_content_editable()
            || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                && !matches!(
                    element.get_attribute("type").as_deref(),
                    Some("checkbox" | "radio")
                )
    });
    typing || find("dialog[open]").is_some()
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn focus(selector: &str) -> bool {
    let element = find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}
