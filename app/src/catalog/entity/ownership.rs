//! What a group or a person owns, by kind and type; each number leads to exactly what it counts.

use super::address::OverviewQuery;
use crate::catalog::types::{EntityDetail, Ownership, OwnershipBucket};
use crate::error::PortalError;
use crate::prelude::*;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::KindIcon;

/// As many tiles stand open; the rest is folded away.
const SHOWN: usize = 6;

/// The panel.
pub(super) fn panel(
    detail: &EntityDetail,
    query: OverviewQuery,
    answer: Result<Ownership, PortalError>,
) -> impl IntoView + use<> {
    let choice = |aggregated: bool, label: &'static str, help: &'static str| {
        let href = OverviewQuery {
            aggregated,
            ..query
        }
        .href(&detail.href);
        let current = (aggregated == query.aggregated).then_some("true");
        view! { <a href=href aria-current=current title=help data-noscroll="">{label}</a> }
    };
    let wider = if detail.entity_ref.is_kind("user") {
        "With what their groups own"
    } else {
        "With what all groups below own"
    };
    let total = answer
        .as_ref()
        .ok()
        .map(|owned| view! { <span class="count">{owned.total}</span> });
    view! {
        <section class="panel" aria-labelledby="e-owned">
            <div class="panel__head">
                <h2 id="e-owned">"Ownership "{total}</h2>
                <span class="push">
                    <span class="seg" role="group" aria-label="Which relations count">
                        {choice(false, "Direct", "Owned by exactly this")}
                        {choice(true, "Aggregated", wider)}
                    </span>
                </span>
            </div>
            <div class="panel__body">{content(query, answer)}</div>
        </section>
    }
}

fn content(query: OverviewQuery, answer: Result<Ownership, PortalError>) -> AnyView {
    let owned = match answer {
        Ok(owned) => owned,
        Err(error) => return view! { <ErrorView error/> },
    };
    if owned.buckets.is_empty() {
        let text = if query.aggregated {
            "Owns nothing."
        } else {
            "Owns nothing directly."
        };
        return view! { <p class="muted">{text}</p> };
    }
    let tiles = owned.buckets.iter().take(SHOWN).map(tile).collect_view();
    let rest: Vec<AnyView> = owned
        .buckets
        .iter()
        .skip(SHOWN)
        .map(|bucket| tile(bucket).into_any())
        .collect();
    let more = rest.len();
    let rest = (more > 0).then(|| view! { <details class="eowned__more"><summary>{more}" more"</summary><ul class="eowned">{rest}</ul></details> });
    view! { <ul class="eowned">{tiles}</ul>{rest} }
}

fn tile(bucket: &OwnershipBucket) -> impl IntoView + use<> {
    view! {
        <li>
            <a class="eowned__tile" href=bucket.href.clone()>
                <span class="eowned__n">{bucket.count}</span>
                <span class="eowned__label"><KindIcon kind=bucket.kind.clone()/><span class="truncate" title=bucket.label.clone()>{bucket.label.clone()}</span></span>
            </a>
        </li>
    }
}
