//! Tier and lifecycle, in words with an icon.

use model::catalog::text::capitalised;

use super::icon::Icon;
use crate::prelude::*;

/// A tier: `1`, `2`, `3`, or whatever the organisation writes.
#[component]
pub fn TierBadge(
    /// As written.
    value: String,
) -> impl IntoView {
    match value.as_str() {
        "1" | "2" | "3" => view! {
            <span class=format!("tier tier--{value}")>
                <Icon name=format!("tier-{value}")/>
                {format!("Tier {value}")}
            </span>
        },
        _ => view! { <span>{value}</span> },
    }
}

/// A lifecycle, with a capital. The ordinary one has no colour.
#[component]
pub fn Lifecycle(
    /// As written.
    value: String,
) -> impl IntoView {
    let word = capitalised(&value);
    let (status, icon) = match value.as_str() {
        "experimental" => ("status status--info", "experiment"),
        "deprecated" => ("status status--warn", "archive"),
        _ => return view! { <span>{word}</span> },
    };
    view! { <span class=status><Icon name=icon/>{word}</span> }
}
