//! What one entity puts into the index, and takes out when it goes.

use std::borrow::Cow;
use std::sync::Arc;

use super::CatalogIndex;
use super::column::Written;
use super::columns::{ColumnId, own};
use super::edges::DeclaredEdge;
use super::leaves::{Leaves, is_short};
use super::slots::{Row, SlotId};
use crate::catalog::{Declared, EntityRef};

impl CatalogIndex {
    /// Replaces what a row has in the index, touching only what differs.
    pub(super) fn put_row(&mut self, id: SlotId, leaves: &Leaves, relations: &[Declared]) {
        let old = self.slots.row(id).cloned().unwrap_or_default();
        let appears = self.slots.row(id).is_none();
        let cells = self.cells(id, leaves);
        let columns = self.write_cells(id, &cells);
        for gone in old
            .columns
            .iter()
            .filter(|id| columns.binary_search(id).is_err())
        {
            self.write(*gone, id, &[]);
        }
        self.haystack.set(id, &leaves.haystack);
        let declared = self.declared(id, relations);
        let row = Row {
            columns: self.shapes.shared(columns),
            declared: declared.as_slice().into(),
            inherits_from: old.inherits_from.clone(),
            long: leaves.long.clone(),
        };
        if let Some(slot) = self.slots.get_mut(id) {
            slot.row = Some(Arc::new(row));
        }
        if appears {
            self.alive_mut().insert(id);
            self.write_edges(id, true);
        }
        self.redeclare(&old.declared, &declared);
    }

    /// Takes everything of an entity out. The row stays while something mentions it.
    pub(super) fn remove_row(&mut self, id: SlotId) {
        let Some(row) = self.slots.row(id).cloned() else {
            return;
        };
        for column in row.columns.iter() {
            self.write(*column, id, &[]);
        }
        self.haystack.set(id, "");
        self.write_edges(id, false);
        self.alive_mut().remove(id);
        self.clear_inherited(id, &row);
        if let Some(slot) = self.slots.get_mut(id) {
            slot.row = None;
        }
        self.redeclare(&row.declared, &[]);
    }

    /// Writes a cell unless it already says the same.
    pub(super) fn write(&mut self, column: ColumnId, row: SlotId, written: &[Written<'_>]) {
        if self.columns.get(column).holds(row, written) {
            return;
        }
        let bulk = self.bulk;
        if let Some(column) = self.columns.get_mut(column) {
            if bulk {
                column.forget_order();
            }
            column.set(row, written);
        }
    }

    /// All cells of an entity but those of relations and inherited fields, by column.
    fn cells<'a>(&mut self, id: SlotId, leaves: &'a Leaves) -> Vec<(ColumnId, Written<'a>)> {
        let one = |text: Cow<'a, str>| Written {
            value: Some(text).filter(|text| is_short(text)),
            element: false,
        };
        let entity_ref = self.slots.get(id).map(|slot| slot.entity_ref.to_string());
        let mut cells = vec![
            (own::REF, one(entity_ref.unwrap_or_default().into())),
            (own::DISPLAY_NAME, one(leaves.display_name.as_str().into())),
            (own::NAMESPACE, one(leaves.namespace.as_str().into())),
        ];
        cells.extend(
            leaves
                .iter()
                .map(|(path, written)| (self.columns.id(path), written)),
        );
        cells.sort_by_key(|(column, _)| *column);
        cells
    }

    /// Writes the cells; the columns written to, in order.
    fn write_cells(&mut self, id: SlotId, cells: &[(ColumnId, Written<'_>)]) -> Vec<ColumnId> {
        let mut columns = Vec::with_capacity(cells.len());
        let mut cell = Vec::new();
        for same in cells.chunk_by(|a, b| a.0 == b.0) {
            let Some((column, _)) = same.first() else {
                continue;
            };
            cell.clear();
            same.iter()
                .for_each(|(_, written)| merge(&mut cell, written));
            self.write(*column, id, &cell);
            columns.push(*column);
        }
        columns
    }

    fn declared(&mut self, id: SlotId, relations: &[Declared]) -> Vec<DeclaredEdge> {
        let Some(own) = self.slots.get(id).map(|slot| slot.entity_ref.clone()) else {
            return Vec::new();
        };
        let slot = |index: &mut Self, end: &EntityRef| {
            if *end == own { id } else { index.slots.id(end) }
        };
        let mut declared: Vec<DeclaredEdge> = relations
            .iter()
            .map(|relation| DeclaredEdge {
                source: slot(self, &relation.source),
                relation: self.relation_type(&relation.kind),
                target: slot(self, &relation.target),
            })
            .collect();
        declared.sort_unstable();
        declared.dedup();
        declared
    }
}

/// The same value twice at one path is one item.
fn merge<'a>(cell: &mut Vec<Written<'a>>, written: &Written<'a>) {
    match cell.iter_mut().find(|old| old.value == written.value) {
        Some(old) => old.element |= written.element,
        None => cell.push(written.clone()),
    }
}

/// Whether a row is an entity, and which.
impl CatalogIndex {
    /// The row of an entity that exists.
    pub(in crate::catalog) fn alive_slot(&self, entity_ref: &EntityRef) -> Option<SlotId> {
        let id = self.slots.find(entity_ref.as_str())?;
        self.alive.contains(id).then_some(id)
    }
}
