//! The first snapshot: built while the store is still being read.

use std::sync::Arc;

use chrono::Utc;
use db::{DbError, Result};
use model::catalog::index::FieldSpec;
use tokio::{sync::mpsc, task::spawn_blocking};

use crate::{
    process::Owners,
    snapshot::Snapshot,
    store::{CatalogStore, StoredEntity},
};

/// Batches of entities that wait to be put in their places, at most.
const AHEAD: usize = 8;

/// What the store holds, with the organisation's own fields, and what each entity belongs to.
///
/// # Errors
/// When the store cannot be read.
pub async fn load(
    store: &dyn CatalogStore,
    fields: Arc<[FieldSpec]>,
) -> Result<(Snapshot, Owners)> {
    let (send, entities) = mpsc::channel(AHEAD);
    let filling = spawn_blocking(move || fill(fields, entities));
    let loaded = store.load_into(send).await?;
    let (snapshot, owners) = filling.await.map_err(DbError::other)?;
    Ok((snapshot.finished(loaded), owners))
}

fn fill(
    fields: Arc<[FieldSpec]>,
    mut batches: mpsc::Receiver<Vec<StoredEntity>>,
) -> (Snapshot, Owners) {
    let mut owners = Owners::default();
    let entities = std::iter::from_fn(|| batches.blocking_recv()).flatten();
    let owned = entities.inspect(|entity| owners.add(entity));
    let snapshot = Snapshot::empty(fields, Utc::now()).filled(owned);
    (snapshot, owners)
}
