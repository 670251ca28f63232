//! The relations graph on the overview.

use super::address::{MAX_DEPTH, OverviewQuery};
use super::data::Answer;
use crate::catalog::graph::{Drawn, GraphQuery};
use crate::catalog::graph_view::GraphView;
use crate::catalog::types::EntityDetail;
use crate::prelude::*;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::Icon;

/// The panel, with links to other depths and to the graph's own page.
pub(super) fn panel(
    detail: &EntityDetail,
    query: OverviewQuery,
    answer: Answer<Drawn>,
) -> impl IntoView + use<> {
    let depths = (1..=MAX_DEPTH)
        .map(|depth| {
            let href = OverviewQuery { depth, ..query }.href(&detail.href);
            let current = (depth == query.depth).then_some("true");
            view! { <a href=href aria-current=current aria-label=format!("Depth {depth}") data-noscroll="">{depth}</a> }
        })
        .collect_view();
    let full = GraphQuery::around(&detail.entity_ref, query.depth);
    view! {
        <section class="panel" aria-labelledby="e-graph">
            <div class="panel__head">
                <h2 id="e-graph">"Relations"</h2>
                <span class="push">
                    <span class="seg" role="group" aria-label="Depth of the graph">{depths}</span>
                    <a class="more egraph__open" href=full.href()>"Open in graph"<Icon name="arrow-right"/></a>
                </span>
            </div>
            <div class="panel__body">{content(detail, answer)}</div>
        </section>
    }
}

fn content(detail: &EntityDetail, answer: Answer<Drawn>) -> AnyView {
    match answer {
        None => view! { <span class="sk sk--60"></span> },
        Some(Err(error)) => view! { <ErrorView error/> },
        Some(Ok(drawn)) if drawn.picture.edges.is_empty() => {
            let text = match detail.entity_ref.kind() {
                "group" | "user" => "No parent and no child groups are known.",
                _ => "Nothing in the catalog is related to it.",
            };
            view! { <p class="muted">{text}</p> }
        }
        Some(Ok(Drawn { picture, .. })) => {
            view! { <GraphView picture label=format!("Relations of {}", detail.title) around=None/> }
        }
    }
}
