//! Icons of the one sprite.

use leptos::prelude::*;

/// An icon by its id in `public/icons.svg`. Decorative: the word beside it is the text.
#[component]
pub fn Icon(
    /// The id in the sprite.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <svg class="i" aria-hidden="true">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
