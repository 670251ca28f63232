//! A layered layout after Sugiyama: edges lead from layer to layer with few crossings, and those
//! over several layers are led between the nodes of each. It takes a bounded number of steps on
//! any graph. Parts that are not connected stand beside one another.

mod across;
mod layers;
mod order;
mod parts;

use std::collections::HashMap;

use super::plane::Plane;

/// Between nodes of one layer.
const BESIDE: f32 = 16.0;
/// The room across that an edge takes up where it passes a layer.
const PASSAGE: f32 = 4.0;

/// Where the middle of a node is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) along: f32,
    pub(super) across: f32,
}

/// Where everything stands.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// By node.
    pub(super) places: Vec<Place>,
    /// Where edges over several layers pass each layer between, from first to last.
    pub(super) passages: HashMap<(u32, u32), Vec<Place>>,
    /// The extent of it all, along and across.
    pub(super) size: (f32, f32),
}

impl Layout {
    /// Whether one node stands in a later layer than another.
    pub(super) fn is_ahead(&self, from: u32, to: u32) -> bool {
        let along = |at: u32| self.places.get(at as usize).map(|place| place.along);
        along(to) >= along(from)
    }
}

/// A layout of nodes `0..count`. Edges lead forward wherever there is no cycle.
pub(super) fn layered(count: usize, edges: &[(u32, u32)], plane: Plane) -> Layout {
    let mut layout = Layout {
        places: vec![Place::default(); count],
        ..Layout::default()
    };
    for part in parts::parts(count, edges) {
        let offset = match layout.size.1 {
            0.0 => 0.0,
            so_far => so_far + BESIDE,
        };
        put(&mut layout, &part, offset, plane);
    }
    layout
}

/// Lays one part out, so far across.
fn put(layout: &mut Layout, part: &parts::Part, offset: f32, plane: Plane) {
    let chained = layers::chained(part.nodes.len(), &part.edges);
    let sides = order::Sides::of(&chained);
    let ordered = order::ordered(&chained, &sides);
    let (node, gap) = (plane.node(), plane.gap());
    let extent = |vertex: u32| {
        let is_node = (vertex as usize) < part.nodes.len();
        if is_node { node.1 } else { PASSAGE }
    };
    let (across, width) = across::placed(&chained, &sides, &ordered, &extent);
    let step = node.0 + gap.0 + gap.1;
    let place = |vertex: u32| {
        Some(Place {
            along: number(*chained.layers.get(vertex as usize)?) * step + node.0 / 2.0,
            across: across.get(vertex as usize)? + offset,
        })
    };
    for (vertex, node) in (0..).zip(&part.nodes) {
        if let (Some(free), Some(place)) = (layout.places.get_mut(*node as usize), place(vertex)) {
            *free = place;
        }
    }
    for ((from, to), chain) in &chained.passages {
        let name = |vertex: &u32| part.nodes.get(*vertex as usize).copied();
        if let (Some(from), Some(to)) = (name(from), name(to)) {
            let places = chain.iter().filter_map(|vertex| place(*vertex));
            layout.passages.insert((from, to), places.collect());
        }
    }
    let length = number(ordered.len().saturating_sub(1)) * step + node.0;
    layout.size = (layout.size.0.max(length), offset + width);
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred layers at most")]
fn number(of: usize) -> f32 {
    of as f32
}
