//! The mark of the portal: an orbit and its nearest point.

use crate::prelude::*;

/// The mark in the colour of its surroundings; decorative.
#[component]
pub fn Mark(
    /// The class that sizes it.
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
            <g transform="rotate(-40 12 12)">
                <path fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" d="M20.91 15.77A10 8.3 0 1 1 20.91 8.23"></path>
                <circle cx="13.4" cy="12" r="4.1"></circle>
                <circle cx="22" cy="12" r="1.75"></circle>
            </g>
        </svg>
    }
}
