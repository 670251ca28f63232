//! Which layer each node is in. An edge over several layers becomes a chain with a vertex in
//! each of them, so that all that follows knows only edges from one layer to the next.

use std::collections::HashMap;

/// A graph in layers. Vertices are the nodes, then those of the chains.
#[derive(Debug)]
pub(super) struct Chained {
    /// By vertex.
    pub(super) layers: Vec<usize>,
    /// Each to the next layer.
    pub(super) edges: Vec<(u32, u32)>,
    /// The chain between the ends of an edge as it was given.
    pub(super) passages: HashMap<(u32, u32), Vec<u32>>,
}

impl Chained {
    /// The layer of a vertex.
    pub(super) fn layer(&self, vertex: u32) -> usize {
        self.layers.get(vertex as usize).copied().unwrap_or(0)
    }
}

/// Nodes `0..count` in layers; edges that would close a cycle lead back.
pub(super) fn chained(count: usize, edges: &[(u32, u32)]) -> Chained {
    let next = successors(count, edges);
    let order = topological(&next);
    let mut at = vec![0; count];
    for (place, node) in order.iter().enumerate() {
        set(&mut at, *node, place);
    }
    let forward = |edge: &(u32, u32)| get(&at, edge.0) < get(&at, edge.1);
    let turned: Vec<(u32, u32)> = edges
        .iter()
        .map(|edge| {
            if forward(edge) {
                *edge
            } else {
                (edge.1, edge.0)
            }
        })
        .collect();
    let layers = layers(&order, &successors(count, &turned));
    chain(layers, edges, &turned)
}

fn chain(layers: Vec<usize>, edges: &[(u32, u32)], turned: &[(u32, u32)]) -> Chained {
    let mut chained = Chained {
        layers,
        edges: Vec::new(),
        passages: HashMap::new(),
    };
    for (edge, (from, to)) in edges.iter().zip(turned) {
        let between = chained.layer(*from) + 1..chained.layer(*to);
        let mut passages = Vec::new();
        let mut last = *from;
        for layer in between {
            let vertex = u32::try_from(chained.layers.len()).unwrap_or(u32::MAX);
            chained.layers.push(layer);
            chained.edges.push((last, vertex));
            passages.push(vertex);
            last = vertex;
        }
        chained.edges.push((last, *to));
        if edge != &(*from, *to) {
            passages.reverse();
        }
        if !passages.is_empty() {
            chained.passages.insert(*edge, passages);
        }
    }
    chained
}

fn successors(count: usize, edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut next = vec![Vec::new(); count];
    for (from, to) in edges {
        if let Some(list) = next.get_mut(*from as usize) {
            list.push(*to);
        }
    }
    next
}

/// The nodes in an order in which every edge leads on, but those that close a cycle.
fn topological(next: &[Vec<u32>]) -> Vec<u32> {
    let mut seen = vec![false; next.len()];
    let mut done = Vec::with_capacity(next.len());
    for start in (0..).take(next.len()) {
        let mut path = vec![(start, 0)];
        while let Some((node, tried)) = path.pop() {
            let seen = seen.get_mut(node as usize);
            if tried == 0 && seen.is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            match next.get(node as usize).and_then(|next| next.get(tried)) {
                Some(successor) => path.extend([(node, tried + 1), (*successor, 0)]),
                None => done.push(node),
            }
        }
    }
    done.reverse();
    done
}

/// Each node as early as its predecessors let it, and then, where more leads on from it than to
/// it, as late as its successors do.
fn layers(order: &[u32], next: &[Vec<u32>]) -> Vec<usize> {
    let mut layers = vec![0; order.len()];
    let mut before = vec![0; order.len()];
    let successors = |node: u32| next.get(node as usize).into_iter().flatten();
    for node in order {
        let own = get(&layers, *node);
        for successor in successors(*node) {
            let earliest = get(&layers, *successor).max(own + 1);
            set(&mut layers, *successor, earliest);
            let predecessors = get(&before, *successor) + 1;
            set(&mut before, *successor, predecessors);
        }
    }
    for node in order.iter().rev() {
        let latest = successors(*node).map(|next| get(&layers, *next)).min();
        if let Some(latest) = latest
            && successors(*node).count() > get(&before, *node)
        {
            set(&mut layers, *node, latest - 1);
        }
    }
    let least = layers.iter().copied().min().unwrap_or(0);
    layers.iter().map(|layer| layer - least).collect()
}

fn get(list: &[usize], at: u32) -> usize {
    list.get(at as usize).copied().unwrap_or(0)
}

fn set(list: &mut [usize], at: u32, value: usize) {
    if let Some(place) = list.get_mut(at as usize) {
        *place = value;
    }
}
