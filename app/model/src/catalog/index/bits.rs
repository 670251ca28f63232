//! A set of rows, one bit each.

/// Rows of the index, as bits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::catalog) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// No rows, with room for `rows`.
    pub(super) fn none(rows: usize) -> Self {
        Self {
            words: vec![0; rows.div_ceil(64)],
        }
    }

    pub(super) fn insert(&mut self, row: u32) {
        let word = row as usize / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= 1 << (row % 64);
        }
    }

    pub(super) fn remove(&mut self, row: u32) {
        if let Some(word) = self.words.get_mut(row as usize / 64) {
            *word &= !(1 << (row % 64));
        }
    }

    pub(in crate::catalog) fn contains(&self, row: u32) -> bool {
        self.word(row as usize / 64) & (1 << (row % 64)) != 0
    }

    /// The rows `64 * word ..` as one number.
    pub(super) fn word(&self, word: usize) -> u64 {
        self.words.get(word).copied().unwrap_or(0)
    }

    pub(super) fn words(&self) -> usize {
        self.words.len()
    }

    pub(super) fn set_word(&mut self, at: usize, bits: u64) {
        if let Some(word) = self.words.get_mut(at) {
            *word = bits;
        }
    }

    pub(in crate::catalog) fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    pub(in crate::catalog) fn count_with(&self, other: &Self) -> u32 {
        let both = self.words.iter().zip(&other.words);
        both.map(|(a, b)| (a & b).count_ones()).sum()
    }

    pub(in crate::catalog) fn and(mut self, other: &Self) -> Self {
        self.words.truncate(other.words.len());
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
        self
    }

    pub(super) fn or(mut self, other: &Self) -> Self {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
        self
    }

    pub(super) fn and_not(mut self, other: &Self) -> Self {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
        self
    }

    pub(in crate::catalog) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.words).flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    at * 64 + bit
                })
            })
        })
    }
}
