//! The catalog as a service of the process: it serves what the store holds before it looks at a
//! single file, follows files and other replicas from then on, and tells who listens.

mod discover;
mod follow;
mod ingest_task;
mod load;
mod locations;
mod outside;
mod preview;

use std::{
    ops::RangeInclusive,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use arc_swap::ArcSwap;
use db::{Feed, Fence, Lease, Leases, Result, audit::Cause};
use model::catalog::EntityRef;
use tokio::{
    sync::{Mutex, Notify, broadcast, watch},
    task::JoinHandle,
};

use crate::{
    config::CatalogConfig,
    snapshot::{Snapshot, Update},
    store::{Batch, CatalogStore, Revision},
};

pub use load::load;
pub use outside::Sources;
pub use preview::{Fate, Preview, PreviewEntity, PreviewError};

use outside::Outside;

/// How many changes a slow listener may fall behind before it has to look at everything anew.
const CHANGES_KEPT: usize = 256;

/// Something in the catalog is different now.
#[derive(Debug, Clone)]
pub struct CatalogChanged {
    /// The feed's number after the change.
    pub seq: i64,
    /// The entities that changed, appeared or are gone.
    pub refs: Arc<[EntityRef]>,
    /// Whether the problems differ.
    pub problems: bool,
}

/// The running catalog. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct CatalogService {
    shared: Arc<Shared>,
    tasks: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

struct Shared {
    config: Arc<CatalogConfig>,
    store: Arc<dyn CatalogStore>,
    feed: Feed,
    snapshot: ArcSwap<Snapshot>,
    changes: broadcast::Sender<CatalogChanged>,
    /// Held while the store and then the snapshot are changed: whoever follows the feed must
    /// not take our own changes for another replica's.
    writing: Mutex<OwnChanges>,
    /// Who reads the sources: one of all replicas.
    leases: Leases,
    /// What writes have to check while that is this one.
    reading: watch::Sender<Option<Fence>>,
    refresh: Notify,
    /// Woken when files or pages have changed.
    changed: Arc<Notify>,
    outside: Outside,
    /// Entities that ended otherwise than by ingestion, which has yet to hear of it; `None` while
    /// another replica is the one that reads.
    deleted: std::sync::Mutex<Option<Vec<EntityRef>>>,
    /// The last round of reading that any replica asked for, as far as the feed was followed.
    requested: AtomicI64,
    /// The last round whose findings are in the snapshot.
    served: watch::Sender<i64>,
    /// Changes with every snapshot.
    published: watch::Sender<()>,
    stop: watch::Sender<bool>,
}

/// Numbers of the feed that are in the snapshot already.
type OwnChanges = Vec<RangeInclusive<i64>>;

impl CatalogService {
    /// Loads the catalog from the store, and begins to follow the feed in the background, and
    /// files, whenever it has the lease to read them.
    ///
    /// # Errors
    /// When the store cannot be read. What is wrong with files never is an error here.
    pub async fn start(
        config: Arc<CatalogConfig>,
        store: Arc<dyn CatalogStore>,
        feed: Feed,
        sources: Sources,
        leases: Leases,
    ) -> Result<Self> {
        let (snapshot, owners) = load(&*store, config.fields.as_slice().into()).await?;
        let seq = snapshot.seq();
        let outside = Outside::new(&config, sources).await?;
        let shared = Arc::new(Shared {
            config,
            store,
            feed,
            snapshot: ArcSwap::from_pointee(snapshot),
            changes: broadcast::Sender::new(CHANGES_KEPT),
            writing: Mutex::default(),
            leases,
            reading: watch::Sender::new(None),
            refresh: Notify::new(),
            changed: Arc::default(),
            outside,
            deleted: std::sync::Mutex::default(),
            requested: AtomicI64::new(0),
            served: watch::Sender::new(0),
            published: watch::Sender::new(()),
            stop: watch::Sender::new(false),
        });
        let providers = shared.config.github.iter().cloned();
        let discover = |provider| tokio::spawn(discover::run(Arc::clone(&shared), provider));
        let mut tasks: Vec<_> = providers.map(discover).collect();
        tasks.extend([
            tokio::spawn(ingest_task::run(Arc::clone(&shared), seq, owners)),
            tokio::spawn(follow::run(Arc::clone(&shared), seq)),
            tokio::spawn(outside::follow(Arc::clone(&shared), seq)),
            tokio::spawn(outside::read(Arc::clone(&shared))),
        ]);
        Ok(Self {
            shared,
            tasks: Arc::new(Mutex::new(tasks)),
        })
    }

    /// The catalog as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.shared.snapshot.load_full()
    }

    /// The catalog's configuration.
    #[must_use]
    pub fn config(&self) -> &CatalogConfig {
        &self.shared.config
    }

    /// Every change from now on. Who falls behind far is told so, and looks at the snapshot.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<CatalogChanged> {
        self.shared.changes.subscribe()
    }

    /// Whether the catalog can be served: only an empty one waits for its first full read.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let snapshot = self.shared.snapshot.load();
        snapshot.is_full_read() || !snapshot.is_empty()
    }

    /// Waits until the catalog can be served.
    pub async fn ready(&self) {
        let mut published = self.shared.published.subscribe();
        while !self.is_ready() {
            if published.changed().await.is_err() {
                return;
            }
        }
    }

    /// Has everything read again, by whichever replica reads, and returns when what has changed
    /// until now is in this one's snapshot, or cannot be asked for. A vanished entity takes a
    /// moment longer to go.
    pub async fn refresh_now(&self) {
        if self.shared.is_stopped() {
            return;
        }
        match self.shared.store.request_round().await {
            Ok(mine) => {
                let mut served = self.shared.served.subscribe();
                // An error means that the service has stopped: nothing will change any more.
                let _ = served.wait_for(|served| *served >= mine).await;
            }
            Err(error) => tracing::error!(%error, "a reading of the sources was not asked for"),
        }
    }

    /// The newest `limit` revisions of an entity with numbers below `before`, newest first; empty
    /// if it never existed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn history(
        &self,
        entity_ref: &EntityRef,
        before: i64,
        limit: u32,
    ) -> Result<Vec<Revision>> {
        let store = &self.shared.store;
        store.history(entity_ref, before, limit).await
    }

    /// Has everything read again soon, by whichever replica reads. Nobody needs to remember it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn refresh(&self) -> Result<()> {
        self.shared.store.request_round().await.map(drop)
    }

    /// Ends an entity. It comes back with the next reading if a source still names it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn delete(&self, cause: &Cause, entity_ref: &EntityRef) -> Result<()> {
        let batch = Batch {
            deletes: vec![entity_ref.clone()],
            ..Batch::default()
        };
        ingest_task::write(&self.shared, None, cause, &batch).await?;
        self.shared.note_deleted(std::iter::once(entity_ref));
        Ok(())
    }

    /// Stops following; what is being written is finished first.
    pub async fn stop(&self) {
        self.shared.stop.send_replace(true);
        for task in self.tasks.lock().await.drain(..) {
            // A task that panicked has been logged by then, and is as stopped as any other.
            let _ = task.await;
        }
        self.shared.served.send_replace(i64::MAX);
    }
}

