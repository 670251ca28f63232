//! One search key: for each row the values that stand at that path.

use super::bits::Bits;
use super::cells::{Cells, Item};
use super::dictionary::{Dictionary, lower_case};

/// A value to be written: `None` says that the key is there without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written<'a> {
    pub(super) value: Option<std::borrow::Cow<'a, str>>,
    /// Whether it stood as a string in an array.
    pub(super) element: bool,
}

/// A column with its values.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    cells: Cells,
    values: Dictionary,
}

impl Column {
    pub(super) fn values(&self) -> &Dictionary {
        &self.values
    }

    pub(super) fn items(&self, row: u32) -> &[Item] {
        self.cells.items(row)
    }

    /// The values of a row as written, in the order of the source.
    pub(super) fn texts(&self, row: u32) -> impl Iterator<Item = &str> {
        let ids = self.items(row).iter().filter_map(|item| item.id());
        ids.map(|id| self.values.original(id))
    }

    /// How many rows have the key.
    pub(super) fn rows(&self) -> u32 {
        self.cells.rows()
    }

    pub(super) fn for_each(&self, within: &Bits, seen: impl FnMut(u32, &[Item])) {
        self.cells.for_each(within, seen);
    }

    /// The rows, among those given, with an item that passes.
    pub(super) fn rows_with(
        &self,
        rows: usize,
        within: &Bits,
        passes: impl Fn(Item) -> bool,
    ) -> Bits {
        let mut found = Bits::none(rows);
        self.for_each(within, |row, items| {
            if items.iter().any(|item| passes(*item)) {
                found.insert(row);
            }
        });
        found
    }

    /// Whether the row already has exactly this.
    pub(super) fn holds(&self, row: u32, written: &[Written<'_>]) -> bool {
        let items = self.items(row);
        items.len() == written.len()
            && items.iter().zip(written).all(|(item, new)| {
                item.is_element() == new.element
                    && item.id().map(|id| self.values.original(id)) == new.value.as_deref()
            })
    }

    /// Replaces what the row has.
    pub(super) fn set(&mut self, row: u32, written: &[Written<'_>]) {
        let old = self.items(row).to_vec();
        let new = written
            .iter()
            .map(|new| {
                let id = new.value.as_deref().map(|value| self.values.take(value));
                Item::new(id, new.element)
            })
            .collect();
        self.cells.set(row, new);
        for id in old.into_iter().filter_map(Item::id) {
            self.values.release(id);
        }
    }

    /// Adds a value that the row does not have.
    pub(super) fn add(&mut self, row: u32, value: &str) {
        let id = self.values.take(value);
        self.cells.add(row, Item::new(Some(id), false));
    }

    /// Takes one value away.
    pub(super) fn take(&mut self, row: u32, value: &str) {
        let lower = lower_case(value);
        let mut known = self.values.find(&lower);
        let Some(id) = known.find(|id| self.values.original(*id) == value) else {
            return;
        };
        drop(known);
        let mut items = self.items(row).to_vec();
        let before = items.len();
        items.retain(|item| item.id() != Some(id));
        if items.len() < before {
            self.cells.set(row, items);
            self.values.release(id);
        }
    }

    /// See [`Dictionary::forget_order`].
    pub(super) fn forget_order(&mut self) {
        self.values.forget_order();
    }
}
