//! A search key as columns answer it. Beside the column of that name, `metadata.tags.go` is
//! also `true` where the array at `metadata.tags` has the string `go`.

use super::CatalogIndex;
use super::bits::Bits;
use super::cells::Item;
use super::column::Column;
use super::leaves::is_short;
use super::slots::SlotId;

/// The value of a key that stands for an element of an array.
pub(super) const PRESENT: &str = "true";

/// Where the values of a key are.
pub(super) struct Key<'a> {
    index: &'a CatalogIndex,
    pub(super) column: Option<&'a Column>,
    elements: Vec<Elements<'a>>,
}

/// An array's column, and the ids of the element that the key names.
struct Elements<'a> {
    column: &'a Column,
    ids: Vec<u32>,
}

impl Elements<'_> {
    fn has(&self, item: Item) -> bool {
        item.is_element() && item.id().is_some_and(|id| self.ids.contains(&id))
    }
}

impl CatalogIndex {
    /// Finds the columns of a key, given in any case.
    pub(super) fn key(&self, key: &str) -> Key<'_> {
        let key = key.to_lowercase();
        let find = |key: &str| Some(self.columns.get(self.columns.find(key)?));
        let dots = key.match_indices('.').filter(|_| is_short(&key));
        let elements = dots
            .filter_map(|(dot, _)| {
                let column = find(key.get(..dot)?)?;
                let ids: Vec<u32> = column.values().find(key.get(dot + 1..)?).collect();
                (!ids.is_empty()).then_some(Elements { column, ids })
            })
            .collect();
        Key {
            index: self,
            column: find(&key),
            elements,
        }
    }
}

impl<'a> Key<'a> {
    /// The rows that have the key.
    pub(super) fn exists(&self, within: &Bits) -> Bits {
        self.rows_with(within, |_| true).or(&self.present(within))
    }

    /// The rows with a value that passes, given in lower case.
    pub(super) fn value_rows(&self, within: &Bits, passes: impl Fn(&str) -> bool) -> Bits {
        let Some(column) = self.column else {
            return self.present_if(within, passes);
        };
        // A value is looked at once, however many rows have it.
        let values = column.values();
        let verdicts = vec![std::cell::Cell::new(None); values.len()];
        let verdict = |id: u32| {
            let seen = verdicts.get(id as usize)?;
            let verdict = seen.get().unwrap_or_else(|| passes(values.lower(id)));
            seen.set(Some(verdict));
            Some(verdict)
        };
        self.rows_with(within, |item| item.id().and_then(verdict).unwrap_or(false))
            .or(&self.present_if(within, &passes))
    }

    /// The rows with one of these values, given in lower case.
    pub(super) fn equal_rows(&self, within: &Bits, wanted: &[String]) -> Bits {
        let ids: Vec<u32> = self
            .column
            .iter()
            .flat_map(|column| wanted.iter().flat_map(|value| column.values().find(value)))
            .collect();
        let found = match ids.as_slice() {
            [] => self.nothing(),
            [one] => self.rows_with(within, |item| item.id() == Some(*one)),
            ids => self.rows_with(within, |item| item.id().is_some_and(|id| ids.contains(&id))),
        };
        found.or(&self.present_if(within, |value| wanted.iter().any(|wanted| wanted == value)))
    }

    /// The values of a row as written.
    pub(super) fn texts(&self, row: SlotId) -> Vec<&'a str> {
        let texts = self.column.into_iter().flat_map(|column| column.texts(row));
        let mut texts: Vec<&str> = texts.collect();
        if self.is_present(row) && !texts.contains(&PRESENT) {
            texts.push(PRESENT);
        }
        texts
    }

    /// Whether the row has the element that the key names.
    pub(super) fn is_present(&self, row: SlotId) -> bool {
        let mut elements = self.elements.iter();
        elements.any(|element| {
            let mut items = element.column.items(row).iter();
            items.any(|item| element.has(*item))
        })
    }

    /// Whether the key can name an element of an array at all.
    pub(super) fn has_elements(&self) -> bool {
        !self.elements.is_empty()
    }

    /// The rows that have the element that the key names.
    pub(super) fn present(&self, within: &Bits) -> Bits {
        let rows = self.index.slots.len();
        let elements = self.elements.iter();
        elements.fold(self.nothing(), |found, element| {
            let column = element.column;
            found.or(&column.rows_with(rows, within, |item| element.has(item)))
        })
    }

    fn present_if(&self, within: &Bits, passes: impl Fn(&str) -> bool) -> Bits {
        if self.has_elements() && passes(PRESENT) {
            self.present(within)
        } else {
            self.nothing()
        }
    }

    fn rows_with(&self, within: &Bits, passes: impl Fn(Item) -> bool) -> Bits {
        let rows = self.index.slots.len();
        self.column.map_or_else(
            || self.nothing(),
            |column| column.rows_with(rows, within, passes),
        )
    }

    fn nothing(&self) -> Bits {
        Bits::none(self.index.slots.len())
    }
}
