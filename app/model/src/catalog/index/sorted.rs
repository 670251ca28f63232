//! A sorted sequence in blocks: an insertion moves and copies one block only.

use std::cmp::Ordering;
use std::sync::Arc;

const BLOCK: usize = 512;

/// Items in ascending order of whatever the caller compares by.
#[derive(Debug, Clone, Default)]
pub(super) struct Sorted<T> {
    blocks: Vec<Arc<Vec<T>>>,
}

/// What stands before and after an item.
pub(super) type Neighbours<T> = (Option<T>, Option<T>);

impl<T: Copy> Sorted<T> {
    pub(super) fn from_sorted(items: &[T]) -> Self {
        let blocks = items.chunks(BLOCK / 2);
        Self {
            blocks: blocks.map(|block| Arc::new(block.to_vec())).collect(),
        }
    }

    /// Inserts before the first item that is not less than the new one, by `cmp(item)`.
    pub(super) fn insert(&mut self, item: T, cmp: impl Fn(T) -> Ordering) -> Neighbours<T> {
        let (block, at) = self.position(&cmp);
        let neighbours = (self.before(block, at), self.at(block, at));
        let Some(shared) = self.blocks.get_mut(block) else {
            self.blocks.push(Arc::new(vec![item]));
            return neighbours;
        };
        let items = Arc::make_mut(shared);
        items.insert(at, item);
        if items.len() >= BLOCK {
            let tail = items.split_off(split_point(at));
            self.blocks.insert(block + 1, Arc::new(tail));
        }
        neighbours
    }

    /// Removes the first item that is equal by `cmp(item)`.
    pub(super) fn remove(&mut self, cmp: impl Fn(T) -> Ordering) {
        let (mut block, mut at) = self.position(&cmp);
        if self
            .blocks
            .get(block)
            .is_some_and(|items| at == items.len())
        {
            (block, at) = (block + 1, 0);
        }
        let Some(shared) = self.blocks.get_mut(block) else {
            return;
        };
        if shared.get(at).is_some_and(|item| cmp(*item).is_eq()) {
            let items = Arc::make_mut(shared);
            items.remove(at);
            if items.is_empty() {
                self.blocks.remove(block);
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.blocks.iter().flat_map(|items| items.iter().copied())
    }

    /// Where the first item that is not less stands, or would stand.
    fn position(&self, cmp: &impl Fn(T) -> Ordering) -> (usize, usize) {
        let less = |item: &T| cmp(*item).is_lt();
        let first_not_less = self
            .blocks
            .partition_point(|items| items.last().is_some_and(less));
        let block = first_not_less.min(self.blocks.len().saturating_sub(1));
        let at = self
            .blocks
            .get(block)
            .map_or(0, |items| items.partition_point(less));
        (block, at)
    }

    fn at(&self, block: usize, at: usize) -> Option<T> {
        let items = self.blocks.get(block)?;
        items.get(at).copied().or_else(|| {
            let next = self.blocks.get(block + 1)?;
            next.first().copied()
        })
    }

    fn before(&self, block: usize, at: usize) -> Option<T> {
        match at.checked_sub(1) {
            Some(at) => self.blocks.get(block)?.get(at).copied(),
            None => self.blocks.get(block.checked_sub(1)?)?.last().copied(),
        }
    }
}

/// Ascending insertions fill blocks, others halve them.
fn split_point(inserted_at: usize) -> usize {
    if inserted_at + 1 >= BLOCK {
        BLOCK - 1
    } else {
        BLOCK / 2
    }
}
