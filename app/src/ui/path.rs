//! Paths of files.

use crate::prelude::*;

/// A path that breaks behind its slashes, and elsewhere only where a part is wider than its place.
#[component]
pub fn Path(
    /// The path.
    text: String,
) -> impl IntoView {
    let parts = text
        .split_inclusive('/')
        .map(|part| view! { <span class="pathpart">{part.to_owned()}</span> })
        .collect_view();
    view! { <span class="pathtext">{parts}</span> }
}
