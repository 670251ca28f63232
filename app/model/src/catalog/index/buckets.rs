//! From a value's hash to its id: an open-addressed table whose copies share their chunks.

use std::hash::{BuildHasher, RandomState};

use super::chunked::Chunked;

const EMPTY: u32 = u32::MAX;
const REMOVED: u32 = u32::MAX - 1;
const SMALLEST: usize = 8;

/// Ids by hash. Several ids may have one hash.
#[derive(Debug, Clone, Default)]
pub(super) struct Buckets {
    /// Keyed at random, so that no one can choose texts that collide.
    hasher: RandomState,
    /// Hash and id; as many as a power of two, or none.
    slots: Chunked<(u32, u32), 256>,
    /// Slots that are not empty, removed ones included.
    used: usize,
    /// Ids in the table.
    ids: usize,
}

impl Buckets {
    #[expect(clippy::cast_possible_truncation, reason = "any 32 bits of it do")]
    pub(super) fn hash(&self, text: &str) -> u32 {
        self.hasher.hash_one(text) as u32
    }

    /// The ids with a hash.
    pub(super) fn find(&self, hash: u32) -> impl Iterator<Item = u32> + '_ {
        self.probe(hash)
            .map_while(|at| self.slots.get(at))
            .take_while(|(_, id)| *id != EMPTY)
            .filter(move |(other, id)| *other == hash && *id != REMOVED)
            .map(|(_, id)| *id)
    }

    pub(super) fn insert(&mut self, hash: u32, id: u32) {
        // At most four fifths full: a probe stays within a few cache lines.
        if (self.used + 1) * 5 > self.slots.len() * 4 {
            self.rebuild();
        }
        self.place(hash, id);
        self.ids += 1;
    }

    pub(super) fn remove(&mut self, hash: u32, id: u32) {
        let slots = self
            .probe(hash)
            .map_while(|at| Some((at, *self.slots.get(at)?)));
        let mut used = slots.take_while(|(_, (_, id))| *id != EMPTY);
        let Some((at, _)) = used.find(|(_, slot)| *slot == (hash, id)) else {
            return;
        };
        drop(used);
        if let Some(slot) = self.slots.get_mut(at) {
            slot.1 = REMOVED;
        }
        self.ids -= 1;
    }

    /// The slots where a hash may stand, in the order to look.
    fn probe(&self, hash: u32) -> impl Iterator<Item = u32> + use<> {
        let len = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        let mask = len.saturating_sub(1);
        (0..len).map(move |step| hash.wrapping_add(step) & mask)
    }

    fn place(&mut self, hash: u32, id: u32) {
        let mut probe = self.probe(hash);
        let free = probe.find(|at| self.slots.get(*at).is_none_or(|(_, id)| *id == EMPTY));
        if let Some(slot) = free.and_then(|at| self.slots.get_mut(at)) {
            *slot = (hash, id);
            self.used += 1;
        }
    }

    fn rebuild(&mut self) {
        let len = ((self.ids + 1) * 3 / 2).next_power_of_two().max(SMALLEST);
        let old = std::mem::replace(&mut self.slots, Chunked::filled(len, &(0, EMPTY)));
        self.used = 0;
        for (hash, id) in old.iter().filter(|(_, id)| *id < REMOVED) {
            self.place(*hash, *id);
        }
    }
}
