//! A point in time.

use leptos::prelude::*;

/// Absolute, in UTC: the same on the server and in the browser.
#[component]
pub fn Moment(
    /// RFC 3339 in UTC.
    at: String,
) -> impl IntoView {
    let text = at.get(..16).map_or_else(
        || at.clone(),
        |minute| format!("{} UTC", minute.replace('T', " ")),
    );
    view! { <time datetime=at>{text}</time> }
}
