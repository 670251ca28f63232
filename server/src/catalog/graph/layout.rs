//! Sugiyama's layered layout: edges lead from layer to layer with few crossings. Parts that are
//! not connected stand beside one another, in the order of their first nodes.

use rust_sugiyama::configure::Config;
use rust_sugiyama::from_vertices_and_edges;

use super::plane::Plane;

/// Between nodes of one layer.
const BESIDE: f32 = 16.0;

/// Where the middle of a node is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) along: f32,
    pub(super) across: f32,
}

/// Places for nodes `0..count`, and the extent of them all, along and across. Edges lead forward
/// wherever there is no cycle.
pub(super) fn layered(
    count: usize,
    edges: &[(u32, u32)],
    plane: Plane,
) -> (Vec<Place>, (f32, f32)) {
    let (node, gap) = (plane.node(), plane.gap());
    let along = f64::from(node.0 + gap.0 + gap.1 - BESIDE);
    let vertices: Vec<(u32, (f64, f64))> = (0..u32::try_from(count).unwrap_or(u32::MAX))
        .map(|id| (id, (f64::from(node.1), along)))
        .collect();
    let edges: Vec<(u32, u32)> = edges.iter().copied().filter(|(a, b)| a != b).collect();
    let mut parts = parts(&vertices, &edges);
    parts.sort_by_key(|part| part.iter().map(|(id, _)| *id).min());
    let mut places = vec![Place::default(); count];
    let mut size = (0.0_f32, 0.0_f32);
    for part in parts {
        let offset = if size.1 > 0.0 { size.1 + BESIDE } else { 0.0 };
        let (least, most) = bounds(&part);
        for (id, place) in part {
            if let Some(free) = places.get_mut(id) {
                *free = Place {
                    along: place.along - least.along + node.0 / 2.0,
                    across: place.across - least.across + node.1 / 2.0 + offset,
                };
            }
        }
        size.0 = size.0.max(most.along - least.along + node.0);
        size.1 = offset + most.across - least.across + node.1;
    }
    (places, size)
}

type Part = Vec<(usize, Place)>;

fn parts(vertices: &[(u32, (f64, f64))], edges: &[(u32, u32)]) -> Vec<Part> {
    let config = Config {
        vertex_spacing: f64::from(BESIDE),
        ..Config::default()
    };
    let layouts = from_vertices_and_edges(vertices, edges, &config);
    let place = |(id, (across, along)): (usize, (f64, f64))| {
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
        let place = Place {
            along: along as f32,
            across: across as f32,
        };
        (id, place)
    };
    let layouts = layouts.into_iter();
    layouts
        .map(|(part, ..)| part.into_iter().map(place).collect())
        .collect()
}

fn bounds(part: &Part) -> (Place, Place) {
    let fold = |choose: fn(f32, f32) -> f32, start: f32| {
        let start = Place {
            along: start,
            across: start,
        };
        part.iter().fold(start, |so_far, (_, place)| Place {
            along: choose(so_far.along, place.along),
            across: choose(so_far.across, place.across),
        })
    };
    (fold(f32::min, f32::MAX), fold(f32::max, f32::MIN))
}
