//! What changes while a page is open: one event stream a tab, closed while the tab is hidden.

use leptos::prelude::*;

/// Signals that grow when something changed on the server.
#[derive(Clone, Copy)]
pub struct Live {
    /// Grows with every change of the catalog; pages ask again when it does.
    pub catalog: RwSignal<u64>,
}

/// Provides [`Live`] and, in the browser, follows `/events`.
pub fn provide_live() {
    let live = Live {
        catalog: RwSignal::new(0),
    };
    provide_context(live);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| follow(live));
}

/// The signals of this page.
#[must_use]
pub fn use_live() -> Live {
    use_context().unwrap_or_else(|| Live {
        catalog: RwSignal::new(0),
    })
}

#[cfg(feature = "hydrate")]
fn follow(live: Live) {
    use futures::{FutureExt, StreamExt};
    use gloo_net::eventsource::futures::EventSource;

    let hidden = RwSignal::new(document().hidden());
    let handle = window_event_listener(leptos::ev::visibilitychange, move |_| {
        hidden.set(document().hidden());
    });
    on_cleanup(move || handle.remove());
    Effect::new(move |_| {
        if hidden.get() {
            return;
        }
        let Ok(mut source) = EventSource::new("/events") else {
            return;
        };
        let Ok(mut changes) = source.subscribe("catalog") else {
            return;
        };
        let (stop, stopped) = futures::channel::oneshot::channel::<()>();
        leptos::task::spawn_local(async move {
            let mut stopped = stopped.fuse();
            loop {
                futures::select! {
                    _ = stopped => break,
                    event = changes.next().fuse() => match event {
                        Some(_) => live.catalog.update(|version| *version += 1),
                        None => break,
                    },
                }
            }
            source.close();
        });
        let stop = StoredValue::new_local(Some(stop));
        on_cleanup(move || {
            stop.update_value(|stop| {
                if let Some(stop) = stop.take() {
                    // The stream may have ended by itself.
                    let _ = stop.send(());
                }
            });
        });
    });
}
