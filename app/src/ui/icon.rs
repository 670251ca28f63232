//! Icons of the one sprite. They are decorative: the word beside one is the text.

use crate::prelude::*;

/// An icon by its id in `public/icons.svg`.
#[component]
pub fn Icon(
    /// The id in the sprite.
    #[prop(into)]
    name: String,
    /// 14 px instead of 16.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let class = if small { "i i--sm" } else { "i" };
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}

/// The icon of a kind.
#[component]
pub fn KindIcon(
    /// In any case.
    kind: String,
) -> impl IntoView {
    view! { <Icon name=kind_icon(&kind)/> }
}

/// The sprite's id for a kind; kinds of the organisation's own have a plain circle.
#[must_use]
pub fn kind_icon(kind: &str) -> &'static str {
    model::catalog::kinds::find_any_case(kind).map_or("circle", |kind| kind.icon)
}
