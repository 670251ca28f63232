//! How far across each vertex stands: as near to its neighbours as the order of its layer and
//! the room between vertices allow, chains as straight as can be.

use super::BESIDE;
use super::layers::Chained;
use super::order::Sides;

/// How often all layers are brought nearer to their neighbours.
const ROUNDS: usize = 12;
/// How much straighter a chain is to be than an edge between two nodes.
const STRAIGHT: f32 = 8.0;

/// The middle of each vertex, from zero on, and how wide they are together.
pub(super) fn placed(
    graph: &Chained,
    sides: &Sides,
    layers: &[Vec<u32>],
    extent: &impl Fn(u32) -> f32,
) -> (Vec<f32>, f32) {
    let mut across = vec![0.0; graph.layers.len()];
    for layer in layers {
        let slots = slots(layer, extent);
        let middle = slots.last().copied().unwrap_or(0.0) / 2.0;
        for (vertex, slot) in layer.iter().zip(slots) {
            set(&mut across, *vertex, slot - middle);
        }
    }
    let narrow = |vertex: u32| extent(vertex) <= super::PASSAGE;
    for round in 0..ROUNDS {
        let forward = round % 2 == 0;
        let both = round + 2 >= ROUNDS;
        for step in 0..layers.len() {
            let at = if forward {
                step
            } else {
                layers.len() - 1 - step
            };
            let Some(layer) = layers.get(at) else {
                continue;
            };
            let wishes: Vec<(f32, f32)> = layer
                .iter()
                .map(|vertex| {
                    let pulls = [forward, !forward].into_iter().take(1 + usize::from(both));
                    let neighbours = pulls.flat_map(|side| beside(sides, side, *vertex));
                    wish(&across, *vertex, neighbours, &narrow)
                })
                .collect();
            let slots = slots(layer, extent);
            for (vertex, place) in layer.iter().zip(settle(&wishes, &slots)) {
                set(&mut across, *vertex, place);
            }
        }
    }
    from_zero(&across, extent)
}

fn beside(sides: &Sides, forward: bool, vertex: u32) -> impl Iterator<Item = u32> {
    let list = sides.beside(forward).get(vertex as usize);
    list.into_iter().flatten().copied()
}

/// Where a vertex would best stand, and how much that matters.
fn wish(
    across: &[f32],
    vertex: u32,
    neighbours: impl Iterator<Item = u32>,
    narrow: &impl Fn(u32) -> bool,
) -> (f32, f32) {
    let own = get(across, vertex);
    let (mut sum, mut weights) = (own * 0.01, 0.01);
    for neighbour in neighbours {
        let weight = if narrow(vertex) && narrow(neighbour) {
            STRAIGHT
        } else {
            1.0
        };
        sum += get(across, neighbour) * weight;
        weights += weight;
    }
    (sum / weights, weights)
}

/// The middles of a layer's vertices when they stand as close as they may, from zero on.
fn slots(layer: &[u32], extent: &impl Fn(u32) -> f32) -> Vec<f32> {
    let mut slots = Vec::with_capacity(layer.len());
    let (mut last, mut at) = (None, 0.0);
    for vertex in layer {
        if let Some(last) = last {
            at += (extent(last) + extent(*vertex)) / 2.0 + BESIDE;
        }
        slots.push(at);
        last = Some(*vertex);
    }
    slots
}

/// The places nearest to the wishes that keep order and distances: isotonic regression.
fn settle(wishes: &[(f32, f32)], slots: &[f32]) -> Vec<f32> {
    // Runs that stand as close as they may: sum of weighted wishes, weight, length.
    let mut runs: Vec<(f32, f32, usize)> = Vec::new();
    for ((wish, weight), slot) in wishes.iter().zip(slots) {
        let mut run = ((wish - slot) * weight, *weight, 1);
        while let Some(before) = runs.pop() {
            if before.0 / before.1 <= run.0 / run.1 {
                runs.push(before);
                break;
            }
            run = (before.0 + run.0, before.1 + run.1, before.2 + run.2);
        }
        runs.push(run);
    }
    let shifts = runs
        .iter()
        .flat_map(|(sum, weight, length)| std::iter::repeat_n(sum / weight, *length));
    shifts
        .zip(slots)
        .map(|(shift, slot)| shift + slot)
        .collect()
}

fn from_zero(across: &[f32], extent: &impl Fn(u32) -> f32) -> (Vec<f32>, f32) {
    let edges = || {
        (0..)
            .zip(across)
            .map(|(vertex, at)| (*at, extent(vertex) / 2.0))
    };
    let least = edges().map(|(at, half)| at - half).fold(f32::MAX, f32::min);
    let most = edges().map(|(at, half)| at + half).fold(f32::MIN, f32::max);
    let moved = across.iter().map(|at| at - least).collect();
    (moved, (most - least).max(0.0))
}

fn get(across: &[f32], vertex: u32) -> f32 {
    across.get(vertex as usize).copied().unwrap_or(0.0)
}

fn set(across: &mut [f32], vertex: u32, at: f32) {
    if let Some(place) = across.get_mut(vertex as usize) {
        *place = at;
    }
}
