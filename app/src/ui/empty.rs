//! What a page or panel without anything to show says, and the first thing to do.

use super::icon::Icon;
use crate::prelude::*;

/// A designed empty state.
#[component]
pub fn Empty(
    /// An icon of the sprite.
    #[prop(into)]
    icon: String,
    /// What there is not.
    #[prop(into)]
    title: String,
    /// Why, and what to do.
    #[prop(into)]
    text: String,
    /// The thing to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon/>
            <p class="empty__title">{title}</p>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
