//! Texts by number, in blocks that copies share: a text costs its bytes and eight more.

use std::sync::Arc;

use super::pieces::Pieces;

/// Texts a block.
const TEXTS: usize = 128;

/// Each text as written, then in lower case where that differs.
#[derive(Debug, Clone, Default)]
struct Block(Pieces);

/// Texts, each as written and in lower case. Copies share their blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    blocks: Vec<Arc<Block>>,
}

impl Texts {
    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        let last = self.blocks.last().map_or(0, |block| block.len());
        self.blocks.len().saturating_sub(1) * TEXTS + last
    }

    /// The text as written; empty where there is none.
    pub(super) fn original(&self, at: u32) -> &str {
        self.block(at).map_or("", |(block, at)| block.original(at))
    }

    /// The text in lower case; empty where there is none.
    pub(super) fn lower(&self, at: u32) -> &str {
        self.block(at).map_or("", |(block, at)| block.lower(at))
    }

    /// Appends a text; returns its number.
    pub(super) fn push(&mut self, original: &str, lower: &str) -> u32 {
        let full = |block: &Arc<Block>| block.len() == TEXTS;
        if self.blocks.last().is_none_or(full) {
            self.blocks.push(Arc::default());
        }
        if let Some(block) = self.blocks.last_mut() {
            let at = block.len();
            Arc::make_mut(block).set(at, original, lower);
        }
        u32::try_from(self.len() - 1).unwrap_or(u32::MAX)
    }

    /// Replaces a text.
    pub(super) fn set(&mut self, at: u32, original: &str, lower: &str) {
        let at = at as usize;
        if let Some(block) = self.blocks.get_mut(at / TEXTS) {
            Arc::make_mut(block).set(at % TEXTS, original, lower);
        }
    }

    fn block(&self, at: u32) -> Option<(&Block, usize)> {
        let at = at as usize;
        Some((self.blocks.get(at / TEXTS)?, at % TEXTS))
    }
}

impl Block {
    fn len(&self) -> usize {
        self.0.len() / 2
    }

    fn original(&self, at: usize) -> &str {
        self.0.get(2 * at)
    }

    fn lower(&self, at: usize) -> &str {
        match self.0.get(2 * at + 1) {
            "" => self.original(at),
            lower => lower,
        }
    }

    fn set(&mut self, at: usize, original: &str, lower: &str) {
        let appends = at == self.len();
        self.0.set(2 * at, original);
        self.0
            .set(2 * at + 1, if lower == original { "" } else { lower });
        if appends && self.len() == TEXTS {
            self.0.shrink();
        }
    }
}
