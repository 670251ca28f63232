//! What one entity puts into the index, and takes out when it goes.

use std::sync::Arc;

use serde_json::Value;

use super::CatalogIndex;
use super::column::Written;
use super::columns::{ColumnId, own};
use super::edges::DeclaredEdge;
use super::leaves::{MAX_TEXT, each_leaf, is_short};
use super::slots::{LongTexts, Row, SlotId};
use crate::catalog::well_known::{EDIT_URL, VIEW_URL};
use crate::catalog::{DEFAULT_NAMESPACE, Declared, EntityRef, EntityView};

/// The longest description that a list shows, in characters.
const SHOWN_DESCRIPTION: usize = 300;

type Leaves<'a> = Vec<(ColumnId, Written<'a>)>;

impl CatalogIndex {
    /// Replaces what a row has in the index, touching only what differs.
    pub(super) fn put_row(&mut self, id: SlotId, value: &Value, relations: &[Declared]) {
        let old = self.slots.row(id).cloned().unwrap_or_default();
        let appears = self.slots.row(id).is_none();
        let leaves = self.leaves(id, value);
        let columns = self.write_leaves(id, &leaves);
        for gone in old
            .columns
            .iter()
            .filter(|id| columns.binary_search(id).is_err())
        {
            self.write(*gone, id, &[]);
        }
        self.haystack.set(id, &haystack(EntityView(value)));
        let declared = self.declared(id, relations);
        let row = Row {
            columns: columns.into(),
            declared: declared.as_slice().into(),
            inherits_from: old.inherits_from.clone(),
            long: long_texts(EntityView(value)),
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
        for column in &row.columns {
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
    fn leaves<'a>(&mut self, id: SlotId, value: &'a Value) -> Leaves<'a> {
        let view = EntityView(value);
        let one = |text: String| Written {
            value: Some(text.into()).filter(|text: &std::borrow::Cow<'_, str>| is_short(text)),
            element: false,
        };
        let entity_ref = self.slots.get(id).map(|slot| slot.entity_ref.to_string());
        let mut leaves: Leaves<'a> = vec![
            (own::REF, one(entity_ref.unwrap_or_default())),
            (own::DISPLAY_NAME, one(display_name(view))),
            (own::NAMESPACE, one(view.namespace().to_owned())),
        ];
        each_leaf(value, &mut |path, leaf| {
            let written = Written {
                value: leaf.value,
                element: leaf.element,
            };
            leaves.push((self.columns.id(path), written));
        });
        leaves.sort_by_key(|(column, _)| *column);
        leaves
    }

    /// Writes the cells; the columns written to, in order.
    fn write_leaves(&mut self, id: SlotId, leaves: &Leaves<'_>) -> Vec<ColumnId> {
        let mut columns = Vec::with_capacity(leaves.len());
        let mut cell = Vec::new();
        for same in leaves.chunk_by(|a, b| a.0 == b.0) {
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

/// The name that pages show: display name, else title, else the ref as short as it is unique.
fn display_name(view: EntityView<'_>) -> String {
    let given = view
        .text(&["spec", "profile", "displayName"])
        .or_else(|| view.title());
    let name = match (given, view.namespace()) {
        (Some(given), _) => given.to_owned(),
        (None, DEFAULT_NAMESPACE) => view.name().to_owned(),
        (None, namespace) => format!("{namespace}/{}", view.name()),
    };
    cut(&name, MAX_TEXT / 2)
}

fn long_texts(view: EntityView<'_>) -> Option<Box<LongTexts>> {
    let long = |text: &&str| !is_short(text);
    let texts = LongTexts {
        description: view
            .description()
            .filter(long)
            .map(|text| cut(text, SHOWN_DESCRIPTION).into()),
        view_url: view.annotation(VIEW_URL).filter(long).map(Into::into),
        edit_url: view.annotation(EDIT_URL).filter(long).map(Into::into),
    };
    (texts != LongTexts::default()).then(|| Box::new(texts))
}

/// What the text filter of the catalog page looks into, in lower case, a line each.
fn haystack(view: EntityView<'_>) -> String {
    let description = view.description().map(|text| cut(text, SHOWN_DESCRIPTION));
    let mut lines = vec![view.name(), view.title().unwrap_or_default()];
    lines.extend(view.text(&["spec", "profile", "displayName"]));
    lines.extend(description.as_deref());
    lines.extend(view.tags());
    lines.extend(view.text(&["spec", "target"]));
    lines.extend(view.texts(&["spec", "targets"]));
    lines.retain(|line| !line.is_empty());
    lines.join("\n").to_lowercase()
}

fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
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
