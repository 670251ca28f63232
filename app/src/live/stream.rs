//! The browser's side of `/events`.
//!
//! Events: `catalog` (the number of the change that the catalog has seen), `hello` (the number of
//! the latest change, after every connect), `star` (the visitor changed a star somewhere) and `bye`
//! (the session has ended).

use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use model::catalog::EntityRef;
use web_sys::{EventSource, MessageEvent};

use super::Live;
use crate::boot::boot;
use crate::identity::types::Starred;
use crate::reactive::effect;
use crate::stars::Stars;

/// How often the stream's state is looked at; two bad looks in a row are said.
const LOOK: Duration = Duration::from_millis(1500);
/// A stream that was refused is asked for again after this time.
const AGAIN: Duration = Duration::from_secs(5);

/// One tab's stream.
#[derive(Clone, Copy)]
struct Tab {
    live: Live,
    stars: Stars,
    /// The last change of the catalog that the page knows of.
    seen: StoredValue<u64>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    bad_looks: StoredValue<u32>,
}

/// An open stream and those who listen to it.
struct Stream {
    source: EventSource,
    listeners: Vec<Closure<dyn Fn(MessageEvent)>>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Follows `/events` while the tab is visible.
pub(super) fn follow(live: Live, stars: Stars) {
    let tab = Tab {
        live,
        stars,
        seen: StoredValue::new(boot().seq),
        stream: StoredValue::new_local(None),
        bad_looks: StoredValue::new(0),
    };
    effect(move || {
        tab.turn();
        let seen = window_event_listener(leptos::ev::visibilitychange, move |_| tab.turn());
        let looking = set_interval_with_handle(move || tab.look(), LOOK);
        on_cleanup(move || {
            seen.remove();
            if let Ok(looking) = looking {
                looking.clear();
            }
            tab.close();
        });
    });
}

impl Tab {
    /// Opens or closes the stream, as the tab is shown or hidden.
    fn turn(self) {
        if document().hidden() {
            self.close();
            self.bad_looks.set_value(0);
            self.live.connected.set(true);
        } else if self.stream.with_value(Option::is_none) {
            self.open();
        }
    }

    /// Dropping the stream closes it and ends its listeners.
    fn close(self) {
        let closed = self.stream.try_update_value(Option::take);
        drop(closed);
    }

    fn open(self) {
        let after = self.seen.get_value();
        let Ok(source) = EventSource::new(&format!("/events?after={after}")) else {
            return;
        };
        let mut stream = Stream {
            source,
            listeners: Vec::new(),
        };
        self.listen(&mut stream, "catalog", Self::moved);
        self.listen(&mut stream, "hello", Self::greeted);
        self.listen(&mut stream, "star", Self::starred);
        self.listen(&mut stream, "bye", Self::ended);
        self.stream.set_value(Some(stream));
    }

    fn listen(self, stream: &mut Stream, event: &str, act: fn(Self, &str)) {
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(text) = message.data().as_string() {
                act(self, &text);
            }
        });
        let function = listener.as_ref().unchecked_ref();
        let listens = stream
            .source
            .add_event_listener_with_callback(event, function);
        if listens.is_ok() {
            stream.listeners.push(listener);
        }
    }

    /// The catalog has changed; pages ask again.
    fn moved(self, seq: &str) {
        self.see(seq);
        self.live.catalog.update(|version| *version += 1);
    }

    /// Connected: what changed while there was no stream is asked for now.
    fn greeted(self, seq: &str) {
        if self.see(seq) {
            self.live.catalog.update(|version| *version += 1);
        }
    }

    /// Takes note of the catalog's number; whether it is news.
    fn see(self, seq: &str) -> bool {
        let (seq, seen) = (seq.parse().unwrap_or_default(), self.seen.get_value());
        self.seen.set_value(seen.max(seq));
        seq > seen
    }

    fn starred(self, text: &str) {
        if let Some(change) = starred(text) {
            self.stars.follow(&change);
        }
    }

    /// The session has ended: the page is somebody else's now.
    fn ended(self, _text: &str) {
        self.close();
        // The browser refuses only while the page is already being left.
        let _left = window().location().reload();
    }

    /// Whether the stream is open. One that was refused is asked for again; one that broke off is
    /// tried again by the browser itself.
    fn look(self) {
        if document().hidden() {
            return;
        }
        let state = self
            .stream
            .with_value(|stream| stream.as_ref().map(|stream| stream.source.ready_state()));
        let open = state == Some(EventSource::OPEN);
        let bad = if open {
            0
        } else {
            self.bad_looks.get_value().saturating_add(1)
        };
        self.bad_looks.set_value(bad);
        self.live.connected.set(bad < 2);
        let retry = u32::try_from(AGAIN.as_millis() / LOOK.as_millis()).unwrap_or(1);
        if matches!(state, None | Some(EventSource::CLOSED)) && bad % retry == 0 {
            self.close();
            self.open();
        }
    }
}

/// Reads a [`Starred`] from its JSON, as the browser does.
fn starred(text: &str) -> Option<Starred> {
    let change = js_sys::JSON::parse(text).ok()?;
    let field = |name: &str| js_sys::Reflect::get(&change, &name.into()).ok();
    Some(Starred {
        entity_ref: EntityRef::parse(&field("entity_ref")?.as_string()?).ok()?,
        on: field("on")?.as_bool()?,
    })
}
