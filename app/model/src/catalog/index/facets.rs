//! Counting the values of a key.

use super::CatalogIndex;
use super::bits::Bits;
use super::cells::Item;
use crate::catalog::filter::Predicate;
use crate::catalog::query::{Facet, FacetCount};

impl CatalogIndex {
    /// The values of keys among the entities that meet a predicate, in the order of the keys.
    /// A key that no entity has has no values.
    #[must_use]
    pub fn facets(&self, predicate: &Predicate, keys: &[&str]) -> Vec<Facet> {
        let rows = self.rows(predicate, &self.alive);
        keys.iter()
            .map(|key| Facet {
                key: (*key).to_owned(),
                values: self.facet(key, &rows),
            })
            .collect()
    }

    /// The values of a key in some rows, spellings of different case taken together under the
    /// first of them, with how many rows have one.
    pub(in crate::catalog) fn folded_facet(&self, key: &str, rows: &Bits) -> Vec<(String, u32)> {
        let Some(column) = self.key(key).column else {
            return Vec::new();
        };
        let values = column.values();
        let mut first: Vec<u32> = (0u32..).take(values.len()).collect();
        for id in values.ids() {
            let spellings = values.find(values.lower(id));
            if let (Some(first), Some(least)) = (first.get_mut(id as usize), spellings.min()) {
                *first = least;
            }
        }
        let fold = |item: &Item| first.get(item.id()? as usize).copied();
        let mut several: Vec<u32> = Vec::new();
        let counts = counted(values.len(), |count| {
            column.for_each(rows, |_, items| match items {
                [one] => fold(one).into_iter().for_each(&mut *count),
                items => {
                    several.clear();
                    several.extend(items.iter().filter_map(fold));
                    several.sort_unstable();
                    several.dedup();
                    several.iter().copied().for_each(&mut *count);
                }
            });
        });
        counts
            .map(|(id, count)| (values.original(id).to_owned(), count))
            .collect()
    }

    fn facet(&self, key: &str, rows: &Bits) -> Vec<FacetCount> {
        let key = self.key(key);
        let mut values: Vec<FacetCount> = key.column.map_or_else(Vec::new, |column| {
            let named = |(id, count)| FacetCount {
                value: column.values().original(id).to_owned(),
                count,
            };
            if *rows == *self.alive {
                // Of everything, the column has counted already.
                return column.values().uses().map(named).collect();
            }
            let counts = counted(column.values().len(), |count| {
                column.for_each(rows, |_, items| {
                    items
                        .iter()
                        .filter_map(|item| item.id())
                        .for_each(&mut *count);
                });
            });
            counts.map(named).collect()
        });
        let present = key.present(rows);
        if present.count() > 0 {
            let counted = key.column.map_or_else(Bits::default, |column| {
                let text = |item: Item| item.id().map(|id| column.values().original(id));
                column.rows_with(self.slots.len(), rows, |item| text(item) == Some("true"))
            });
            values.retain(|value| value.value != "true");
            values.push(FacetCount {
                value: "true".to_owned(),
                count: present.or(&counted).count(),
            });
        }
        values.sort_unstable_by(|a, b| a.value.cmp(&b.value));
        values
    }
}

/// Counts ids below `ids`, and gives those that occurred.
pub(super) fn counted(
    ids: usize,
    count: impl FnOnce(&mut dyn FnMut(u32)),
) -> impl Iterator<Item = (u32, u32)> {
    let mut counts = vec![0; ids];
    count(&mut |id| {
        if let Some(count) = counts.get_mut(id as usize) {
            *count += 1;
        }
    });
    (0u32..).zip(counts).filter(|(_, count)| *count > 0)
}
