//! Back and Forward lead to where one was on a page. The browser would go there before the page's
//! content has come, so each entry of the history keeps its own place: the number in its state.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// The place is written this long after the page began to move.
const PAUSE: Duration = Duration::from_millis(100);
/// A page that has not come after this time is read from its top.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is known of the places.
#[derive(Clone, Copy)]
pub(super) struct Scroll {
    /// Where Back or Forward leads to, until the visitor does something else.
    back: StoredValue<Option<f64>>,
    writing: StoredValue<bool>,
}

impl Scroll {
    pub(super) fn new() -> Self {
        Self {
            back: StoredValue::new(None),
            writing: StoredValue::new(false),
        }
    }

    /// Follows the window.
    pub(super) fn follow(self) {
        restored_by("manual");
        let moved = window_event_listener(ev::scroll, move |_| self.keep_soon());
        let gone = window_event_listener(ev::popstate, move |_| self.turn());
        // A page that is loaded anew is not ours to move.
        let left = window_event_listener(ev::pagehide, |_| restored_by("auto"));
        let acts = (
            window_event_listener(ev::wheel, move |_| self.forget()),
            window_event_listener(ev::mousedown, move |_| self.forget()),
            window_event_listener(ev::touchstart, move |_| self.forget()),
            window_event_listener(ev::keydown, move |_| self.forget()),
        );
        on_cleanup(move || {
            acts.0.remove();
            acts.1.remove();
            acts.2.remove();
            acts.3.remove();
            moved.remove();
            gone.remove();
            left.remove();
        });
    }

    fn keep_soon(self) {
        if !self.writing.get_value() {
            self.writing.set_value(true);
            set_timeout(move || self.keep(), PAUSE);
        }
    }

    fn keep(self) {
        self.writing.set_value(false);
        if self.back.with_value(Option::is_some) {
            return;
        }
        if let (Ok(history), Ok(down)) = (window().history(), window().scroll_y()) {
            // A browser that is asked too often keeps the place before.
            let _kept = history.replace_state_with_url(&JsValue::from_f64(down), "", None);
            restored_by("manual");
        }
    }

    /// Back or Forward was pressed.
    fn turn(self) {
        let state = window().history().and_then(|history| history.state());
        let down = state.ok().and_then(|state| state.as_f64());
        self.back.set_value(Some(down.unwrap_or_default()));
        set_timeout(move || self.forget(), PATIENCE);
    }

    fn forget(self) {
        self.back.set_value(None);
    }

    /// A page is built; if it has its content, this is the time to go to its place. The page before
    /// may be built once more for the new address, so the place is kept for the next.
    /// The row of the page that one comes from has the focus again.
    pub(super) fn arrive(self, from: Option<String>) {
        if find("main .late").is_some() {
            return;
        }
        if let Some(down) = self.back.get_value() {
            window().scroll_to_with_x_and_y(0.0, down);
            let row = from.and_then(|path| find(&format!("main .rowlink[href=\"{path}\"]")));
            if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
                super::arrival::focus(&row);
            }
        }
    }
}

fn find(selector: &str) -> Option<web_sys::Element> {
    document().query_selector(selector).ok().flatten()
}

/// Who moves the page on Back: the browser (`auto`) or we (`manual`).
fn restored_by(whom: &str) {
    if let Ok(history) = window().history() {
        // A browser that does not know this moves the page itself.
        let _set = js_sys::Reflect::set(&history, &"scrollRestoration".into(), &whom.into());
    }
}
