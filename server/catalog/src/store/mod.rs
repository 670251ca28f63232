//! The catalog on disk: an append-only sequence of revisions and the view of it that is "now".
//! Lists and filters are not answered here but from the snapshot, which is rebuilt from
//! [`CatalogStore::load`].

mod batch;
mod heads;
mod load;
mod locations;
mod news;
mod plan;
mod problems;
mod rounds;
mod sql;
mod stored;
mod write;

use std::ops::RangeInclusive;

use async_trait::async_trait;
use db::audit::Cause;
use db::{Fence, Result};
use model::catalog::EntityRef;
use tokio::sync::mpsc;

pub use batch::{Applied, Batch, OriginProblems, Put, Written};
pub use locations::{
    AddedLocation, LOCATION_TOPIC, LocationStore, Placed, RENEWAL_TOPIC, SqlLocationStore,
};
pub use news::News;
pub use sql::SqlCatalogStore;
pub use stored::{Loaded, Operation, Revision, StoredEntity, StoredProblem};

/// Topic of the feed for entities: the key is the ref, the payload
/// `{"op": "put" | "delete", "number": n}`. A put with a known number means that only the
/// entity's place or orphan state changed.
pub const ENTITY_TOPIC: &str = "catalog";
/// Topic of the feed for problems: the key is the origin whose problems were replaced, the
/// payload `null`.
pub const PROBLEM_TOPIC: &str = "problems";
/// Topic of the feed for the first complete reading, should it find nothing at all.
pub const FULL_READ_TOPIC: &str = "catalog.full-read";
/// Topic of the feed for readings that are asked for: the key is the round's number.
pub const REFRESH_TOPIC: &str = "catalog.refresh";
/// Topic of the feed for readings that were made, with what they found before it: the key is the
/// number of the last round that is served by it.
pub const READ_TOPIC: &str = "catalog.read";

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
    async fn apply(&self, cause: &Cause, batch: &Batch) -> Result<Applied> {
        self.apply_under(None, cause, batch).await
    }

    /// The same on condition that whoever writes still has the right to: its fence is checked in
    /// the transaction.
    async fn apply_under(
        &self,
        fence: Option<&Fence>,
        cause: &Cause,
        batch: &Batch,
    ) -> Result<Applied>;

    /// Those of `refs` that exist now, in no particular order.
    async fn entities(&self, refs: &[EntityRef]) -> Result<Vec<StoredEntity>>;

    /// All current problems, by origin, in the order in which they were found.
    async fn problems(&self) -> Result<Vec<StoredProblem>>;

    /// What has happened after number `seq` of the feed, the changes numbered `known` aside, all
    /// as of one moment.
    async fn since(&self, seq: i64, known: &[RangeInclusive<i64>]) -> Result<News>;

    /// Asks whoever reads the sources to do so; the number of the round. [`News::served`] tells
    /// when it has been made.
    async fn request_round(&self) -> Result<i64>;

    /// The number of the last round that was asked for.
    async fn requested_round(&self) -> Result<i64>;

    /// Says that every round up to `round` has been made.
    async fn serve_round(&self, fence: &Fence, round: i64) -> Result<()>;

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
