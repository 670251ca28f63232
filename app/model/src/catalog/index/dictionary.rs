//! The distinct values of one column, each once, with a number that cells refer to.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::buckets::Buckets;
use super::chunked::Chunked;
use super::order::{Order, Values};
use super::texts::Texts;

/// The values of a column. An id stays with its value as long as a cell refers to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    texts: Texts,
    /// How many cells refer to each value.
    uses: Chunked<u32, 512>,
    free: Vec<u32>,
    /// Ids by the hash of the lower-case value.
    buckets: Buckets,
    /// Made by the first question that sorts by this column, kept up from then on.
    order: OnceLock<Order>,
}

impl Values for Texts {
    fn value(&self, id: u32) -> (&str, &str) {
        (self.lower(id), self.original(id))
    }
}

impl Dictionary {
    /// How many ids there are, those free included: the size of a table by id.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The value as written.
    pub(super) fn original(&self, id: u32) -> &str {
        self.texts.original(id)
    }

    /// The value in lower case, as it is compared.
    pub(super) fn lower(&self, id: u32) -> &str {
        self.texts.lower(id)
    }

    /// The ids of all spellings of a lower-case value.
    pub(super) fn find<'a>(&'a self, lower: &'a str) -> impl Iterator<Item = u32> + 'a {
        let ids = self.buckets.find(self.buckets.hash(lower));
        ids.filter(move |id| self.lower(*id) == lower)
    }

    /// The ids of values in use.
    pub(super) fn ids(&self) -> impl Iterator<Item = u32> + '_ {
        self.uses().map(|(id, _)| id)
    }

    /// The ids of values in use, and how many cells refer to each.
    pub(super) fn uses(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let uses = (0u32..).zip(self.uses.iter().copied());
        uses.filter(|(_, uses)| *uses > 0)
    }

    /// The id of a value, new or not; counts one more use of it.
    pub(super) fn take(&mut self, value: &str) -> u32 {
        let lower = lower_case(value);
        let hash = self.buckets.hash(&lower);
        let mut same = self.buckets.find(hash);
        let known = same.find(|id| self.original(*id) == value);
        drop(same);
        let id = known.unwrap_or_else(|| self.add(value, &lower, hash));
        if let Some(uses) = self.uses.get_mut(id) {
            *uses += 1;
        }
        id
    }

    /// Counts one use less; the last one frees the id.
    pub(super) fn release(&mut self, id: u32) {
        let Some(uses) = self.uses.get_mut(id) else {
            return;
        };
        *uses = uses.saturating_sub(1);
        if *uses == 0 {
            self.forget(id);
        }
    }

    /// The number to sort by; ascending with the lower-case value.
    pub(super) fn order(&self) -> &Order {
        self.order
            .get_or_init(|| Order::new(&self.texts, self.ids().collect()))
    }

    /// Lets the next question order anew: cheaper than keeping up with many changes.
    pub(super) fn forget_order(&mut self) {
        self.order.take();
    }

    fn add(&mut self, value: &str, lower: &str, hash: u32) -> u32 {
        let id = self.place(value, lower);
        self.buckets.insert(hash, id);
        let count = self.texts.len() - self.free.len();
        if let Some(order) = self.order.get_mut() {
            order.insert(&self.texts, id, count);
        }
        id
    }

    fn place(&mut self, value: &str, lower: &str) -> u32 {
        if let Some(id) = self.free.pop() {
            self.texts.set(id, value, lower);
            return id;
        }
        self.uses.push(0);
        self.texts.push(value, lower)
    }

    fn forget(&mut self, id: u32) {
        if let Some(order) = self.order.get_mut() {
            order.remove(&self.texts, id);
        }
        let hash = self.buckets.hash(self.lower(id));
        self.buckets.remove(hash, id);
        self.texts.set(id, "", "");
        self.free.push(id);
    }
}

/// The text in lower case; most texts are already.
pub(super) fn lower_case(text: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().all(is_lower) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}
