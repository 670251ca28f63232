//! Texts by number, many in one piece of memory: a text costs its bytes and eight more.

use std::sync::Arc;

/// Texts a block.
const TEXTS: usize = 128;

/// Texts one after another, each as written and, where that differs, in lower case.
#[derive(Debug, Clone, Default)]
struct Block {
    text: String,
    /// Where each text ends as written, and in lower case.
    ends: Vec<(u32, u32)>,
}

/// Texts, each as written and in lower case. Copies share their blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    blocks: Vec<Arc<Block>>,
}

impl Texts {
    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        let last = self.blocks.last().map_or(0, |block| block.ends.len());
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
        let full = |block: &Arc<Block>| block.ends.len() == TEXTS;
        if self.blocks.last().is_none_or(full) {
            self.blocks.push(Arc::default());
        }
        if let Some(block) = self.blocks.last_mut() {
            Arc::make_mut(block).push(original, lower);
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
    fn start(&self, at: usize) -> usize {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        before.map_or(0, |(_, end)| *end as usize)
    }

    fn original(&self, at: usize) -> &str {
        let end = self.ends.get(at).map_or(0, |(end, _)| *end as usize);
        self.text.get(self.start(at)..end).unwrap_or_default()
    }

    fn lower(&self, at: usize) -> &str {
        let Some((written, end)) = self.ends.get(at) else {
            return "";
        };
        if written == end {
            return self.original(at);
        }
        self.text
            .get(*written as usize..*end as usize)
            .unwrap_or_default()
    }

    fn push(&mut self, original: &str, lower: &str) {
        self.text.push_str(original);
        let written = length(&self.text);
        if lower != original {
            self.text.push_str(lower);
        }
        self.ends.push((written, length(&self.text)));
        if self.ends.len() == TEXTS {
            self.text.shrink_to_fit();
            self.ends.shrink_to_fit();
        }
    }

    fn set(&mut self, at: usize, original: &str, lower: &str) {
        let rest: Vec<(String, String)> = (at + 1..self.ends.len())
            .map(|at| (self.original(at).to_owned(), self.lower(at).to_owned()))
            .collect();
        self.text.truncate(self.start(at));
        self.ends.truncate(at);
        self.push(original, lower);
        for (original, lower) in rest {
            self.push(&original, &lower);
        }
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
