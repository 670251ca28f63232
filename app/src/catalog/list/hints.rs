//! The keys that act on the list, at its foot; absent where they are switched off.

use crate::preferences::use_preferences;
use crate::prelude::*;
use crate::ui::icon::Icon;

/// The bar; only a script listens to keys.
pub(super) fn hints() -> AnyView {
    if !use_preferences().shortcuts() {
        return ().into_any();
    }
    view! {
        <div class="hints js-only" aria-label="Keyboard hints" role="note">
            <span><kbd class="kbd">"J"</kbd><kbd class="kbd">"K"</kbd>" move"</span>
            <span><kbd class="kbd"><Icon name="enter"/></kbd>" open"</span>
            <span><kbd class="kbd">"S"</kbd>" star"</span>
            <span><kbd class="kbd">"E"</kbd>" edit source"</span>
            <span><kbd class="kbd">"/"</kbd>" filter"</span>
            <span class="push"><kbd class="kbd">"?"</kbd>" all shortcuts"</span>
        </div>
    }
}
