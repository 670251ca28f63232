//! What the page's text filter looks into: for 64 rows at a time one text, so that a search
//! runs over contiguous memory.

use std::sync::Arc;

use memchr::memmem::Finder;

use super::bits::Bits;
use super::chunked::Chunked;
use super::pieces::Pieces;
use super::slots::SlotId;

/// Rows a text; as many as a word of [`Bits`] has.
const ROWS: u32 = 64;
/// From so many candidates in 64 on, the whole text is searched at once.
const DENSE: u32 = 8;

/// The texts of 64 rows, each ended by a line feed.
#[derive(Debug, Clone, Default)]
struct Block(Pieces);

/// The texts of all rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Haystack {
    blocks: Chunked<Arc<Block>, 256>,
}

impl Haystack {
    /// Replaces the text of a row.
    pub(super) fn set(&mut self, row: SlotId, text: &str) {
        self.blocks
            .grow_to((row / ROWS) as usize + 1, &Arc::default());
        if let Some(block) = self.blocks.get_mut(row / ROWS) {
            Arc::make_mut(block).set((row % ROWS) as usize, text);
        }
    }

    /// The rows, among those given, whose text has every word. Words are lower-case.
    pub(super) fn rows_with(&self, words: &[&str], within: &Bits) -> Bits {
        let mut found = within.clone();
        for word in words {
            let finder = Finder::new(word);
            let length = u32::try_from(word.len()).unwrap_or(u32::MAX);
            for (at, block) in self.blocks.iter().enumerate() {
                let candidates = found.word(at);
                if candidates != 0 {
                    found.set_word(at, block.search(&finder, length, candidates));
                }
            }
            // Rows that never had a text lie beyond the last block.
            let known = self.blocks.len();
            (known..within.words()).for_each(|at| found.set_word(at, 0));
        }
        found
    }
}

impl Block {
    fn set(&mut self, row: usize, text: &str) {
        let line = if text.is_empty() { "" } else { "\n" };
        self.0.set(row, &format!("{text}{line}"));
        if self.0.len() == ROWS as usize {
            self.0.shrink();
        }
    }

    fn search(&self, finder: &Finder<'_>, length: u32, candidates: u64) -> u64 {
        if candidates.count_ones() < DENSE {
            self.search_each(finder, candidates)
        } else {
            self.search_all(finder, length) & candidates
        }
    }

    fn search_each(&self, finder: &Finder<'_>, candidates: u64) -> u64 {
        let rows = (0..ROWS).filter(|row| candidates & (1 << row) != 0);
        let hits = rows.filter(|row| {
            let text = self.0.get(*row as usize);
            finder.find(text.as_bytes()).is_some()
        });
        hits.fold(0, |found, row| found | 1 << row)
    }

    fn search_all(&self, finder: &Finder<'_>, length: u32) -> u64 {
        let text = self.0.text().as_bytes();
        let (mut found, mut from) = (0, 0);
        while let Some(hit) = text.get(from..).and_then(|rest| finder.find(rest)) {
            let at = u32::try_from(from + hit).unwrap_or(u32::MAX);
            let row = self.0.ends().partition_point(|end| *end < at + length);
            found |= 1u64
                .checked_shl(u32::try_from(row).unwrap_or(ROWS))
                .unwrap_or(0);
            // On to the next row.
            from = self.0.end(row).max(from + hit + 1);
        }
        found
    }
}
