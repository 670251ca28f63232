//! What changes while a page is open: one event stream a tab, closed while the tab is hidden.
//! The server renders the same markup and follows nothing.

#[cfg(feature = "hydrate")]
mod stream;

use crate::prelude::*;
use crate::ui::icon::Icon;

/// Signals that move when something changed on the server.
#[derive(Clone, Copy)]
pub struct Live {
    /// Grows with every change of the catalog or of the visitor's stars; pages ask again when it
    /// does.
    pub catalog: RwSignal<u64>,
    /// Whether the stream is open, or closed on purpose.
    pub connected: RwSignal<bool>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            catalog: RwSignal::new(0),
            connected: RwSignal::new(true),
        }
    }
}

/// Provides [`Live`].
pub fn provide_live() {
    provide_context(Live::default());
}

/// In the browser, follows `/events`. It stands last, so that whoever sees the stream open knows
/// that everything else on the page is at work. Who may not read would be refused: that is not
/// being offline.
#[component]
pub fn Events() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if crate::boot::boot().can_read {
        stream::follow(use_live(), crate::stars::use_stars());
    }
}

/// The signals of this page.
#[must_use]
pub fn use_live() -> Live {
    use_context().unwrap_or_default()
}

/// Says so when the stream has been gone for some seconds, and disappears when it is back.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let live = use_live();
    let lost = move || {
        (!live.connected.get()).then(|| {
            view! {
                <div class="offline">
                    <Icon name="cloud"/>
                    <span><b>"Offline."</b>" You see the catalog as it was; reconnecting…"</span>
                </div>
            }
        })
    };
    view! { <div role="status" aria-live="polite">{move || lost()}</div> }
}
