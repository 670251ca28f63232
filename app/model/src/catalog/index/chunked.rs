//! A vector whose copies share their chunks: cloning costs one pointer a chunk, and writing
//! to a copy copies the chunk written to.

use std::sync::Arc;

/// A vector in chunks of `N` items.
#[derive(Debug)]
pub(super) struct Chunked<T, const N: usize> {
    chunks: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T, const N: usize> Clone for Chunked<T, N> {
    fn clone(&self) -> Self {
        Self {
            chunks: self.chunks.clone(),
            len: self.len,
        }
    }
}

impl<T, const N: usize> Default for Chunked<T, N> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Clone, const N: usize> Chunked<T, N> {
    /// As many copies of an item; whole chunks of them are shared.
    pub(super) fn filled(len: usize, item: &T) -> Self {
        let mut filled = Self::default();
        if len >= N {
            filled.grow_to(len, item);
        } else {
            (0..len).for_each(|_| filled.push(item.clone()));
        }
        filled
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn get(&self, at: u32) -> Option<&T> {
        let at = at as usize;
        self.chunks.get(at / N)?.get(at % N)
    }

    pub(super) fn get_mut(&mut self, at: u32) -> Option<&mut T> {
        let at = at as usize;
        Arc::make_mut(self.chunks.get_mut(at / N)?).get_mut(at % N)
    }

    pub(super) fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < N => Arc::make_mut(last).push(item),
            _ => {
                let mut chunk = Vec::with_capacity(N);
                chunk.push(item);
                self.chunks.push(Arc::new(chunk));
            }
        }
        self.len += 1;
    }

    /// Appends copies of `item` until there are at least `len`; whole chunks of them are shared.
    pub(super) fn grow_to(&mut self, len: usize, item: &T) {
        while self.len < len && !self.len.is_multiple_of(N) {
            self.push(item.clone());
        }
        if self.len >= len {
            return;
        }
        let blank = Arc::new(vec![item.clone(); N]);
        while self.len < len {
            self.chunks.push(Arc::clone(&blank));
            self.len += N;
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// The chunks in order; chunk `i` begins at item `i * N`.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &[T]> {
        self.chunks.iter().map(|chunk| chunk.as_slice())
    }
}
