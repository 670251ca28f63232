//! The relations graph, laid out in layers: what an entity builds on to its right, what builds
//! on it to its left.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use app::catalog::graph::{Direction, GraphPicture, GraphQuery, PlacedEdge, PlacedNode};
use model::catalog::{EntityRef, RelationType};

use super::view::View;

const NODES: usize = 200;
const DEPTH: u32 = 20;
const WIDTH: f32 = 168.0;
const HEIGHT: f32 = 44.0;
const GAP_X: f32 = 72.0;
const GAP_Y: f32 = 16.0;
const MARGIN: f32 = 12.0;

/// Types drawn forward; their opposites are the same edge seen from the other end.
const FORWARD: [&str; 8] = [
    "ownedBy",
    "consumesApi",
    "providesApi",
    "partOf",
    "childOf",
    "memberOf",
    "dependsOn",
    "apiProvidedBy",
];

struct Edge {
    from: EntityRef,
    to: EntityRef,
    label: String,
}

pub(super) fn picture(view: &View, query: &GraphQuery) -> GraphPicture {
    let (layers, edges, left_out) = walk(view, query);
    let mut columns: BTreeMap<i64, Vec<&EntityRef>> = BTreeMap::new();
    for (entity_ref, layer) in &layers {
        columns.entry(*layer).or_default().push(entity_ref);
    }
    let tallest = columns.values().map(Vec::len).max().unwrap_or(0);
    let mut nodes = Vec::new();
    for (column, members) in columns.values_mut().enumerate() {
        members.sort_by_key(|member| view.label(member).label.to_lowercase());
        let above = slack(tallest, members.len());
        for (row, member) in members.iter().enumerate() {
            nodes.push(node(
                view,
                query,
                member,
                column,
                above + of(row) * (HEIGHT + GAP_Y),
            ));
        }
    }
    let (mut width, mut height) = (
        of(columns.len()) * (WIDTH + GAP_X),
        of(tallest) * (HEIGHT + GAP_Y),
    );
    if is_vertical(query.direction) {
        (width, height) = turn(&mut nodes, columns.len(), tallest);
    }
    flip(&mut nodes, query.direction, width, height);
    GraphPicture {
        edges: edges
            .iter()
            .filter_map(|edge| placed(edge, &nodes, query.direction))
            .collect(),
        nodes,
        width: width + 2.0 * MARGIN - GAP_Y,
        height: height + 2.0 * MARGIN - GAP_Y,
        left_out,
        relation_types: types(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most a few hundred nodes")]
fn of(count: usize) -> f32 {
    count as f32
}

fn slack(tallest: usize, own: usize) -> f32 {
    MARGIN + of(tallest - own) * (HEIGHT + GAP_Y) / 2.0
}

fn types() -> Vec<(String, String)> {
    RelationType::KNOWN
        .iter()
        .map(|known| (known.as_str().to_owned(), known.label().to_owned()))
        .collect()
}

/// Breadth first from the roots: each entity's layer, the edges among them, how many are left out.
fn walk(view: &View, query: &GraphQuery) -> (BTreeMap<EntityRef, i64>, Vec<Edge>, u32) {
    let depth = query.max_depth.unwrap_or(DEPTH).min(DEPTH);
    let roots = query
        .roots
        .iter()
        .filter(|root| view.index().contains(root));
    let mut layers: BTreeMap<EntityRef, i64> = roots.cloned().map(|root| (root, 0)).collect();
    let mut open: VecDeque<(EntityRef, u32)> =
        layers.keys().cloned().map(|root| (root, 0)).collect();
    let (mut edges, mut seen, mut cut) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    while let Some((from, distance)) = open.pop_front() {
        let layer = layers.get(&from).copied().unwrap_or_default();
        for relation in view.index().relations(&from) {
            let name = relation.kind.as_str();
            let (to, forward) = (
                relation.target.clone(),
                FORWARD.contains(&name) && name != "apiProvidedBy",
            );
            if !is_drawn(view, query, name, &to) || (distance >= depth && !layers.contains_key(&to))
            {
                continue;
            }
            let new = !layers.contains_key(&to);
            if new && layers.len() >= NODES {
                cut.insert(to);
                continue;
            }
            if new {
                layers.insert(to.clone(), layer + if forward { 1 } else { -1 });
                open.push_back((to.clone(), distance + 1));
            } else if query.unidirectional {
                continue;
            }
            let (from, to) = if forward {
                (from.clone(), to)
            } else {
                (to, from.clone())
            };
            let kind = if forward {
                relation.kind.clone()
            } else {
                relation.kind.reverse().unwrap_or(relation.kind.clone())
            };
            if seen.insert((from.clone(), to.clone(), kind.as_str().to_owned())) {
                edges.push(Edge {
                    from,
                    to,
                    label: kind.label().to_owned(),
                });
            }
        }
    }
    (layers, edges, u32::try_from(cut.len()).unwrap_or(u32::MAX))
}

fn is_drawn(view: &View, query: &GraphQuery, relation: &str, to: &EntityRef) -> bool {
    let kind = query.kinds.is_empty() || query.kinds.iter().any(|kind| to.is_kind(kind));
    let chosen = query.relations.is_empty() || query.relations.iter().any(|own| own == relation);
    kind && chosen && view.index().contains(to)
}

fn node(
    view: &View,
    query: &GraphQuery,
    entity_ref: &EntityRef,
    column: usize,
    y: f32,
) -> PlacedNode {
    let card = view.card(entity_ref);
    PlacedNode {
        sublabel: card.spec_type.unwrap_or_else(|| card.kind.clone()),
        kind: card.kind,
        root: query.roots.contains(entity_ref),
        href: card.entity.href,
        label: card.entity.label,
        entity_ref: entity_ref.clone(),
        x: MARGIN + of(column) * (WIDTH + GAP_X),
        y,
        width: WIDTH,
        height: HEIGHT,
    }
}

fn is_vertical(direction: Direction) -> bool {
    matches!(direction, Direction::TopBottom | Direction::BottomTop)
}

/// Columns become rows.
fn turn(nodes: &mut [PlacedNode], columns: usize, tallest: usize) -> (f32, f32) {
    for node in nodes {
        let (column, row) = (node.x - MARGIN, node.y - MARGIN);
        node.x = MARGIN + row / (HEIGHT + GAP_Y) * (WIDTH + GAP_Y);
        node.y = MARGIN + column / (WIDTH + GAP_X) * (HEIGHT + GAP_X);
    }
    (
        of(tallest) * (WIDTH + GAP_Y),
        of(columns) * (HEIGHT + GAP_X),
    )
}

fn flip(nodes: &mut [PlacedNode], direction: Direction, width: f32, height: f32) {
    for node in nodes {
        match direction {
            Direction::RightLeft => node.x = width - GAP_X + 2.0 * MARGIN - node.x - node.width,
            Direction::BottomTop => node.y = height - GAP_X + 2.0 * MARGIN - node.y - node.height,
            Direction::LeftRight | Direction::TopBottom => {}
        }
    }
}

fn placed(edge: &Edge, nodes: &[PlacedNode], direction: Direction) -> Option<PlacedEdge> {
    let find = |wanted: &EntityRef| nodes.iter().position(|node| &node.entity_ref == wanted);
    let (from, to) = (find(&edge.from)?, find(&edge.to)?);
    let (a, b) = (nodes.get(from)?, nodes.get(to)?);
    let middle = |node: &PlacedNode| (node.x + node.width / 2.0, node.y + node.height / 2.0);
    let ((ax, ay), (bx, by)) = (middle(a), middle(b));
    let (start, end, bend) = if is_vertical(direction) {
        let side = if by >= ay { 1.0 } else { -1.0 };
        let (start, end) = (
            (ax, ay + side * a.height / 2.0),
            (bx, by - side * b.height / 2.0),
        );
        let half = (start.1 + end.1) / 2.0;
        (start, end, ((start.0, half), (end.0, half)))
    } else {
        let side = if bx >= ax { 1.0 } else { -1.0 };
        let (start, end) = (
            (ax + side * a.width / 2.0, ay),
            (bx - side * b.width / 2.0, by),
        );
        let half = (start.0 + end.0) / 2.0;
        (start, end, ((half, start.1), (half, end.1)))
    };
    let ((c1x, c1y), (c2x, c2y)) = bend;
    Some(PlacedEdge {
        from: u32::try_from(from).ok()?,
        to: u32::try_from(to).ok()?,
        label: edge.label.clone(),
        path: format!(
            "M{:.1} {:.1}C{c1x:.1} {c1y:.1} {c2x:.1} {c2y:.1} {:.1} {:.1}",
            start.0, start.1, end.0, end.1
        ),
        label_x: (start.0 + end.0) / 2.0,
        label_y: (start.1 + end.1) / 2.0,
        at_root: a.root || b.root,
    })
}
