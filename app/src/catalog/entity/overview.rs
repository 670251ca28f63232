//! The overview: what is wrong, what it is, what it is related to; at the side who and where.

use super::address::OverviewQuery;
use super::data::Answer;
use super::{about, graph_panel, members, notices, ownership, relations, side};
use crate::catalog::graph::Drawn;
use crate::catalog::types::{EntityDetail, Members, Ownership};
use crate::prelude::*;

/// The tab's content.
pub(super) fn overview(
    detail: &EntityDetail,
    query: OverviewQuery,
    graph: Answer<Drawn>,
    owned: Answer<Ownership>,
    people: Answer<Members>,
) -> AnyView {
    let owned = owned.map(|answer| ownership::panel(detail, query, answer));
    let people = people.map(|answer| members::preview(detail, answer));
    let graph = graph_panel::panel(detail, query, graph).into_any();
    let lists = relations::groups(detail).into_any();
    // Of a group its child groups say more than the drawing.
    let related = if detail.entity_ref.is_kind("group") {
        [lists, graph]
    } else {
        [graph, lists]
    };
    let side = side::side(detail);
    let columns = if side.is_empty() { "stack" } else { "cols" };
    let side = (!side.is_empty()).then(|| view! { <div class="stack">{side}</div> });
    view! {
        {notices::notices(detail)}
        <div class=columns>
            <div class="stack">
                {about::about(detail)}
                {owned}
                {people}
                {related.into_iter().collect_view()}
            </div>
            {side}
        </div>
    }
}
