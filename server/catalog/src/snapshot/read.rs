//! Reading stored entities for the snapshot: many of them on a second thread, ahead of the one
//! that puts them in their places.

use std::sync::Arc;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

use model::catalog::index::Leaves;
use model::catalog::{Declared, EntityRef, relations};

use super::CatalogEntity;
use crate::store::StoredEntity;

/// From so many entities on, a second thread is worth its start.
const MANY: usize = 500;
/// Entities that are handed over at once.
const BATCH: usize = 64;
/// Batches that wait to be put in their places, at most.
const AHEAD: usize = 8;

/// A stored entity, read.
pub(super) struct Read {
    pub(super) entity: Arc<CatalogEntity>,
    /// What it puts into the index.
    pub(super) leaves: Leaves,
    /// The relations that it declares.
    pub(super) declared: Vec<Declared>,
}

/// What is left of a [`Read`] that has been put in its place.
type Rest = (Leaves, Vec<Declared>);

/// An entity as it is from now on; `None` for one that is gone.
pub(crate) type Change = (EntityRef, Option<StoredEntity>);

/// Reads each stored entity and calls back in order; with `None` for one that is gone. One that
/// is no entity is left out, with an error in the log: the rest of the catalog must not go with
/// it.
pub(super) fn read_ahead(
    changes: impl Iterator<Item = Change> + Send,
    mut seen: impl FnMut(EntityRef, Option<&Read>),
) {
    let mut changes = changes.filter_map(read);
    if changes.size_hint().1.is_some_and(|most| most < MANY) {
        changes.for_each(|(entity_ref, read)| seen(entity_ref, read.as_ref()));
        return;
    }
    let (send, received) = sync_channel(AHEAD);
    // Each thread frees what it has allocated: two that free each other's memory wait for locks
    // of the allocator.
    let (give_back, given_back) = channel::<Vec<Rest>>();
    thread::scope(|scope| {
        scope.spawn(move || {
            loop {
                let batch: Vec<_> = changes.by_ref().take(BATCH).collect();
                // An error means that the other thread has panicked.
                if batch.is_empty() || send.send(batch).is_err() {
                    return;
                }
                given_back.try_iter().for_each(drop);
            }
        });
        for batch in received {
            let mut rests = Vec::with_capacity(BATCH);
            for (entity_ref, read) in batch {
                seen(entity_ref, read.as_ref());
                rests.extend(read.map(|read| (read.leaves, read.declared)));
            }
            // An error means that all has been read.
            let _ = give_back.send(rests);
        }
    });
}

fn read(change: Change) -> Option<(EntityRef, Option<Read>)> {
    let (entity_ref, Some(stored)) = change else {
        return Some((change.0, None));
    };
    match CatalogEntity::with_value(stored) {
        Ok((entity, value)) => {
            let read = Read {
                entity: Arc::new(entity),
                leaves: Leaves::of(&value),
                // What is stored has been validated: its references can all be read.
                declared: relations::declared(&value).unwrap_or_default(),
            };
            Some((entity_ref, Some(read)))
        }
        Err(error) => {
            tracing::error!(%entity_ref, %error, "a stored entity cannot be read");
            None
        }
    }
}
