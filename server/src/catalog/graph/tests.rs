//! The layout on graphs of every shape, and the arrows of a small one.

use app::catalog::graph::Direction;
use proptest::prelude::*;

use super::layout::{Layout, layered};
use super::plane::Plane;

const RIGHT: Plane = Plane(Direction::LeftRight);

#[test]
fn what_is_built_on_stands_to_the_right() {
    let Layout { places, size, .. } = layered(4, &[(1, 0), (0, 2), (0, 3)], RIGHT);
    assert!(places[1].along < places[0].along);
    assert!(places[0].along < places[2].along);
    assert_eq!(places[2].along, places[3].along);
    assert!((places[2].across - places[3].across).abs() >= 60.0);
    assert!(size.0 > 3.0 * 168.0);
}

#[test]
fn unconnected_parts_stand_below_one_another() {
    let Layout { places, .. } = layered(3, &[(0, 1)], RIGHT);
    assert!(places[2].across > places[0].across + 44.0);
    assert_eq!(places[2].along, places[0].along);
}

#[test]
fn an_edge_over_a_layer_passes_beside_its_nodes() {
    let layout = layered(3, &[(0, 1), (1, 2), (0, 2)], RIGHT);
    let passage = layout.passages[&(0, 2)].as_slice();
    let node = layout.places[1];
    assert_eq!(passage.len(), 1);
    assert_eq!(passage[0].along, node.along);
    assert!((passage[0].across - node.across).abs() > 22.0);
}

proptest! {
    #[test]
    fn no_two_nodes_overlap_and_all_are_in_the_picture(
        count in 1_usize..60,
        edges in prop::collection::vec((0_u32..60, 0_u32..60), 0..120),
    ) {
        let mut edges: Vec<_> = edges
            .into_iter()
            .filter(|(a, b)| (*a as usize) < count && (*b as usize) < count)
            .collect();
        edges.sort_unstable();
        edges.dedup();
        let Layout { places, size, .. } = layered(count, &edges, RIGHT);
        for (at, place) in places.iter().enumerate() {
            prop_assert!(place.along >= 83.9 && place.along <= size.0 - 83.9, "{place:?} {size:?}");
            prop_assert!(place.across >= 21.9 && place.across <= size.1 - 21.9, "{place:?} {size:?}");
            for other in &places[at + 1..] {
                let apart = (place.along - other.along).abs() >= 168.0
                    || (place.across - other.across).abs() >= 44.0;
                prop_assert!(apart, "{place:?} {other:?}");
            }
        }
    }
}