impl Shared {
    /// Puts the next snapshot in place and tells who listens.
    fn publish(&self, update: Update) {
        let refs: Arc<[EntityRef]> = update
            .entities
            .iter()
            .map(|(entity_ref, _)| entity_ref.clone())
            .collect();
        let problems = update.problems.is_some();
        let seq = update.seq;
        let next = self.snapshot.load().with(update);
        self.snapshot.store(Arc::new(next));
        self.published.send_replace(());
        if !refs.is_empty() || problems {
            // An error means that nobody listens.
            let _ = self.changes.send(CatalogChanged {
                seq,
                refs,
                problems,
            });
        }
    }

    /// From now on this replica reads the sources.
    fn begin_reading(&self, lease: &Lease) {
        *self.deleted() = Some(Vec::new());
        self.reading.send_replace(Some(lease.fence().clone()));
    }

    /// Another one does; what was read of the web is out of date when this one does again.
    fn end_reading(&self) {
        self.reading.send_replace(None);
        *self.deleted() = None;
        self.outside.web.begin_pass();
        self.outside.web.end_pass();
    }

    /// Waits until this replica reads the sources.
    async fn is_reading(&self) -> Fence {
        let mut reading = self.reading.subscribe();
        // The sender lives as long as `self`.
        let fence = reading.wait_for(Option::is_some).await.ok();
        match fence.and_then(|fence| fence.clone()) {
            Some(fence) => fence,
            None => std::future::pending().await,
        }
    }

    fn deleted(&self) -> std::sync::MutexGuard<'_, Option<Vec<EntityRef>>> {
        self.deleted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells ingestion, if it is ours: it looks whether a source still names them.
    fn note_deleted<'e>(&self, gone: impl Iterator<Item = &'e EntityRef>) {
        if let Some(deleted) = self.deleted().as_mut() {
            let before = deleted.len();
            deleted.extend(gone.cloned());
            if deleted.len() > before {
                self.refresh.notify_one();
            }
        }
    }

    /// The entities that were deleted since the last time.
    fn take_deleted(&self) -> Vec<EntityRef> {
        self.deleted()
            .as_mut()
            .map(std::mem::take)
            .unwrap_or_default()
    }

    /// Takes note of rounds of reading that were asked for; ingestion is woken if it is ours.
    fn note_requested(&self, round: i64) {
        if self.requested.fetch_max(round, Ordering::AcqRel) < round {
            self.refresh.notify_one();
        }
    }

    fn is_stopped(&self) -> bool {
        *self.stop.borrow()
    }

    async fn stopped(&self) {
        // The sender lives as long as `self`.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }
}
