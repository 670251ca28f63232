//! Changing the index: entities come, change and go; relations and inherited fields follow.

use std::sync::Arc;

use serde_json::Value;

use super::CatalogIndex;
use super::leaves::Leaves;
use super::slots::SlotId;
use crate::catalog::query::RowId;
use crate::catalog::{Declared, EntityRef};

/// One change of the catalog.
#[derive(Debug, Clone)]
pub enum Change {
    /// An entity as it is from now on.
    Put {
        /// Which one.
        entity_ref: EntityRef,
        /// Its JSON, with defaults and `metadata.uid`, without relations.
        value: Value,
        /// The relations that it declares, in both directions.
        relations: Vec<Declared>,
    },
    /// An entity is gone.
    Remove(EntityRef),
}

/// From so many changes on, orders are made anew by the next question instead of kept up.
const BULK: usize = 64;

/// Several changes of an index. Fields inherited from what has changed are brought up to date
/// when it is dropped.
#[derive(Debug)]
pub struct Edit<'a> {
    index: &'a mut CatalogIndex,
    changes: usize,
    /// Rows whose own or passed-on fields may differ from before.
    touched: Vec<SlotId>,
}

impl CatalogIndex {
    /// Applies changes in order.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) {
        let mut edit = self.edit();
        for change in changes {
            match change {
                Change::Put {
                    entity_ref,
                    value,
                    relations,
                } => {
                    edit.put(&entity_ref, &value, &relations);
                }
                Change::Remove(entity_ref) => {
                    edit.remove(&entity_ref);
                }
            }
        }
    }

    /// Begins to change the index, for callers that do not want to give their values away.
    pub fn edit(&mut self) -> Edit<'_> {
        self.kept = Arc::default();
        Edit {
            index: self,
            changes: 0,
            touched: Vec::new(),
        }
    }
}

impl Edit<'_> {
    /// An entity as it is from now on: its JSON with defaults and `metadata.uid`, without
    /// relations, and the relations that it declares, in both directions.
    /// Returns its row.
    pub fn put(&mut self, entity_ref: &EntityRef, value: &Value, relations: &[Declared]) -> RowId {
        self.put_leaves(entity_ref, &Leaves::of(value), relations)
    }

    /// The same, with its JSON read before.
    pub fn put_leaves(
        &mut self,
        entity_ref: &EntityRef,
        leaves: &Leaves,
        relations: &[Declared],
    ) -> RowId {
        self.count();
        let id = self.index.slots.id(entity_ref);
        let before = self.passed_on(id);
        self.index.put_row(id, leaves, relations);
        self.touch(id, before.as_deref());
        RowId(id)
    }

    /// An entity is gone. Relations that others declare to it stay on their side. Returns the
    /// row that it had.
    pub fn remove(&mut self, entity_ref: &EntityRef) -> Option<RowId> {
        let id = self.index.alive_slot(entity_ref)?;
        self.count();
        let before = self.passed_on(id);
        self.index.remove_row(id);
        self.touch(id, before.as_deref());
        self.index.slots.free_if_unused(id);
        Some(RowId(id))
    }

    fn count(&mut self) {
        self.changes += 1;
        self.index.bulk = self.changes > BULK;
    }

    /// What dependents see of a row; not worth knowing among many changes.
    fn passed_on(&self, id: SlotId) -> Option<Vec<String>> {
        (!self.index.bulk).then(|| self.index.passed_on(id))
    }

    fn touch(&mut self, id: SlotId, before: Option<&[String]>) {
        if before.is_none() || before != self.passed_on(id).as_deref() {
            self.touched.push(id);
        }
    }
}

impl Drop for Edit<'_> {
    fn drop(&mut self) {
        let touched = std::mem::take(&mut self.touched);
        self.index.inherit_again(&touched);
        self.index.bulk = false;
    }
}
