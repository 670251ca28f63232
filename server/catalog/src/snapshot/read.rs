//! Reading stored entities for the snapshot: many of them on a second thread, ahead of the one
//! that puts them in their places.

use std::sync::mpsc::sync_channel;
use std::thread;

use model::catalog::{Declared, EntityRef, relations};
use serde_json::Value;

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
    pub(super) entity: CatalogEntity,
    /// Its body.
    pub(super) value: Value,
    /// The relations that it declares.
    pub(super) declared: Vec<Declared>,
}

type Changes = Vec<(EntityRef, Option<StoredEntity>)>;

/// Reads each stored entity and calls back in order; with `None` for one that is gone. One that
/// is no entity is left out, with an error in the log: the rest of the catalog must not go with
/// it.
pub(super) fn read_ahead(changes: Changes, mut seen: impl FnMut(EntityRef, Option<Read>)) {
    let mut changes = changes.into_iter().filter_map(read);
    if changes.size_hint().1.unwrap_or(0) < MANY {
        changes.for_each(|(entity_ref, read)| seen(entity_ref, read));
        return;
    }
    let (send, received) = sync_channel(AHEAD);
    thread::scope(|scope| {
        scope.spawn(move || {
            loop {
                let batch: Vec<_> = changes.by_ref().take(BATCH).collect();
                // An error means that the other thread has panicked.
                if batch.is_empty() || send.send(batch).is_err() {
                    return;
                }
            }
        });
        let all = received.into_iter().flatten();
        all.for_each(|(entity_ref, read)| seen(entity_ref, read));
    });
}

fn read(change: (EntityRef, Option<StoredEntity>)) -> Option<(EntityRef, Option<Read>)> {
    let (entity_ref, Some(stored)) = change else {
        return Some((change.0, None));
    };
    match CatalogEntity::with_value(stored) {
        Ok((entity, value)) => {
            // What is stored has been validated: its references can all be read.
            let declared = relations::declared(&value).unwrap_or_default();
            let read = Read {
                entity,
                value,
                declared,
            };
            Some((entity_ref, Some(read)))
        }
        Err(error) => {
            tracing::error!(%entity_ref, %error, "a stored entity cannot be read");
            None
        }
    }
}
