//! Arrows. At one end, where fewer of them meet, an arrow runs straight: there is room for its
//! label.

use std::collections::{HashMap, HashSet};

use app::catalog::graph::PlacedEdge;
use model::catalog::RelationType;
use model::catalog::page::{GraphEdge, Neighbourhood};

use super::layout::{Layout, Place};
use super::numbers;
use super::plane::Plane;

/// How far apart two opposite arrows between the same nodes are.
const APART: f32 = 7.0;

/// How far an arrow runs straight where it leaves or meets its inner node.
const LEAD: f32 = 10.0;

type Point = (f32, f32);

pub(super) fn placed(found: &Neighbourhood, layout: &Layout, plane: Plane) -> Vec<PlacedEdge> {
    let numbers = numbers(found);
    let ends = |edge: &GraphEdge| Some((*numbers.get(&edge.from)?, *numbers.get(&edge.to)?));
    let all: HashSet<(u32, u32)> = found.edges.iter().filter_map(ends).collect();
    let sides = Sides::of(layout, &all);
    let is_root = |at: u32| {
        found
            .nodes
            .get(at as usize)
            .is_some_and(|node| node.depth == 0)
    };
    let arrow = |edge: &GraphEdge| {
        let (from, to) = ends(edge)?;
        let route = Route::of(layout, from, to, aside(&all, from, to))?;
        let drawn = route.drawn(sides.is_end_freer(layout, from, to), plane, layout.size);
        Some(PlacedEdge {
            from,
            to,
            label: label_of(&edge.types),
            path: drawn.path,
            label_x: drawn.label.0,
            label_y: drawn.label.1,
            at_root: is_root(from) || is_root(to),
        })
    };
    found.edges.iter().filter_map(arrow).collect()
}

/// How many arrows meet at each side of a node: `true` is the side towards the last layer.
struct Sides(HashMap<(u32, bool), u32>);

impl Sides {
    fn of(layout: &Layout, ends: &HashSet<(u32, u32)>) -> Self {
        let mut sides = HashMap::new();
        for (from, to) in ends {
            let ahead = layout.is_ahead(*from, *to);
            *sides.entry((*from, ahead)).or_default() += 1;
            *sides.entry((*to, !ahead)).or_default() += 1;
        }
        Self(sides)
    }

    /// Whether no more arrows meet where this one ends than where it starts.
    fn is_end_freer(&self, layout: &Layout, from: u32, to: u32) -> bool {
        let ahead = layout.is_ahead(from, to);
        self.0.get(&(to, !ahead)) <= self.0.get(&(from, ahead))
    }
}

/// How far an arrow is moved aside, so that its opposite has room.
fn aside(all: &HashSet<(u32, u32)>, from: u32, to: u32) -> f32 {
    match all.contains(&(to, from)) {
        false => 0.0,
        true if from < to => -APART,
        true => APART,
    }
}

/// `depends on`; of several relations the first, and how many more.
fn label_of(types: &[RelationType]) -> String {
    let mut said: Vec<&RelationType> = Vec::new();
    for kind in types {
        let reverse = kind.reverse();
        if !said.iter().any(|known| Some(*known) == reverse.as_ref()) {
            said.push(kind);
        }
    }
    let first = said.first().map_or("", |kind| kind.label());
    match said.len() {
        0 | 1 => first.to_owned(),
        more => format!("{first} +{}", more - 1),
    }
}

/// The middles of the nodes and passages that an arrow leads over, from its start to its end.
struct Route(Vec<Place>);

/// A route as it is drawn.
struct Drawn {
    path: String,
    label: Point,
}

impl Route {
    fn of(layout: &Layout, from: u32, to: u32, aside: f32) -> Option<Self> {
        let passages = |ends| layout.passages.get(&ends).cloned();
        let there = passages((from, to));
        let back = || passages((to, from)).map(|back| back.into_iter().rev().collect());
        let mut route = vec![*layout.places.get(from as usize)?];
        route.extend(there.or_else(back).unwrap_or_default());
        route.push(*layout.places.get(to as usize)?);
        for place in &mut route {
            place.across += aside;
        }
        Some(Self(route))
    }

    /// Bends between layers and straight past them. The label stands in the first passage; where
    /// there is none, at the end or at the start, and there the arrow runs straight for longer.
    fn drawn(&self, at_end: bool, plane: Plane, size: Point) -> Drawn {
        let passage = self.0.get(1).filter(|_| self.0.len() > 2);
        let mut drawn = Drawn {
            path: String::new(),
            label: passage.map_or((0.0, 0.0), |passage| {
                plane.point((passage.along, passage.across), size)
            }),
        };
        for (at, ends) in self.0.windows(2).enumerate() {
            let [from, to] = ends else { continue };
            let gap = Gap::of(*from, *to, plane);
            let room = plane.gap().1;
            let (before, after) = match (passage.is_none(), at_end) {
                (false, _) => (LEAD, LEAD),
                (true, false) => (room, LEAD),
                (true, true) => (LEAD, room),
            };
            drawn.path.push(if at == 0 { 'M' } else { 'L' });
            gap.draw(&mut drawn.path, before, after, |point| {
                plane.point(point, size)
            });
            if passage.is_none() {
                drawn.label = plane.point(gap.label(at_end, room), size);
            }
        }
        drawn
    }
}

/// A way from one layer to the next, or back.
struct Gap {
    start: Point,
    end: Point,
    /// 1 where it leads on, -1 where it leads back.
    ahead: f32,
}

impl Gap {
    fn of(from: Place, to: Place, plane: Plane) -> Self {
        let ahead = if to.along >= from.along { 1.0 } else { -1.0 };
        let half = plane.node().0 / 2.0 * ahead;
        Self {
            start: (from.along + half, from.across),
            end: (to.along - half, to.across),
            ahead,
        }
    }

    /// Straight for a while, a bend, and straight again.
    fn draw(&self, path: &mut String, before: f32, after: f32, point: impl Fn(Point) -> Point) {
        let Self { start, end, ahead } = *self;
        let (bend, met) = (start.0 + before * ahead, end.0 - after * ahead);
        let middle = (bend + met) / 2.0;
        let mut to = |command: &str, at: Point| {
            let (x, y) = point(at);
            path.push_str(&format!("{command}{x:.1} {y:.1}"));
        };
        to("", start);
        to("L", (bend, start.1));
        to("C", (middle, start.1));
        to(" ", (middle, end.1));
        to(" ", (met, end.1));
        to("L", end);
    }

    fn label(&self, at_end: bool, room: f32) -> Point {
        let middle = room / 2.0 * self.ahead;
        match at_end {
            true => (self.end.0 - middle, self.end.1),
            false => (self.start.0 + middle, self.start.1),
        }
    }
}
