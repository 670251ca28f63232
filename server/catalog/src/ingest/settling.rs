//! Entities that vanish are given a moment to come back: an editor may remove a file and write
//! it anew, or empty it before it fills it.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use model::catalog::EntityRef;

use crate::store::Batch;

/// How long an entity has to be gone before it is given up.
pub(super) const SETTLED_AFTER: Duration = Duration::from_millis(400);

/// Since when which entities are gone.
#[derive(Debug, Default)]
pub(super) struct Settling(HashMap<EntityRef, Instant>);

impl Settling {
    /// Takes out of the batch what has not been gone long enough; says whether there is such.
    pub(super) fn hold_back(&mut self, batch: &mut Batch, now: Instant) -> bool {
        let gone: HashSet<&EntityRef> = batch.deletes.iter().chain(&batch.orphans).collect();
        self.0.retain(|entity_ref, _| gone.contains(entity_ref));
        let mut is_settled = |entity_ref: &EntityRef| {
            let since = *self.0.entry(entity_ref.clone()).or_insert(now);
            now.saturating_duration_since(since) >= SETTLED_AFTER
        };
        let before = batch.deletes.len() + batch.orphans.len();
        batch.deletes.retain(&mut is_settled);
        batch.orphans.retain(&mut is_settled);
        batch.deletes.len() + batch.orphans.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch() -> Batch {
        Batch {
            deletes: vec![EntityRef::parse("component:a").unwrap()],
            ..Batch::default()
        }
    }

    #[test]
    fn what_comes_back_in_time_was_never_gone() {
        let mut settling = Settling::default();
        let start = Instant::now();
        let mut first = batch();
        assert!(settling.hold_back(&mut first, start));
        assert!(first.deletes.is_empty());
        assert!(!settling.hold_back(&mut Batch::default(), start + SETTLED_AFTER / 2));
        let mut again = batch();
        assert!(settling.hold_back(&mut again, start + SETTLED_AFTER * 2));
        assert!(again.deletes.is_empty());
    }

    #[test]
    fn what_stays_away_is_given_up() {
        let mut settling = Settling::default();
        let start = Instant::now();
        assert!(settling.hold_back(&mut batch(), start));
        let mut later = batch();
        assert!(!settling.hold_back(&mut later, start + SETTLED_AFTER));
        assert_eq!(later, batch());
    }
}
