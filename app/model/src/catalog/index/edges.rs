//! Relations: which entity declared them, counted, in the `relations.<type>` columns.

use std::sync::Arc;

use super::CatalogIndex;
use super::column::Written;
use super::columns::ColumnId;
use super::slots::SlotId;
use crate::catalog::RelationType;

/// The number of a relation's type.
pub(super) type TypeId = u16;

/// A relation that starts at a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) relation: TypeId,
    pub(super) target: SlotId,
    /// How many entities declare it.
    declarers: u32,
}

/// A relation that an entity declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DeclaredEdge {
    pub(super) source: SlotId,
    pub(super) relation: TypeId,
    pub(super) target: SlotId,
}

/// The types of relations seen so far, each with its column.
#[derive(Debug, Clone, Default)]
pub(super) struct RelationTypes {
    types: Arc<Vec<(RelationType, ColumnId)>>,
}

impl RelationTypes {
    pub(super) fn get(&self, id: TypeId) -> Option<&(RelationType, ColumnId)> {
        self.types.get(usize::from(id))
    }

    pub(super) fn find(&self, relation: &RelationType) -> Option<TypeId> {
        let at = self.types.iter().position(|(known, _)| known == relation)?;
        TypeId::try_from(at).ok()
    }
}

/// The key of a relation's column: `relations.ownedby`.
pub(in crate::catalog) fn relation_key(relation: &RelationType) -> String {
    format!("relations.{}", relation.as_str().to_lowercase())
}

impl CatalogIndex {
    /// The number of a relation's type, new or not.
    pub(super) fn relation_type(&mut self, relation: &RelationType) -> TypeId {
        if let Some(id) = self.relations.find(relation) {
            return id;
        }
        let column = self.columns.id(&relation_key(relation));
        let types = Arc::make_mut(&mut self.relations.types);
        types.push((relation.clone(), column));
        TypeId::try_from(types.len() - 1).unwrap_or(TypeId::MAX)
    }

    /// Replaces what a row declares; both lists are in order.
    pub(super) fn redeclare(&mut self, old: &[DeclaredEdge], new: &[DeclaredEdge]) {
        for edge in new.iter().filter(|edge| old.binary_search(edge).is_err()) {
            self.add_edge(*edge);
        }
        for edge in old.iter().filter(|edge| new.binary_search(edge).is_err()) {
            self.remove_edge(*edge);
        }
    }

    fn add_edge(&mut self, edge: DeclaredEdge) {
        let Some(source) = self.slots.get_mut(edge.source) else {
            return;
        };
        let edges = Arc::make_mut(&mut source.edges);
        let key = (edge.relation, edge.target);
        match edges.binary_search_by_key(&key, |edge| (edge.relation, edge.target)) {
            Ok(at) => {
                if let Some(known) = edges.get_mut(at) {
                    known.declarers += 1;
                }
                return;
            }
            Err(at) => edges.insert(
                at,
                Edge {
                    relation: edge.relation,
                    target: edge.target,
                    declarers: 1,
                },
            ),
        }
        let exists = source.row.is_some();
        if let Some(target) = self.slots.get_mut(edge.target) {
            target.uses += 1;
        }
        if exists {
            self.write_edge(edge, true);
        }
    }

    fn remove_edge(&mut self, edge: DeclaredEdge) {
        let Some(source) = self.slots.get_mut(edge.source) else {
            return;
        };
        let edges = Arc::make_mut(&mut source.edges);
        let key = (edge.relation, edge.target);
        let Ok(at) = edges.binary_search_by_key(&key, |edge| (edge.relation, edge.target)) else {
            return;
        };
        if let Some(known) = edges.get_mut(at)
            && known.declarers > 1
        {
            known.declarers -= 1;
            return;
        }
        edges.remove(at);
        if source.row.is_some() {
            self.write_edge(edge, false);
        }
        if let Some(target) = self.slots.get_mut(edge.target) {
            target.uses -= 1;
        }
        self.slots.free_if_unused(edge.target);
        self.slots.free_if_unused(edge.source);
    }

    /// Brings one relation into its column, or takes it out.
    fn write_edge(&mut self, edge: DeclaredEdge, present: bool) {
        let Some((_, column)) = self.relations.get(edge.relation) else {
            return;
        };
        let Some(target) = self.slots.get(edge.target) else {
            return;
        };
        let text = target.entity_ref.as_str();
        let Some(column) = self.columns.get_mut(*column) else {
            return;
        };
        if self.bulk {
            column.forget_order();
        }
        if present {
            column.add(edge.source, text);
        } else {
            column.take(edge.source, text);
        }
    }

    /// Brings all relations of a row into their columns when its entity appears, takes them out
    /// when it goes.
    pub(super) fn write_edges(&mut self, id: SlotId, present: bool) {
        let Some(edges) = self.slots.get(id).map(|slot| Arc::clone(&slot.edges)) else {
            return;
        };
        for same in edges.chunk_by(|a, b| a.relation == b.relation) {
            let relation = same
                .first()
                .and_then(|edge| self.relations.get(edge.relation));
            let Some((_, column)) = relation else {
                continue;
            };
            let targets = same.iter().filter(|_| present);
            let written: Vec<Written<'_>> = targets
                .filter_map(|edge| self.slots.get(edge.target))
                .map(|target| Written {
                    value: Some(target.entity_ref.as_str().into()),
                    element: false,
                })
                .collect();
            if let Some(column) = self.columns.get_mut(*column) {
                if self.bulk {
                    column.forget_order();
                }
                column.set(id, &written);
            }
        }
    }
}
