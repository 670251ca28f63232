//! The catalog as a service of the process: it serves what the store holds before it looks at a
//! single file, follows files and other replicas from then on, and tells who listens.

mod discover;
mod follow;
mod ingest_task;
mod load;
mod locations;
mod outside;
mod preview;

use std::sync::{
    Arc, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use arc_swap::ArcSwap;
use db::{Feed, Result, audit::Cause};
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
    refresh: Notify,
    /// Woken when files or pages have changed.
    changed: Arc<Notify>,
    outside: Outside,
    /// Entities that were deleted by hand: ingestion has yet to hear of it.
    deleted: std::sync::Mutex<Vec<EntityRef>>,
    requested: AtomicU64,
    served: watch::Sender<u64>,
    stop: watch::Sender<bool>,
}

/// Numbers of the feed that are in the snapshot already: from, to.
type OwnChanges = Vec<(i64, i64)>;

impl CatalogService {
    /// Loads the catalog from the store, and begins to follow files and feed in the background.
    ///
    /// # Errors
    /// When the store cannot be read. What is wrong with files never is an error here.
    pub async fn start(
        config: Arc<CatalogConfig>,
        store: Arc<dyn CatalogStore>,
        feed: Feed,
        sources: Sources,
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
            refresh: Notify::new(),
            changed: Arc::default(),
            outside,
            deleted: std::sync::Mutex::default(),
            requested: AtomicU64::new(0),
            served: watch::Sender::new(0),
            stop: watch::Sender::new(false),
        });
        let providers = shared.config.github.iter().cloned();
        let discover = |provider| tokio::spawn(discover::run(Arc::clone(&shared), provider));
        let mut tasks: Vec<_> = providers.map(discover).collect();
        tasks.extend([
            tokio::spawn(ingest_task::run(Arc::clone(&shared), owners)),
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
        let mut served = self.shared.served.subscribe();
        while !self.is_ready() {
            if served.changed().await.is_err() {
                return;
            }
        }
    }

    /// Reads everything again and returns when what has changed until now is in the snapshot,
    /// or the attempt has failed. A vanished entity takes a moment longer to go.
    pub async fn refresh_now(&self) {
        let mine = self.shared.requested.fetch_add(1, Ordering::AcqRel) + 1;
        let mut served = self.shared.served.subscribe();
        self.shared.refresh.notify_one();
        // An error means that the service has stopped: then nothing will change any more.
        let _ = served.wait_for(|served| *served >= mine).await;
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

    /// Has everything read again soon.
    pub fn refresh(&self) {
        self.shared.requested.fetch_add(1, Ordering::AcqRel);
        self.shared.refresh.notify_one();
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
        ingest_task::write(&self.shared, cause, &batch).await?;
        self.shared.note_deleted(entity_ref);
        self.shared.refresh.notify_one();
        Ok(())
    }

    /// Stops following; what is being written is finished first.
    pub async fn stop(&self) {
        self.shared.stop.send_replace(true);
        for task in self.tasks.lock().await.drain(..) {
            // A task that panicked has been logged by then, and is as stopped as any other.
            let _ = task.await;
        }
        self.shared.served.send_replace(u64::MAX);
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
        if !refs.is_empty() || problems {
            // An error means that nobody listens.
            let _ = self.changes.send(CatalogChanged {
                seq,
                refs,
                problems,
            });
        }
    }

    fn note_deleted(&self, entity_ref: &EntityRef) {
        let mut deleted = self.deleted.lock().unwrap_or_else(PoisonError::into_inner);
        deleted.push(entity_ref.clone());
    }

    /// The entities that were deleted since the last time.
    fn take_deleted(&self) -> Vec<EntityRef> {
        let mut deleted = self.deleted.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *deleted)
    }

    async fn stopped(&self) {
        // The sender lives as long as `self`.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }
}
