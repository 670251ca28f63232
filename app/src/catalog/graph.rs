//! The relations graph: its state in the URL, and the picture that the server lays out.

use model::catalog::EntityRef;
use serde::{Deserialize, Serialize};

mod url;

pub use self::url::EVERYTHING;

/// `/catalog-graph`'s state; parameters as in Backstage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphQuery {
    /// `rootEntityRefs[]`.
    pub roots: Vec<EntityRef>,
    /// `maxDepth`; `None` is as deep as it goes, within the server's cap, and `all` in the address.
    pub max_depth: Option<u32>,
    /// `selectedKinds[]`, lower-case; empty is all.
    pub kinds: Vec<String>,
    /// `selectedRelations[]`; empty is all.
    pub relations: Vec<String>,
    /// `unidirectional`: each node is reached once, forward edges only.
    pub unidirectional: bool,
    /// `mergeRelations`: a pair of opposite relations is one edge.
    pub merge: bool,
    /// `direction`.
    pub direction: Direction,
}

/// Where the graph grows to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Left to right.
    #[default]
    #[serde(rename = "LR")]
    LeftRight,
    /// Right to left.
    #[serde(rename = "RL")]
    RightLeft,
    /// Top to bottom.
    #[serde(rename = "TB")]
    TopBottom,
    /// Bottom to top.
    #[serde(rename = "BT")]
    BottomTop,
}

/// A graph with coordinates, in CSS pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphPicture {
    /// In reading order.
    pub nodes: Vec<PlacedNode>,
    /// Drawn under the nodes.
    pub edges: Vec<PlacedEdge>,
    /// Of the whole picture.
    pub width: f32,
    /// Of the whole picture.
    pub height: f32,
    /// How many further entities the cap left out.
    pub left_out: u32,
    /// Every relation type that could be chosen, with its label.
    pub relation_types: Vec<(String, String)>,
}

impl GraphPicture {
    /// Whether an entity is in it.
    #[must_use]
    pub fn has(&self, entity_ref: &EntityRef) -> bool {
        self.nodes.iter().any(|node| node.entity_ref == *entity_ref)
    }
}

/// A picture, and what it could not show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// The graph.
    pub picture: GraphPicture,
    /// Names near those of roots that do not exist: the page's address with that root, and the name.
    pub near: Vec<(String, String)>,
}

/// One entity in the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedNode {
    /// Which entity.
    pub entity_ref: EntityRef,
    /// Its page.
    pub href: String,
    /// The display name.
    pub label: String,
    /// Type, owner or kind, in small.
    pub sublabel: String,
    /// As entities write it.
    pub kind: String,
    /// Whether it is one of the roots.
    pub root: bool,
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// One edge in the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedEdge {
    /// Index into [`GraphPicture::nodes`].
    pub from: u32,
    /// Index into [`GraphPicture::nodes`].
    pub to: u32,
    /// In words: `depends on`, `provides API`.
    pub label: String,
    /// An SVG path.
    pub path: String,
    /// Where the label goes.
    pub label_x: f32,
    /// Where the label goes.
    pub label_y: f32,
    /// Whether a root is at one of its ends.
    pub at_root: bool,
}
