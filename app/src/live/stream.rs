//! The browser's side of `/events`.
//!
//! Events: `catalog` (the number of the change that the catalog has seen), `hello` (the number of
//! the latest change, after every connect), `star` (the visitor changed a star somewhere) and `bye`
//! (the session has ended).

use std::time::Duration;

use futures::StreamExt;
use gloo_net::eventsource::State;
use gloo_net::eventsource::futures::{EventSource, EventSourceSubscription};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use model::catalog::EntityRef;
use wasm_bindgen::JsCast;

use super::Live;
use crate::boot::boot;
use crate::identity::api::{SignInAsGuest, SignOut};
use crate::identity::types::Starred;
use crate::reactive::effect;
use crate::stars::Stars;

/// How often the stream's state is looked at; two bad looks in a row are said.
const LOOK: Duration = Duration::from_secs(1);
/// A stream that was refused is asked for again after this time.
const AGAIN: Duration = Duration::from_secs(5);

/// One tab's stream.
#[derive(Clone, Copy)]
struct Tab {
    live: Live,
    stars: Stars,
    /// The last change of the catalog that the page knows of.
    seen: StoredValue<u64>,
    source: StoredValue<Option<EventSource>, LocalStorage>,
    bad_looks: StoredValue<u32>,
}

/// Follows `/events` while the tab is visible.
pub(super) fn follow(live: Live, stars: Stars) {
    let tab = Tab {
        live,
        stars,
        seen: StoredValue::new(boot().seq),
        source: StoredValue::new_local(None),
        bad_looks: StoredValue::new(0),
    };
    effect(move || {
        tab.turn();
        let seen = window_event_listener(leptos::ev::visibilitychange, move |_| tab.turn());
        let left = window_event_listener(leptos::ev::submit, move |event| tab.leave(&event));
        let looking = set_interval_with_handle(move || tab.look(), LOOK);
        on_cleanup(move || {
            seen.remove();
            left.remove();
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
        } else if self.source.with_value(Option::is_none) {
            self.open();
        }
    }

    /// Dropping the source closes it and ends its subscriptions.
    fn close(self) {
        let closed = self.source.try_update_value(Option::take);
        drop(closed);
    }

    /// A form that ends this session leads to a page of its own: the `bye` that it causes is for the
    /// other tabs. Where it fails, the next looks open the stream again.
    fn leave(self, event: &SubmitEvent) {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let action = form.and_then(|form| form.get_attribute("action"));
        if action.is_some_and(|action| action == SignOut::PATH || action == SignInAsGuest::PATH) {
            self.close();
            self.bad_looks.set_value(0);
        }
    }

    fn open(self) {
        let after = self.seen.get_value();
        let Ok(mut source) = EventSource::new(&format!("/events?after={after}")) else {
            return;
        };
        self.listen(&mut source, "catalog", Self::moved);
        self.listen(&mut source, "hello", Self::greeted);
        self.listen(&mut source, "star", Self::starred);
        self.listen(&mut source, "bye", Self::ended);
        self.source.set_value(Some(source));
    }

    fn listen(self, source: &mut EventSource, event: &'static str, act: fn(Self, &str)) {
        if let Ok(events) = source.subscribe(event) {
            spawn_local(self.each(events, act));
        }
    }

    async fn each(self, mut events: EventSourceSubscription, act: fn(Self, &str)) {
        while let Some(Ok((_, message))) = events.next().await {
            if let Some(text) = message.data().as_string() {
                act(self, &text);
            }
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
            .source
            .with_value(|source| source.as_ref().map(EventSource::state));
        let open = matches!(state, Some(State::Open));
        let bad = if open {
            0
        } else {
            self.bad_looks.get_value().saturating_add(1)
        };
        self.bad_looks.set_value(bad);
        self.live.connected.set(bad < 2);
        let retry = u32::try_from(AGAIN.as_millis() / LOOK.as_millis()).unwrap_or(1);
        if matches!(state, None | Some(State::Closed)) && bad % retry == 0 {
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
