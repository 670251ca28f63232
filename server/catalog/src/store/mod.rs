//! The catalog on disk: an append-only sequence of revisions and the view of it that is "now".
//! Lists and filters are not answered here but from the snapshot, which is rebuilt from
//! [`CatalogStore::load`].

mod batch;
mod heads;
mod load;
mod locations;
mod plan;
mod problems;
mod sql;
mod stored;
mod write;

use async_trait::async_trait;
use db::Result;
use db::audit::Cause;
use model::catalog::EntityRef;
use tokio::sync::mpsc;

pub use batch::{Applied, Batch, OriginProblems, Put, Written};
pub use locations::{
    AddedLocation, LOCATION_TOPIC, LocationStore, Placed, RENEWAL_TOPIC, SqlLocationStore,
};
pub use sql::SqlCatalogStore;
pub use stored::{Loaded, Operation, Revision, StoredEntity, StoredProblem};

/// Topic of the feed for entities: the key is the ref, the payload
/// `{"op": "put" | "delete", "number": n}`. A put with a known number means that only the
/// entity's place or orphan state changed.
pub const ENTITY_TOPIC: &str = "catalog";
/// Topic of the feed for problems: the key is the origin whose problems were replaced, the
/// payload `null`.
pub const PROBLEM_TOPIC: &str = "problems";

/// What the catalog asks of its database.
#[async_trait]
pub trait CatalogStore: Send + Sync {
    /// Everything that is true now, as of one moment. Its entities are sent in batches while they
    /// are being read, so that whoever receives them need not wait for the last.
    async fn load_into(&self, entities: mpsc::Sender<Vec<StoredEntity>>) -> Result<Loaded>;

    /// Everything that is true now, as of one moment, with its entities by ref.
    async fn load(&self) -> Result<(Loaded, Vec<StoredEntity>)> {
        let (send, mut batches) = mpsc::channel(1);
        let collect = async {
            let mut entities = Vec::new();
            while let Some(batch) = batches.recv().await {
                entities.extend(batch);
            }
            entities
        };
        let (loaded, entities) = tokio::join!(self.load_into(send), collect);
        Ok((loaded?, entities))
    }

    /// Makes the changes of `batch` in one transaction, with feed and audit. What is already
    /// so is not written again; a batch that changes nothing leaves no trace.
    async fn apply(&self, cause: &Cause, batch: &Batch) -> Result<Applied>;

    /// Those of `refs` that exist now, in no particular order.
    async fn entities(&self, refs: &[EntityRef]) -> Result<Vec<StoredEntity>>;

    /// All current problems, by origin, in the order in which they were found.
    async fn problems(&self) -> Result<Vec<StoredProblem>>;

    /// The newest `limit` revisions of an entity with numbers below `before`, newest first; empty
    /// if it never existed.
    async fn history(
        &self,
        entity_ref: &EntityRef,
        before: i64,
        limit: u32,
    ) -> Result<Vec<Revision>>;

    /// Whether the configured locations have been read completely at least once, ever.
    async fn has_full_read(&self) -> Result<bool>;
}
