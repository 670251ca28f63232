//! From a predicate to the rows that meet it.

use super::CatalogIndex;
use super::bits::Bits;
use crate::catalog::filter::Predicate;
use crate::catalog::{EntityRef, RelationType};

impl CatalogIndex {
    /// The rows of all entities.
    pub(in crate::catalog) fn all_rows(&self) -> &Bits {
        &self.alive
    }

    /// The rows, among those given, that meet a predicate.
    pub(in crate::catalog) fn rows(&self, predicate: &Predicate, within: &Bits) -> Bits {
        match predicate {
            Predicate::All(parts) => self.rows_of_all(parts, within),
            Predicate::Any(parts) => parts.iter().fold(self.no_rows(), |found, part| {
                found.or(&self.rows(part, within))
            }),
            Predicate::Not(part) => within.clone().and_not(&self.rows(part, within)),
            Predicate::Exists(key) => self.key(key).exists(within),
            Predicate::Equals(key, value) => {
                let value = value.to_lowercase();
                match self.kept_rows(key, &value) {
                    Some(rows) => within.clone().and(&rows),
                    None => self.key(key).equal_rows(within, &[value]),
                }
            }
            Predicate::In(key, values) => {
                let values: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
                self.key(key).equal_rows(within, &values)
            }
            Predicate::HasPrefix(key, prefix) => {
                let prefix = prefix.to_lowercase();
                self.key(key)
                    .value_rows(within, |value| value.starts_with(&prefix))
            }
            Predicate::Contains { keys, term } => self.rows_containing(keys, term, within),
            Predicate::Words(text) => {
                let text = text.to_lowercase();
                let words: Vec<&str> = text.split_whitespace().collect();
                self.haystack.rows_with(&words, within)
            }
            Predicate::IsOneOf(refs) => self.rows_of(refs).and(within),
            Predicate::HasMissing(relation) => self.rows_missing(relation, within),
        }
    }

    /// Cheap conditions first: each looks only at what the ones before have left.
    fn rows_of_all(&self, parts: &[Predicate], within: &Bits) -> Bits {
        let mut parts: Vec<&Predicate> = parts.iter().collect();
        parts.sort_by_key(|part| cost(part));
        parts
            .into_iter()
            .fold(within.clone(), |left, part| self.rows(part, &left))
    }

    fn rows_containing(&self, keys: &[String], term: &str, within: &Bits) -> Bits {
        let term = term.to_lowercase();
        let finder = memchr::memmem::Finder::new(&term);
        keys.iter().fold(self.no_rows(), |found, key| {
            let left = within.clone().and_not(&found);
            let contains = |value: &str| finder.find(value.as_bytes()).is_some();
            found.or(&self.key(key).value_rows(&left, contains))
        })
    }

    pub(in crate::catalog) fn rows_of(&self, refs: &[EntityRef]) -> Bits {
        let mut rows = self.no_rows();
        let known = refs
            .iter()
            .filter_map(|entity_ref| self.alive_slot(entity_ref));
        known.for_each(|row| rows.insert(row));
        rows
    }

    fn rows_missing(&self, relation: &RelationType, within: &Bits) -> Bits {
        let relation = self.relations.find(relation);
        let Some((_, column)) = relation.and_then(|id| self.relations.get(id)) else {
            return self.no_rows();
        };
        let column = self.columns.get(*column);
        let mut missing = vec![false; column.values().len()];
        for id in column.values().ids() {
            let target = self.slots.find(column.values().original(id));
            if let Some(missing) = missing.get_mut(id as usize) {
                *missing = target.is_none_or(|target| !self.alive.contains(target));
            }
        }
        column.rows_with(self.slots.len(), within, |item| {
            let missing = item.id().and_then(|id| missing.get(id as usize));
            missing.copied().unwrap_or(false)
        })
    }

    fn no_rows(&self) -> Bits {
        Bits::none(self.slots.len())
    }
}

fn cost(predicate: &Predicate) -> u32 {
    match predicate {
        Predicate::IsOneOf(_) => 0,
        Predicate::Equals(..) => 1,
        Predicate::In(..) | Predicate::Exists(_) => 2,
        Predicate::HasMissing(_) | Predicate::HasPrefix(..) => 3,
        Predicate::Not(part) => cost(part),
        Predicate::All(parts) | Predicate::Any(parts) => {
            parts.iter().map(cost).max().unwrap_or(0).max(2)
        }
        Predicate::Words(_) => 5,
        Predicate::Contains { .. } => 6,
    }
}
