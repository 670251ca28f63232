//! The order of a dictionary's values as numbers, so that sorting compares integers.
//! Values that differ only by case have the same number.

use super::chunked::Chunked;
use super::sorted::Sorted;

/// The label of each value, by id.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    sorted: Sorted<u32>,
    labels: Chunked<u64, 512>,
}

/// What the order needs to know about values.
pub(super) trait Values {
    /// The lower-case value and the value as written.
    fn value(&self, id: u32) -> (&str, &str);
}

impl Order {
    /// Orders the ids given.
    pub(super) fn new(values: &impl Values, mut ids: Vec<u32>) -> Self {
        ids.sort_unstable_by(|a, b| values.value(*a).cmp(&values.value(*b)));
        let mut order = Self {
            sorted: Sorted::from_sorted(&ids),
            labels: Chunked::default(),
        };
        order.renumber(values, ids.len());
        order
    }

    /// The number to compare by: 1 ..= `u64::MAX - 2`, ascending with the lower-case value.
    pub(super) fn label(&self, id: u32) -> u64 {
        self.labels.get(id).copied().unwrap_or(0)
    }

    /// Gives a new value its place, between its neighbours' numbers where there is room.
    pub(super) fn insert(&mut self, values: &impl Values, id: u32, count: usize) {
        let new = values.value(id);
        let (before, after) = self.sorted.insert(id, |old| values.value(old).cmp(&new));
        let same = [before, after]
            .into_iter()
            .flatten()
            .find(|old| values.value(*old).0 == new.0);
        if let Some(same) = same {
            self.set(id, self.label(same));
            return;
        }
        let low = before.map_or(0, |old| self.label(old));
        let high = after.map_or(u64::MAX - 1, |old| self.label(old));
        let label = low + (high - low) / 2;
        if label > low {
            self.set(id, label);
        } else {
            self.renumber(values, count + 1);
        }
    }

    /// Takes a value out; call while it can still be read.
    pub(super) fn remove(&mut self, values: &impl Values, id: u32) {
        let gone = values.value(id);
        self.sorted.remove(|old| values.value(old).cmp(&gone));
    }

    /// Spreads all values evenly. Costs one pass, and happens once in dozens of insertions at
    /// one place.
    fn renumber(&mut self, values: &impl Values, count: usize) {
        let step = (u64::MAX - 1) / (count as u64 + 2);
        let ids: Vec<u32> = self.sorted.iter().collect();
        let (mut label, mut last) = (0, None);
        for id in ids {
            let lower = values.value(id).0;
            if last != Some(lower) {
                label += step;
            }
            last = Some(lower);
            self.set(id, label);
        }
    }

    fn set(&mut self, id: u32, label: u64) {
        self.labels.grow_to(id as usize + 1, &0);
        if let Some(slot) = self.labels.get_mut(id) {
            *slot = label;
        }
    }
}
