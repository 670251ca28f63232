//! Arrows. Next to its outer node, the one farther from the roots, an arrow runs straight: there
//! is room for its label, beside no other arrow's.

use app::catalog::graph::PlacedEdge;
use model::catalog::RelationType;
use model::catalog::page::{GraphEdge, Neighbourhood};

use super::layout::Place;
use super::numbers;
use super::plane::Plane;

/// How far apart two opposite arrows between the same nodes are.
const APART: f32 = 7.0;

type Point = (f32, f32);

pub(super) fn placed(
    found: &Neighbourhood,
    places: &[Place],
    plane: Plane,
    size: Point,
) -> Vec<PlacedEdge> {
    let numbers = numbers(found);
    let opposite = |edge: &GraphEdge| {
        let mut edges = found.edges.iter();
        edges.any(|other| other.from == edge.to && other.to == edge.from)
    };
    let arrow = |edge: &GraphEdge| {
        let (from, to) = (*numbers.get(&edge.from)?, *numbers.get(&edge.to)?);
        let depth = |at: u32| Some(found.nodes.get(at as usize)?.depth);
        let outwards = depth(to)? >= depth(from)?;
        let aside = if !opposite(edge) {
            0.0
        } else if from < to {
            -APART
        } else {
            APART
        };
        let ends = Ends::of(
            *places.get(from as usize)?,
            *places.get(to as usize)?,
            aside,
            plane,
        );
        let bend = ends.bend(outwards, plane);
        let [start, first, second, met, end, label] = bend.map(|point| plane.point(point, size));
        Some(PlacedEdge {
            from,
            to,
            label: label_of(&edge.types),
            path: if outwards {
                format!(
                    "M{}C{} {} {}L{}",
                    at(start),
                    at(first),
                    at(second),
                    at(met),
                    at(end)
                )
            } else {
                format!(
                    "M{}L{}C{} {} {}",
                    at(start),
                    at(met),
                    at(first),
                    at(second),
                    at(end)
                )
            },
            label_x: label.0,
            label_y: label.1,
            at_root: depth(from)? == 0 || depth(to)? == 0,
        })
    };
    found.edges.iter().filter_map(arrow).collect()
}

fn at((x, y): Point) -> String {
    format!("{x:.1} {y:.1}")
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

/// Where an arrow leaves one node and meets the other, along and across.
struct Ends {
    start: Point,
    end: Point,
    /// 1 where the arrow leads forward along the plane, -1 where it leads back.
    ahead: f32,
}

impl Ends {
    fn of(from: Place, to: Place, aside: f32, plane: Plane) -> Self {
        let ahead = if to.along >= from.along { 1.0 } else { -1.0 };
        let half = plane.node().0 / 2.0 * ahead;
        Self {
            start: (from.along + half, from.across + aside),
            end: (to.along - half, to.across + aside),
            ahead,
        }
    }

    /// Start, the bend's two handles, where bend and straight part meet, end, label.
    fn bend(&self, outwards: bool, plane: Plane) -> [Point; 6] {
        let Self { start, end, ahead } = *self;
        let straight = plane.gap().1 * ahead;
        let (met, label_from) = if outwards {
            ((end.0 - straight, end.1), end.0 - straight)
        } else {
            ((start.0 + straight, start.1), start.0)
        };
        let (bent_from, bent_to) = if outwards { (start, met) } else { (met, end) };
        let half = (bent_from.0 + bent_to.0) / 2.0;
        [
            start,
            (half, bent_from.1),
            (half, bent_to.1),
            met,
            end,
            (label_from + straight / 2.0, met.1),
        ]
    }
}
