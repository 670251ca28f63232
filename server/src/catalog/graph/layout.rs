//! Sugiyama's layered layout: edges lead from layer to layer with few crossings. An edge over
//! several layers is led between the nodes of each. Parts that are not connected stand beside one
//! another, in the order of their first nodes.

use std::collections::HashMap;

use rust_sugiyama::configure::Config;
use rust_sugiyama::from_vertices_and_edges;

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
    let edges: Vec<(u32, u32)> = edges.iter().copied().filter(|(a, b)| a != b).collect();
    let layer = layer_length(plane);
    let nodes: Vec<Vertex> = (0..number(count))
        .map(|id| (id, (f64::from(plane.node().1), f64::from(layer))))
        .collect();
    let (places, _) = placed(&nodes, &edges, plane);
    let mut long = Chains::new(nodes);
    for (from, to) in &edges {
        let along = |id: &u32| places.get(*id as usize).map_or(0.0, |place| place.along);
        let layers = ((along(to) - along(from)) / layer).round();
        #[expect(clippy::cast_possible_truncation, reason = "a few layers")]
        long.lead(*from, *to, layers as i32 - 1, f64::from(layer));
    }
    let (mut places, size) = placed(&long.vertices, &long.edges, plane);
    let passages = long.passages.into_iter().map(|(edge, chain)| {
        let chain = chain.into_iter();
        let places = chain.filter_map(|id| places.get(id as usize).copied());
        (edge, places.collect())
    });
    let passages = passages.collect();
    places.truncate(count);
    Layout {
        places,
        passages,
        size,
    }
}

/// From one layer to the next.
fn layer_length(plane: Plane) -> f32 {
    plane.node().0 + plane.gap().0 + plane.gap().1 - BESIDE
}

/// A node with its extent across and along.
type Vertex = (u32, (f64, f64));

/// A graph in which every edge leads to the next layer.
struct Chains {
    vertices: Vec<Vertex>,
    edges: Vec<(u32, u32)>,
    passages: HashMap<(u32, u32), Vec<u32>>,
}

impl Chains {
    fn new(nodes: Vec<Vertex>) -> Self {
        Self {
            vertices: nodes,
            edges: Vec::new(),
            passages: HashMap::new(),
        }
    }

    /// Leads an edge over so many layers between.
    fn lead(&mut self, from: u32, to: u32, layers: i32, length: f64) {
        let mut chain = Vec::new();
        let mut last = from;
        for _ in 0..layers {
            let id = number(self.vertices.len());
            self.vertices.push((id, (f64::from(PASSAGE), length)));
            self.edges.push((last, id));
            chain.push(id);
            last = id;
        }
        self.edges.push((last, to));
        if !chain.is_empty() {
            self.passages.insert((from, to), chain);
        }
    }
}

/// Places of vertices by their number, and the extent of them all, along and across.
fn placed(vertices: &[Vertex], edges: &[(u32, u32)], plane: Plane) -> (Vec<Place>, (f32, f32)) {
    let node = plane.node();
    let mut parts = parts(vertices, edges);
    parts.sort_by_key(|part| part.iter().map(|(id, _)| *id).min());
    let mut places = vec![Place::default(); vertices.len()];
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

fn parts(vertices: &[Vertex], edges: &[(u32, u32)]) -> Vec<Part> {
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

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
