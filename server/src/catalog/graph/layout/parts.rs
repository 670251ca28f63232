//! The connected parts of a graph.

/// One of them. Its edges are between places of `nodes`.
pub(super) struct Part {
    pub(super) nodes: Vec<u32>,
    pub(super) edges: Vec<(u32, u32)>,
}

/// All parts, in the order of their first nodes. Edges from a node to itself are left out.
pub(super) fn parts(count: usize, edges: &[(u32, u32)]) -> Vec<Part> {
    let mut neighbours = vec![Vec::new(); count];
    for (from, to) in edges {
        for (one, other) in [(from, to), (to, from)] {
            if let Some(list) = neighbours.get_mut(*one as usize) {
                list.push(*other);
            }
        }
    }
    // By node: its part and its place in it.
    let mut homes: Vec<Option<(usize, u32)>> = vec![None; count];
    let mut parts: Vec<Part> = Vec::new();
    for start in (0..).take(count) {
        let mut open = vec![start];
        let mut nodes = Vec::new();
        while let Some(node) = open.pop() {
            let Some(home) = homes.get_mut(node as usize).filter(|home| home.is_none()) else {
                continue;
            };
            *home = Some((parts.len(), 0));
            nodes.push(node);
            open.extend(neighbours.get(node as usize).into_iter().flatten());
        }
        nodes.sort_unstable();
        for (place, node) in (0..).zip(&nodes) {
            if let Some(home) = homes.get_mut(*node as usize) {
                *home = Some((parts.len(), place));
            }
        }
        if !nodes.is_empty() {
            let edges = Vec::new();
            parts.push(Part { nodes, edges });
        }
    }
    for (from, to) in edges.iter().filter(|(from, to)| from != to) {
        let home = |node: u32| homes.get(node as usize).copied().flatten();
        if let (Some((part, from)), Some((_, to))) = (home(*from), home(*to))
            && let Some(part) = parts.get_mut(part)
        {
            part.edges.push((from, to));
        }
    }
    parts
}
