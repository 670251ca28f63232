//! The head of a page: its one heading, what it counts, what can be done.

use crate::prelude::*;

/// A page's head.
#[component]
pub fn PageHead(
    /// The page's only `h1`.
    #[prop(into)]
    title: String,
    /// How many things the page shows, in grey beside the title.
    #[prop(optional, into)]
    count: Option<u32>,
    /// One sentence below the title.
    #[prop(optional, into)]
    text: Option<String>,
    /// The page's actions, at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let count = count.map(|count| view! { " "<span class="phead__count">{count}</span> });
    view! {
        <div class="phead">
            <div class="phead__main">
                <h1>{title}{count}</h1>
                {text.map(|text| view! { <p class="phead__sub">{text}</p> })}
            </div>
            {children.map(|children| view! { <div class="phead__actions">{children()}</div> })}
        </div>
    }
}
