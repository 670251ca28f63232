//! The relations graph as a picture: what an entity builds on to its right, what builds on it to
//! its left.

mod edges;
mod layout;
mod plane;

use std::collections::HashMap;

use app::catalog::graph::{GraphPicture, GraphQuery, PlacedNode};
use model::catalog::page::{self, GraphNode, Neighbourhood, is_forward, neighbourhood};
use model::catalog::{EntityRef, RelationType};

use self::layout::{Layout, Place};
use self::plane::{MARGIN, NODE_HEIGHT, NODE_WIDTH, Plane};
use super::view::View;

/// The most entities in a picture.
const NODES: u32 = 200;
/// The most relations from a root.
const DEPTH: u32 = 20;

pub(super) fn picture(view: &View, query: &GraphQuery) -> GraphPicture {
    let found = neighbourhood(view.index(), &asked(query));
    let plane = Plane(query.direction);
    let layout = arrange(&found, plane);
    let nodes: Vec<PlacedNode> = found
        .nodes
        .iter()
        .zip(&layout.places)
        .map(|(node, place)| placed(node, *place, plane, layout.size))
        .collect();
    let (width, height) = plane.turned(layout.size);
    GraphPicture {
        edges: edges::placed(&found, &layout, plane),
        nodes,
        width: width + 2.0 * MARGIN,
        height: height + 2.0 * MARGIN,
        left_out: found.left_out,
        relation_types: types(),
    }
}

fn asked(query: &GraphQuery) -> page::GraphQuery {
    page::GraphQuery {
        roots: query.roots.clone(),
        max_depth: Some(query.max_depth.unwrap_or(DEPTH).min(DEPTH)),
        kinds: query.kinds.clone(),
        relations: query.relations.clone(),
        unidirectional: query.unidirectional,
        merge: query.merge,
        max_nodes: NODES,
    }
}

fn arrange(found: &Neighbourhood, plane: Plane) -> Layout {
    let numbers = numbers(found);
    let mut edges: Vec<(u32, u32)> = found
        .edges
        .iter()
        .filter_map(|edge| {
            let ends = (*numbers.get(&edge.from)?, *numbers.get(&edge.to)?);
            let forward = edge.types.first().is_none_or(is_forward);
            Some(if forward { ends } else { (ends.1, ends.0) })
        })
        .collect();
    edges.sort_unstable();
    edges.dedup();
    layout::layered(found.nodes.len(), &edges, plane)
}

/// The place of each node in the list.
fn numbers(found: &Neighbourhood) -> HashMap<&EntityRef, u32> {
    let nodes = found.nodes.iter().map(|node| &node.entity_ref);
    nodes.zip(0..).collect()
}

fn placed(node: &GraphNode, place: Place, plane: Plane, size: (f32, f32)) -> PlacedNode {
    let (x, y) = plane.point((place.along, place.across), size);
    PlacedNode {
        entity_ref: node.entity_ref.clone(),
        href: node.href.clone(),
        label: node.label.clone(),
        sublabel: node.sublabel.clone().unwrap_or_else(|| node.kind.clone()),
        kind: node.kind.clone(),
        root: node.depth == 0,
        x: x - NODE_WIDTH / 2.0,
        y: y - NODE_HEIGHT / 2.0,
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
    }
}

fn types() -> Vec<(String, String)> {
    RelationType::KNOWN
        .iter()
        .map(|known| (known.as_str().to_owned(), known.label().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests;
