//! The catalog at one moment with its relations in both directions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::identity::types::{EntityCard, GuestChoice};
use catalog::snapshot::Snapshot;
use model::catalog::index::FieldSpec;
use model::catalog::page::{RefLabel, short_ref};
use model::catalog::{EntityRef, Relation, RelationType, Severity, relations};

use super::node::Node;

/// How far a missing field value is looked up.
const DEPTH: usize = 8;

/// Everything that pages ask of one snapshot.
pub struct View {
    snapshot: Arc<Snapshot>,
    pub(super) fields: Vec<FieldSpec>,
    nodes: BTreeMap<EntityRef, Node>,
    relations: BTreeMap<EntityRef, BTreeSet<(RelationName, EntityRef)>>,
}

/// A relation type that sorts by name.
type RelationName = String;

impl View {
    pub(super) fn of(snapshot: Arc<Snapshot>, fields: &[FieldSpec]) -> Self {
        let nodes: BTreeMap<_, _> = snapshot
            .entities()
            .map(|entity| {
                (
                    entity.entity.entity_ref.clone(),
                    Node::of(Arc::clone(entity), fields),
                )
            })
            .collect();
        let mut edges: BTreeMap<EntityRef, BTreeSet<_>> = BTreeMap::new();
        for node in nodes.values() {
            for edge in relations::declared(&node.value).unwrap_or_default() {
                let name = edge.kind.as_str().to_owned();
                edges
                    .entry(edge.source)
                    .or_default()
                    .insert((name, edge.target));
            }
        }
        Self {
            snapshot,
            fields: fields.to_vec(),
            nodes,
            relations: edges,
        }
    }

    pub(super) fn is_of(&self, snapshot: &Arc<Snapshot>) -> bool {
        Arc::ptr_eq(&self.snapshot, snapshot)
    }

    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    pub(super) fn get(&self, wanted: &EntityRef) -> Option<&Node> {
        self.nodes.get(wanted)
    }

    /// Relations of an entity, whoever declared them, by type and target.
    pub(super) fn relations(&self, of: &EntityRef) -> Vec<Relation> {
        let edges = self.relations.get(of).into_iter().flatten();
        edges
            .map(|(name, target)| Relation {
                kind: RelationType::from_name(name),
                target: target.clone(),
            })
            .collect()
    }

    /// Targets of one type of relation.
    pub(super) fn targets<'v>(
        &'v self,
        of: &EntityRef,
        relation: &'v str,
    ) -> impl Iterator<Item = &'v EntityRef> + use<'v> {
        let edges = self.relations.get(of).into_iter().flatten();
        edges
            .filter(move |(name, _)| name == relation)
            .map(|(_, target)| target)
    }

    /// How an entity is named and linked.
    pub fn label(&self, of: &EntityRef) -> RefLabel {
        let node = self.nodes.get(of);
        let name = node.map_or_else(
            || short_ref(of.namespace(), of.name()),
            |node| node.entity().display_name().to_owned(),
        );
        RefLabel {
            entity_ref: of.clone(),
            label: name,
            exists: node.is_some(),
            href: of.path(),
        }
    }

    /// An entity's domain: its own, its system's, or its parent component's.
    pub(super) fn domain(&self, node: &Node) -> Option<EntityRef> {
        self.domain_within(node, DEPTH)
    }

    fn domain_within(&self, node: &Node, depth: usize) -> Option<EntityRef> {
        if let Some(own) = node.reference("spec.domain") {
            return Some(own);
        }
        let depth = depth.checked_sub(1)?;
        ["spec.system", "spec.subcomponentOf"]
            .into_iter()
            .filter_map(|path| self.get(&node.reference(path)?))
            .find_map(|above| self.domain_within(above, depth))
    }

    /// The value of a field: its own, else the first that it inherits.
    pub(super) fn field(&self, node: &Node, index: usize) -> Option<String> {
        self.field_within(node, index, DEPTH)
    }

    fn field_within(&self, node: &Node, index: usize, depth: usize) -> Option<String> {
        if let Some(own) = node.own_fields.get(index)? {
            return Some(own.clone());
        }
        let depth = depth.checked_sub(1)?;
        let inherit = &self.fields.get(index)?.inherit;
        inherit
            .iter()
            .filter_map(|path| match path.as_str() {
                "spec.domain" => self.domain(node),
                path => node.reference(path),
            })
            .filter(|above| above != node.entity_ref())
            .filter_map(|above| self.get(&above))
            .find_map(|above| self.field_within(above, index, depth))
    }

    /// The value as shown: a reference by its entity's name.
    pub(super) fn field_label(&self, value: &str) -> (String, Option<RefLabel>) {
        let target = value
            .contains(':')
            .then(|| EntityRef::parse(value).ok())
            .flatten();
        match target {
            Some(target) => {
                let label = self.label(&target);
                (label.label.clone(), Some(label))
            }
            None => (value.to_owned(), None),
        }
    }
}

/// What other features ask.
impl View {
    /// An entity for a list.
    #[must_use]
    pub fn card(&self, of: &EntityRef) -> EntityCard {
        let entity = self.get(of).map(Node::entity);
        EntityCard {
            entity: self.label(of),
            kind: entity.map_or(of.kind(), |entity| entity.kind()).to_owned(),
            spec_type: entity
                .and_then(|entity| entity.spec_type())
                .map(str::to_owned),
            description: entity
                .and_then(|entity| entity.description())
                .map(str::to_owned),
            at: None,
        }
    }

    /// The groups that a user is a direct member of.
    #[must_use]
    pub fn groups_of(&self, user: &EntityRef) -> Vec<EntityRef> {
        self.targets(user, "memberOf").cloned().collect()
    }

    /// Everybody, by name.
    #[must_use]
    pub fn users(&self) -> Vec<GuestChoice> {
        let users = self.nodes().filter(|node| node.kind() == "user");
        let mut choices: Vec<GuestChoice> = users
            .map(|node| GuestChoice {
                user: self.label(node.entity_ref()),
                description: node.entity().description().map(str::to_owned),
                groups: self
                    .targets(node.entity_ref(), "memberOf")
                    .map(|group| self.label(group).label)
                    .collect(),
            })
            .collect();
        choices.sort_by_key(|choice| choice.user.label.to_lowercase());
        choices
    }

    /// How many errors the catalog has.
    #[must_use]
    pub fn errors(&self) -> u32 {
        let problems = self.snapshot.problems().iter();
        let errors = problems.filter(|problem| problem.severity == Severity::Error);
        u32::try_from(errors.count()).unwrap_or(u32::MAX)
    }

    /// Where the change feed stood.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.snapshot.seq()
    }
}
