//! Texts one after another in one piece of memory: a text costs its bytes and four more.

/// Numbered texts; those never set are empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Pieces {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Pieces {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All of them, one after another.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where each ends in [`Self::text`].
    pub(super) fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// One of them; empty where there is none.
    pub(super) fn get(&self, at: usize) -> &str {
        let range = self.start(at)..self.end(at);
        self.text.get(range).unwrap_or_default()
    }

    /// Where one begins.
    pub(super) fn start(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.end(before))
    }

    /// Where one ends.
    pub(super) fn end(&self, at: usize) -> usize {
        let last = self.ends.last().copied().unwrap_or(0);
        self.ends.get(at).copied().unwrap_or(last) as usize
    }

    /// Replaces one of them, or appends it.
    pub(super) fn set(&mut self, at: usize, text: &str) {
        let last = self.ends.last().copied().unwrap_or(0);
        if at >= self.ends.len() {
            self.ends.resize(at, last);
            self.text.push_str(text);
            self.ends
                .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
            return;
        }
        let (start, end) = (self.start(at), self.end(at));
        self.text.replace_range(start..end, text);
        let grown = text.len().cast_signed() - (end - start).cast_signed();
        for end in self.ends.iter_mut().skip(at) {
            *end = u32::try_from((*end as usize).saturating_add_signed(grown)).unwrap_or(u32::MAX);
        }
    }

    /// Gives back memory that appending had set aside.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
