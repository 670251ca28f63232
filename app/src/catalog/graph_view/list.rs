//! The same graph as a table, for whoever does not read drawings.

use crate::catalog::graph::{GraphPicture, PlacedNode};
use crate::prelude::*;
use crate::ui::icon::KindIcon;

/// Every edge in words, folded away; nothing where there is no edge.
pub(super) fn alternative(picture: &GraphPicture) -> Option<AnyView> {
    let rows: Vec<AnyView> = picture
        .edges
        .iter()
        .filter_map(|edge| {
            let from = picture.nodes.get(usize::try_from(edge.from).ok()?)?;
            let to = picture.nodes.get(usize::try_from(edge.to).ok()?)?;
            Some(row(from, &edge.label, to))
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let count = rows.len();
    let view = view! {
        <details class="glist">
            <summary>"Show as a list "<span class="count">{count}</span></summary>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Relations as a list">
                <table class="table table--inset glist__table">
                    <caption class="visually-hidden">"Relations in the graph"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Entity"</th>
                            <th scope="col">"Relation"</th>
                            <th scope="col">"Related entity"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    };
    Some(view.into_any())
}

fn row(from: &PlacedNode, relation: &str, to: &PlacedNode) -> AnyView {
    view! {
        <tr>
            <td>{entity(from)}</td>
            <td>{relation.to_owned()}</td>
            <td>{entity(to)}</td>
        </tr>
    }
}

fn entity(node: &PlacedNode) -> impl IntoView + use<> {
    view! {
        <a class="ent tlink" href=node.href.clone() title=node.label.clone()>
            <KindIcon kind=node.kind.clone()/>
            <span class="truncate">{node.label.clone()}</span>
        </a>
    }
}
