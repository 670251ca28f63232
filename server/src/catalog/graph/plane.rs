//! The plane of the picture. Layers follow one another along it, their nodes stand across it;
//! only here is known which of the two is to the right.

use app::catalog::graph::Direction;

pub(super) const NODE_WIDTH: f32 = 168.0;
pub(super) const NODE_HEIGHT: f32 = 44.0;
pub(super) const MARGIN: f32 = 12.0;

/// Which way the layers follow one another.
#[derive(Clone, Copy)]
pub(super) struct Plane(pub(super) Direction);

impl Plane {
    fn is_upright(self) -> bool {
        matches!(self.0, Direction::TopBottom | Direction::BottomTop)
    }

    /// A node's extent along and across.
    pub(super) fn node(self) -> (f32, f32) {
        if self.is_upright() {
            (NODE_HEIGHT, NODE_WIDTH)
        } else {
            (NODE_WIDTH, NODE_HEIGHT)
        }
    }

    /// What lies between layers: room for a bend, then for a label.
    pub(super) fn gap(self) -> (f32, f32) {
        if self.is_upright() {
            (52.0, 36.0)
        } else {
            (60.0, 94.0)
        }
    }

    /// An extent along and across as width and height.
    pub(super) fn turned(self, (along, across): (f32, f32)) -> (f32, f32) {
        if self.is_upright() {
            (across, along)
        } else {
            (along, across)
        }
    }

    /// A point along and across as x and y, in a picture of this extent.
    pub(super) fn point(self, (along, across): (f32, f32), size: (f32, f32)) -> (f32, f32) {
        let mirrored = matches!(self.0, Direction::RightLeft | Direction::BottomTop);
        let along = if mirrored { size.0 - along } else { along };
        let (x, y) = self.turned((along, across));
        (x + MARGIN, y + MARGIN)
    }
}
