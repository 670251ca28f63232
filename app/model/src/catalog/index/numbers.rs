//! What rows are ordered by, as numbers.

use super::CatalogIndex;
use super::bits::Bits;
use super::facets::counted;
use super::key::{Key, PRESENT};
use super::slots::SlotId;
use crate::catalog::query::OrderBy;

/// Sorts after every value, in both directions.
const MISSING: u64 = u64::MAX;

/// What the rows of a query are ordered by, as numbers that ascend in the order wanted.
pub(super) struct Numbers<'a> {
    key: Key<'a>,
    descending: bool,
    /// Where the column's own order does not do.
    ranks: Option<Ranks>,
}

/// The places of values, the least first.
struct Ranks {
    /// By value id.
    of_values: Vec<u64>,
    /// Of the value that stands for an element of an array.
    of_present: u64,
}

impl<'a> Numbers<'a> {
    pub(super) fn new(index: &'a CatalogIndex, rows: &Bits, order: &OrderBy) -> Self {
        let key = index.key(&order.key);
        let ranks = (order.by_label || key.has_elements()).then(|| {
            let label = |value: &str| match order.by_label {
                true => index.value_label(value).to_lowercase(),
                false => value.to_lowercase(),
            };
            ranks(&key, rows, label)
        });
        Self {
            key,
            descending: order.descending,
            ranks,
        }
    }

    /// The number of a row.
    pub(super) fn of(&self, row: SlotId) -> u64 {
        let values = self.key.column.into_iter().flat_map(|column| {
            let ids = column.items(row).iter().filter_map(|item| item.id());
            ids.map(|id| match &self.ranks {
                Some(ranks) => ranks.of_values.get(id as usize).copied().unwrap_or(0),
                None => column.values().order().label(id),
            })
        });
        let present = self.ranks.as_ref().filter(|_| self.key.is_present(row));
        let numbers = values.chain(present.map(|ranks| ranks.of_present));
        if self.descending {
            numbers
                .max()
                .map_or(MISSING, |greatest| MISSING - 1 - greatest)
        } else {
            numbers.min().unwrap_or(MISSING)
        }
    }
}

/// Orders the values that occur in some rows by their labels.
fn ranks(key: &Key<'_>, rows: &Bits, label: impl Fn(&str) -> String) -> Ranks {
    let mut labels = vec![(label(PRESENT), None)];
    if let Some(column) = key.column {
        let values = column.values();
        let used = counted(values.len(), |count| {
            column.for_each(rows, |_, items| {
                let ids = items.iter().filter_map(|item| item.id());
                ids.for_each(&mut *count);
            });
        });
        labels.extend(used.map(|(id, _)| (label(values.original(id)), Some(id))));
    }
    labels.sort_unstable();
    let mut ranks = Ranks {
        of_values: vec![0; key.column.map_or(0, |column| column.values().len())],
        of_present: 0,
    };
    for (rank, same) in (1..).zip(labels.chunk_by(|a, b| a.0 == b.0)) {
        for (_, id) in same {
            match id.map(|id| ranks.of_values.get_mut(id as usize)) {
                None => ranks.of_present = rank,
                Some(place) => place.into_iter().for_each(|place| *place = rank),
            }
        }
    }
    ranks
}
