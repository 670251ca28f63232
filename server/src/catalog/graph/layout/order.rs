//! The order within layers: each vertex near the middle of its neighbours, as long as that
//! takes crossings away.

use super::layers::Chained;

/// How often the layers are gone through, to and fro.
const SWEEPS: usize = 16;

/// The vertices of each layer, in order.
pub(super) fn ordered(graph: &Chained, sides: &Sides) -> Vec<Vec<u32>> {
    let count = graph.layers.iter().max().map_or(0, |last| last + 1);
    let mut layers = vec![Vec::new(); count];
    for vertex in (0..).take(graph.layers.len()) {
        if let Some(layer) = layers.get_mut(graph.layer(vertex)) {
            layer.push(vertex);
        }
    }
    let mut best = layers.clone();
    let mut fewest = crossings(graph, &best);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        let forward = sweep % 2 == 0;
        for step in 1..count {
            let at = if forward { step } else { count - 1 - step };
            arrange(&mut layers, at, sides.beside(forward), graph.layers.len());
        }
        let now = crossings(graph, &layers);
        if now < fewest {
            (best, fewest) = (layers.clone(), now);
        }
    }
    best
}

/// The neighbours of each vertex in the layer before and in the one after.
pub(super) struct Sides {
    before: Vec<Vec<u32>>,
    after: Vec<Vec<u32>>,
}

impl Sides {
    pub(super) fn of(graph: &Chained) -> Self {
        let mut sides = Self {
            before: vec![Vec::new(); graph.layers.len()],
            after: vec![Vec::new(); graph.layers.len()],
        };
        for (from, to) in &graph.edges {
            if let Some(list) = sides.after.get_mut(*from as usize) {
                list.push(*to);
            }
            if let Some(list) = sides.before.get_mut(*to as usize) {
                list.push(*from);
            }
        }
        sides
    }

    /// Those in the layer that stays as it is while the layers are gone through.
    pub(super) fn beside(&self, forward: bool) -> &[Vec<u32>] {
        if forward { &self.before } else { &self.after }
    }
}

/// Orders one layer by the middles of its vertices' neighbours. One without any stays where it is.
fn arrange(layers: &mut [Vec<u32>], at: usize, beside: &[Vec<u32>], vertices: usize) {
    let places = places(layers, vertices);
    let place = |vertex: u32| places.get(vertex as usize).copied().unwrap_or(0.0);
    let middle = |vertex: &u32| match beside.get(*vertex as usize).map(Vec::as_slice) {
        None | Some([]) => place(*vertex),
        Some(neighbours) => {
            let sum: f32 = neighbours.iter().map(|neighbour| place(*neighbour)).sum();
            sum / super::number(neighbours.len())
        }
    };
    if let Some(layer) = layers.get_mut(at) {
        layer.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    }
}

/// Each vertex's place in its layer, the middle of the layer being zero.
fn places(layers: &[Vec<u32>], vertices: usize) -> Vec<f32> {
    let mut places = vec![0.0; vertices];
    for layer in layers {
        let middle = super::number(layer.len()) / 2.0;
        for (at, vertex) in layer.iter().enumerate() {
            if let Some(place) = places.get_mut(*vertex as usize) {
                *place = super::number(at) - middle;
            }
        }
    }
    places
}

/// How many pairs of edges cross.
fn crossings(graph: &Chained, layers: &[Vec<u32>]) -> usize {
    let places = places(layers, graph.layers.len());
    let place = |vertex: u32| places.get(vertex as usize).copied().unwrap_or(0.0);
    let mut between = vec![Vec::new(); layers.len()];
    for (from, to) in &graph.edges {
        if let Some(edges) = between.get_mut(graph.layer(*from)) {
            edges.push((place(*from), place(*to)));
        }
    }
    between.into_iter().map(inversions).sum()
}

/// Pairs that stand in one order at one end and in the other at the other.
fn inversions(mut edges: Vec<(f32, f32)>) -> usize {
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut ends: Vec<f32> = Vec::with_capacity(edges.len());
    let mut crossings = 0;
    for (_, end) in edges {
        let at = ends.partition_point(|other| *other <= end);
        crossings += ends.len() - at;
        ends.insert(at, end);
    }
    crossings
}
