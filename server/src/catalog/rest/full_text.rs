//! The full-text filter: a text anywhere in a value, with SQL's wildcards.

use model::catalog::filter::Predicate;
use model::catalog::index::CatalogIndex;
use model::catalog::query::RowId;
use serde::{Deserialize, Serialize};

/// What to look for, and in which keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct FullText {
    pub(super) term: String,
    #[serde(default)]
    pub(super) fields: Vec<String>,
}

impl FullText {
    /// The keys looked into: its own, else the one that is ordered by.
    fn keys(&self, ordered_by: Option<&str>) -> Vec<String> {
        if !self.fields.is_empty() {
            return self.fields.clone();
        }
        vec![ordered_by.unwrap_or("metadata.uid").to_owned()]
    }

    /// What may match; with wildcards, only [`Self::matches`] knows.
    pub(super) fn predicate(&self, ordered_by: Option<&str>) -> Predicate {
        if self.term.is_empty() {
            return Predicate::EVERYTHING;
        }
        let keys = self.keys(ordered_by);
        if self.has_wildcards() {
            let valued = |key| Predicate::HasPrefix(key, String::new());
            return Predicate::Any(keys.into_iter().map(valued).collect());
        }
        let term = self.term.to_lowercase();
        Predicate::Contains { keys, term }
    }

    pub(super) fn has_wildcards(&self) -> bool {
        self.term.contains(['%', '_'])
    }

    /// Whether a row has a value that is like the term.
    pub(super) fn matches(
        &self,
        index: &CatalogIndex,
        row: RowId,
        ordered_by: Option<&str>,
    ) -> bool {
        let pattern: Vec<char> = format!("%{}%", self.term.to_lowercase()).chars().collect();
        self.keys(ordered_by).iter().any(|key| {
            let values = index.values(row, key);
            values.iter().any(|value| {
                let value: Vec<char> = value.to_lowercase().chars().collect();
                like(&value, &pattern)
            })
        })
    }
}

/// SQL's `like`: `%` is any text, `_` any character. It takes at most text × pattern steps.
fn like(text: &[char], pattern: &[char]) -> bool {
    let (mut at, mut in_pattern) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(character) = text.get(at) {
        match pattern.get(in_pattern) {
            Some('%') => {
                retry = Some((at, in_pattern));
                in_pattern += 1;
            }
            Some(expected) if *expected == '_' || expected == character => {
                at += 1;
                in_pattern += 1;
            }
            _ => match retry {
                Some((from, any)) => {
                    retry = Some((from + 1, any));
                    at = from + 1;
                    in_pattern = any + 1;
                }
                None => return false,
            },
        }
    }
    let rest = pattern.get(in_pattern..).unwrap_or_default();
    rest.iter().all(|character| *character == '%')
}

#[cfg(test)]
mod tests {
    use super::like;

    #[track_caller]
    fn check(text: &str, pattern: &str, expected: bool) {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(
            like(&chars(text), &chars(pattern)),
            expected,
            "{text} {pattern}"
        );
    }

    #[test]
    fn wildcards_are_sqls() {
        check("svc-01", "%svc_0%", true);
        check("svc01", "%svc_0_%", false);
        check("abcabd", "%abd%", true);
        check("", "%%", true);
        check("a", "_", true);
        check("ab", "_", false);
    }
}
