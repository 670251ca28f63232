//! For an address that leads nowhere: the entities that may have been meant.

use super::labels::RefLabel;
use crate::catalog::EntityRef;
use crate::catalog::index::CatalogIndex;
use crate::catalog::query::RowId;

/// How many are proposed.
const PROPOSED: usize = 5;

/// The entities whose names are nearest to one that does not exist, at most five: fewest edits
/// first, the same kind before others, then the same namespace. Names that differ by more than
/// half are not near.
#[must_use]
pub fn nearest(index: &CatalogIndex, wanted: &EntityRef) -> Vec<RefLabel> {
    let name: Vec<char> = wanted.name().chars().collect();
    let most = (name.len() / 2).max(2);
    let mut near: Vec<(usize, bool, bool, &EntityRef)> = index
        .all_rows()
        .iter()
        .filter_map(|row| index.entity_ref(RowId(row)))
        .filter_map(|other| Some((distance(&name, other.name(), most)?, other)))
        .map(|(edits, other)| {
            let other_kind = other.kind() != wanted.kind();
            (
                edits,
                other_kind,
                other.namespace() != wanted.namespace(),
                other,
            )
        })
        .map(|(edits, kind, namespace, other)| {
            (edits + usize::from(kind) * 2, kind, namespace, other)
        })
        .collect();
    near.sort_unstable();
    near.truncate(PROPOSED);
    near.into_iter()
        .map(|(.., other)| index.label(other))
        .collect()
}

/// Insertions, deletions, replacements and swaps of neighbours that make one text of the other;
/// `None` beyond `most`. A name that contains the other counts as one edit away.
fn distance(wanted: &[char], other: &str, most: usize) -> Option<usize> {
    let text: String = wanted.iter().collect();
    if wanted.len() >= 3 && (other.contains(&text) || (other.len() >= 3 && text.contains(other))) {
        return Some(1);
    }
    let other: Vec<char> = other.chars().collect();
    if wanted.len().abs_diff(other.len()) > most {
        return None;
    }
    let edits = edits(wanted, &other);
    (edits <= most).then_some(edits)
}

fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, from) in a.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, to) in b.iter().enumerate() {
            let at =
                |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&above, column) + usize::from(from != to);
            let moved = (at(&above, column + 1) + 1).min(at(&line, column) + 1);
            let swapped = row.checked_sub(1).and_then(|row| a.get(row)) == Some(to)
                && column.checked_sub(1).and_then(|column| b.get(column)) == Some(from);
            let swap = match column.checked_sub(1) {
                Some(earlier) if swapped => at(&before, earlier) + 1,
                _ => usize::MAX / 2,
            };
            line.push(replaced.min(moved).min(swap));
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().unwrap_or(a.len())
}
