//! The neighbourhood of entities in the graph of relations: what to draw, not where.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::row::entity_summary;
use crate::catalog::index::CatalogIndex;
use crate::catalog::{EntityRef, RelationType};

/// Relations whose first end an arrow starts at when both directions are drawn as one.
const FIRST_ENDS: [RelationType; 7] = [
    RelationType::OwnerOf,
    RelationType::ConsumesApi,
    RelationType::ApiProvidedBy,
    RelationType::HasPart,
    RelationType::ParentOf,
    RelationType::HasMember,
    RelationType::DependsOn,
];

/// Whether a relation is drawn from its own end, rather than its reverse from the other.
#[must_use]
pub fn is_forward(relation: &RelationType) -> bool {
    FIRST_ENDS.contains(relation) || relation.reverse().is_none()
}

/// What part of the graph to draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphQuery {
    /// Where to begin.
    pub roots: Vec<EntityRef>,
    /// How many relations away at most; `None` for no limit.
    pub max_depth: Option<u32>,
    /// Only entities of these kinds, in any case, beside the roots; none means all.
    pub kinds: Vec<String>,
    /// Only relations with these names; none means all.
    pub relations: Vec<String>,
    /// Each entity is reached once, and only the arrow that reached it is drawn.
    pub unidirectional: bool,
    /// A relation and its reverse are one arrow.
    pub merge: bool,
    /// The most entities to draw.
    pub max_nodes: u32,
}

/// A part of the graph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbourhood {
    /// Nearest first.
    pub nodes: Vec<GraphNode>,
    /// Between those nodes.
    pub edges: Vec<GraphEdge>,
    /// How many entities next to these are missing because there would have been too many.
    pub left_out: u32,
}

/// An entity in the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphNode {
    /// Which.
    pub entity_ref: EntityRef,
    /// Its page.
    pub href: String,
    /// Its display name.
    pub label: String,
    /// Its kind as it writes it.
    pub kind: String,
    /// `spec.type`, where it has one.
    pub sublabel: Option<String>,
    /// How many relations away from the nearest root.
    pub depth: u32,
}

/// An arrow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphEdge {
    /// Where it starts.
    pub from: EntityRef,
    /// Where it leads.
    pub to: EntityRef,
    /// The relations that it stands for.
    pub types: Vec<RelationType>,
}

/// The entities around the roots, nearest first, with the relations between them.
/// Roots that do not exist, and relations to what does not exist, are left out.
#[must_use]
pub fn neighbourhood(index: &CatalogIndex, query: &GraphQuery) -> Neighbourhood {
    let mut walk = Walk {
        index,
        query,
        depths: HashMap::new(),
        order: Vec::new(),
        tree: Vec::new(),
        left_out: HashSet::new(),
    };
    walk.run();
    let edges = if query.unidirectional {
        std::mem::take(&mut walk.tree)
    } else {
        walk.all_edges()
    };
    Neighbourhood {
        nodes: walk.nodes(),
        edges: merged(edges, query),
        left_out: u32::try_from(walk.left_out.len()).unwrap_or(u32::MAX),
    }
}

type Edge = (EntityRef, EntityRef, RelationType);

struct Walk<'a> {
    index: &'a CatalogIndex,
    query: &'a GraphQuery,
    depths: HashMap<EntityRef, u32>,
    order: Vec<EntityRef>,
    /// The relations over which an entity was first reached.
    tree: Vec<Edge>,
    left_out: HashSet<EntityRef>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut queue = VecDeque::new();
        for root in &self.query.roots {
            if self.index.contains(root) && self.visit(root, 0) {
                queue.push_back(root.clone());
            }
        }
        while let Some(from) = queue.pop_front() {
            let depth = self.depths.get(&from).copied().unwrap_or(0) + 1;
            if self.query.max_depth.is_some_and(|most| depth > most) {
                continue;
            }
            let mut reached: HashMap<EntityRef, bool> = HashMap::new();
            for (kind, target) in self.followed(&from) {
                let new = match reached.get(&target) {
                    Some(new) => *new,
                    None => self.visit(&target, depth),
                };
                if new && reached.insert(target.clone(), new).is_none() {
                    queue.push_back(target.clone());
                }
                if new {
                    self.tree.push((from.clone(), target, kind));
                }
            }
        }
    }

    /// Whether the entity is new and has room.
    fn visit(&mut self, entity_ref: &EntityRef, depth: u32) -> bool {
        if self.depths.contains_key(entity_ref) {
            return false;
        }
        if self.order.len() >= self.query.max_nodes as usize {
            self.left_out.insert(entity_ref.clone());
            return false;
        }
        self.depths.insert(entity_ref.clone(), depth);
        self.order.push(entity_ref.clone());
        true
    }

    /// The relations of an entity that the query lets through.
    fn followed(&self, from: &EntityRef) -> Vec<(RelationType, EntityRef)> {
        let wanted = |names: &[String], name: &str| {
            names.is_empty() || names.iter().any(|own| own.eq_ignore_ascii_case(name))
        };
        let relations = self.index.relations(from).into_iter();
        relations
            .filter(|relation| wanted(&self.query.relations, relation.kind.as_str()))
            .filter(|relation| {
                self.query.roots.contains(&relation.target)
                    || wanted(&self.query.kinds, relation.target.kind())
            })
            .filter(|relation| self.index.contains(&relation.target))
            .map(|relation| (relation.kind, relation.target))
            .collect()
    }

    fn all_edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for from in &self.order {
            let followed = self.followed(from).into_iter();
            let drawn = followed.filter(|(_, target)| self.depths.contains_key(target));
            edges.extend(drawn.map(|(kind, target)| (from.clone(), target, kind)));
        }
        edges
    }

    fn nodes(&self) -> Vec<GraphNode> {
        let order = self.order.iter();
        order
            .filter_map(|entity_ref| {
                self.index.find(entity_ref)?;
                let summary = entity_summary(self.index, entity_ref);
                Some(GraphNode {
                    href: summary.label.href,
                    label: summary.label.label,
                    kind: summary.kind,
                    sublabel: summary.spec_type,
                    depth: self.depths.get(entity_ref).copied().unwrap_or(0),
                    entity_ref: entity_ref.clone(),
                })
            })
            .collect()
    }
}

/// One arrow for all relations between two entities in one direction.
fn merged(edges: Vec<Edge>, query: &GraphQuery) -> Vec<GraphEdge> {
    let mut arrows: BTreeMap<(EntityRef, EntityRef), Vec<RelationType>> = BTreeMap::new();
    for (from, to, kind) in edges {
        let types = match kind.reverse().filter(|_| query.merge) {
            Some(reverse) if FIRST_ENDS.contains(&reverse) => vec![reverse, kind.clone()],
            Some(reverse) => vec![kind.clone(), reverse],
            None => vec![kind.clone()],
        };
        let turned = query.merge && types.first() != Some(&kind);
        let ends = if turned { (to, from) } else { (from, to) };
        let arrow = arrows.entry(ends).or_default();
        for kind in types {
            if !arrow.contains(&kind) {
                arrow.push(kind);
            }
        }
    }
    let arrows = arrows.into_iter();
    arrows
        .map(|((from, to), types)| GraphEdge { from, to, types })
        .collect()
}
