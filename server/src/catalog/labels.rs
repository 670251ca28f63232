//! What to say of an entity that does not exist.

use app::catalog::types::MissingEntity;
use model::catalog::EntityRef;

use super::view::View;

const NEAREST: usize = 5;

pub(super) fn missing(view: &View, wanted: &EntityRef) -> MissingEntity {
    let mut near: Vec<(usize, &EntityRef)> = view
        .nodes()
        .map(|node| {
            let candidate = node.entity_ref();
            let other_kind = usize::from(candidate.kind() != wanted.kind());
            (
                distance(candidate.name(), wanted.name()) + other_kind,
                candidate,
            )
        })
        .filter(|(far, _)| *far <= wanted.name().chars().count().div_ceil(2) + 1)
        .collect();
    near.sort();
    let named_by = view
        .relations(wanted)
        .into_iter()
        .map(|relation| view.label(&relation.target))
        .collect();
    MissingEntity {
        entity_ref: wanted.clone(),
        nearest: near
            .into_iter()
            .take(NEAREST)
            .map(|(_, found)| view.label(found))
            .collect(),
        named_by,
    }
}

/// Levenshtein's distance of two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        let mut next = vec![before];
        for (right, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = (diagonal + usize::from(left != *right))
                .min(above + 1)
                .min(before + 1);
            diagonal = *above;
            before = cost;
            next.push(cost);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_are_levenshteins() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
