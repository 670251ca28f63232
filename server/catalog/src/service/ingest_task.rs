//! The task that follows the files while this replica has the lease to: a pass when something
//! changed, when asked, and once every period. A pass that fails never keeps the next one from
//! being made.

use std::{collections::HashMap, sync::Arc, sync::atomic::Ordering, time::Duration};

use chrono::{DateTime, Utc};
use db::{DbError, Fence, Lease, Outage, Result, audit::Cause};
use tokio::{
    sync::{Notify, oneshot},
    time::{Instant, sleep_until, timeout},
};

use super::Shared;
use crate::{
    ingest::{Beginning, Ingestion, Pass},
    process::Owners,
    snapshot::Update,
    store::{Applied, Batch, Operation, Put, StoredEntity, Written},
    yaml::spawn_deep,
};

/// An editor's burst of changes is over when it has been quiet for this long.
const QUIET: Duration = Duration::from_millis(100);
/// Nor is a pass put off longer than this, however busy the directory is.
const PUT_OFF: Duration = Duration::from_millis(700);
/// When to look again at what may come back or was found too late to be watched.
const UNSETTLED: Duration = Duration::from_millis(450);
/// When to try again after a failure.
const RETRY: Duration = Duration::from_secs(5);
/// The next pass when there is no period: as good as never.
const NEVER: Duration = Duration::from_secs(365 * 24 * 3600);

/// Held by the one replica that reads the sources.
const LEASE: &str = "catalog.ingest";
/// Who writes, in the audit trail.
const ACTOR: &str = "system:ingestion";

/// What each entity of the store belongs to.
fn owners_of(entities: &[StoredEntity]) -> Owners {
    let mut owners = Owners::default();
    entities.iter().for_each(|entity| owners.add(entity));
    owners
}

/// Runs until the service stops. `owners` is what the store held at number `seq` of the feed.
pub(super) async fn run(shared: Arc<Shared>, seq: i64, owners: Owners) {
    let mut known = Some((seq, owners));
    loop {
        let lease = tokio::select! {
            biased;
            () = shared.stopped() => return,
            lease = held(&shared, &mut known) => lease,
        };
        let epoch = lease.fence().epoch();
        tracing::info!(epoch, "this replica reads the catalog's sources");
        shared.begin_reading(&lease);
        follow_files(&shared, &lease, known.take()).await;
        shared.end_reading();
        if shared.is_stopped() {
            return lease.release().await;
        }
        tracing::warn!(epoch, "another replica may read the catalog's sources now");
    }
}

/// Waits for the lease. What was known before that is soon out of date.
async fn held(shared: &Shared, known: &mut Option<(i64, Owners)>) -> Lease {
    match shared.leases.try_acquire(LEASE).await {
        Ok(Some(lease)) => lease,
        Ok(None) | Err(_) => {
            *known = None;
            shared.leases.acquire(LEASE).await
        }
    }
}

/// Reads and applies until the lease is lost or the service stops.
async fn follow_files(shared: &Shared, lease: &Lease, mut known: Option<(i64, Owners)>) {
    let changed = &shared.changed;
    let mut renewed = 0;
    let mut outage = Outage::of("bringing the catalog up to date");
    let mut ingestion: Option<Ingestion> = None;
    let mut next = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = shared.stopped() => return,
            () = lease.lost().cancelled() => return,
            () = shared.refresh.notified() => {}
            () = changed.notified() => quiet(changed).await,
            () = sleep_until(next) => {}
        }
        let serving = shared.requested.load(Ordering::Acquire);
        if serving > renewed {
            shared.outside.web.renew(|_| true);
            renewed = serving;
        }
        let current = match ingestion.take() {
            Some(current) => Ok(current),
            None => stored(shared, known.take()).await.map(|owners| {
                let (config, web) = (&shared.config, &shared.outside.web);
                Ingestion::new(
                    Arc::clone(config),
                    Arc::clone(web),
                    owners,
                    Arc::clone(changed),
                )
            }),
        };
        let done = match current {
            // A pass goes on when the lease is lost: whether it may write, the fence decides.
            Ok(current) => tokio::select! {
                biased;
                () = shared.stopped() => return,
                done = pass(shared, lease, current, &mut ingestion, serving) => done,
            },
            Err(error) => Err(error),
        };
        let wait = match done {
            Ok(wait) => {
                outage.over();
                wait
            }
            Err(error @ DbError::LeaseLost) => {
                let epoch = lease.fence().epoch();
                tracing::warn!(%error, epoch, "what was read was not written");
                return;
            }
            Err(error) => outage.failed(&error).max(RETRY),
        };
        next = Instant::now() + wait;
    }
}

/// What each entity of the store belongs to, and which rounds were asked for. `known` is used if
/// nothing has happened since.
async fn stored(shared: &Shared, known: Option<(i64, Owners)>) -> Result<Owners> {
    shared.note_requested(shared.store.requested_round().await?);
    if let Some((seq, owners)) = known
        && shared.feed.head().await? == seq
    {
        return Ok(owners);
    }
    let (_, entities) = shared.store.load().await?;
    Ok(owners_of(&entities))
}

/// One pass, and what it found written. When the next one is due.
async fn pass(
    shared: &Shared,
    lease: &Lease,
    current: Ingestion,
    ingestion: &mut Option<Ingestion>,
    serving: i64,
) -> Result<Duration> {
    let begin = shared.outside.begin();
    // What arrives during the pass may be seen only by the next.
    let is_settled = !shared.outside.web.is_waiting();
    let Some((mut current, pass)) = on_own_thread(told(shared, current), begin).await else {
        tracing::error!("the pass over the catalog files broke off");
        return Ok(RETRY);
    };
    let written = finish(shared, lease, &mut current, pass).await;
    *ingestion = Some(current);
    // Whoever asked waits for what is being read of the web, too.
    let is_complete = is_settled && !shared.outside.web.is_waiting();
    if written.is_ok() && is_complete && serving > *shared.served.borrow() {
        shared.store.serve_round(lease.fence(), serving).await?;
    }
    written
}

/// Tells ingestion what was deleted behind its back.
fn told(shared: &Shared, mut ingestion: Ingestion) -> Ingestion {
    ingestion.forget(shared.take_deleted());
    ingestion
}

/// Waits for the end of a burst of changes.
async fn quiet(changed: &Notify) {
    let burst = async { while timeout(QUIET, changed.notified()).await.is_ok() {} };
    // The burst goes on: then it has to be looked at while it does.
    let _ = timeout(PUT_OFF, burst).await;
}

/// A pass on a thread of its own: it reads files, needs a deep stack, and must not keep the
/// process from exiting. `None` when it panicked.
async fn on_own_thread(mut ingestion: Ingestion, begin: Beginning) -> Option<(Ingestion, Pass)> {
    let (done, result) = oneshot::channel();
    let work = move || {
        let pass = ingestion.pass(&begin);
        // An error means that the service has stopped meanwhile.
        let _ = done.send((ingestion, pass));
    };
    if let Err(error) = spawn_deep(work) {
        tracing::error!(%error, "no thread to read catalog files on");
    }
    result.await.ok()
}

/// Writes what a pass has found, and says when the next one is due.
async fn finish(
    shared: &Shared,
    lease: &Lease,
    current: &mut Ingestion,
    pass: Pass,
) -> Result<Duration> {
    if pass.is_change {
        let cause = Cause::new(ACTOR, Utc::now()).from(lease.holder());
        write(shared, Some(lease.fence()), &cause, &pass.batch).await?;
        current.applied(pass.batch);
    }
    let period = shared.config.processing_interval.unwrap_or(NEVER);
    Ok(if pass.is_unsettled { UNSETTLED } else { period })
}

/// Makes the changes of a batch, in the store and in the snapshot.
pub(super) async fn write(
    shared: &Shared,
    fence: Option<&Fence>,
    cause: &Cause,
    batch: &Batch,
) -> Result<()> {
    let mut own = shared.writing.lock().await;
    let applied = shared.store.apply_under(fence, cause, batch).await?;
    let changes = applied.written.len() + applied.problem_origins.len();
    let first = applied.feed_seq - i64::try_from(changes).unwrap_or(0) + 1;
    own.push(first..=applied.feed_seq);
    let update = update(shared, batch, &applied, cause.at);
    shared.publish(update);
    Ok(())
}

/// What a batch makes of the snapshot.
fn update(shared: &Shared, batch: &Batch, applied: &Applied, at: DateTime<Utc>) -> Update {
    let snapshot = shared.snapshot.load();
    let puts: HashMap<_, _> = batch
        .puts
        .iter()
        .map(|put| (&put.entity_ref, put))
        .collect();
    let change = |written: &Written| {
        let entity_ref = written.entity_ref.clone();
        let entity = match (written.op, puts.get(&entity_ref)) {
            (Operation::Delete, _) => None,
            (Operation::Put, Some(put)) => {
                let before = snapshot.get(&entity_ref).filter(|_| written.placed_only);
                Some(entity(
                    put,
                    written,
                    before.map_or(at, |own| own.changed_at),
                ))
            }
            (Operation::Put, None) => Some(snapshot.get(&entity_ref)?.to_orphan()),
        };
        Some((entity_ref, entity))
    };
    let origins = batch.problems.iter();
    let problems = origins.flat_map(|origin| origin.problems.iter().cloned());
    Update {
        entities: applied.written.iter().filter_map(change).collect(),
        problems: (!applied.problem_origins.is_empty()).then(|| problems.collect()),
        full_read: batch.full_read,
        seq: applied.feed_seq,
    }
}

fn entity(put: &Put, written: &Written, at: DateTime<Utc>) -> StoredEntity {
    StoredEntity {
        entity_ref: put.entity_ref.clone(),
        uid: written.uid.clone(),
        seq: written.seq,
        number: written.number,
        etag: Arc::clone(&put.etag),
        body: Arc::clone(&put.body),
        at,
        location: Arc::clone(&put.location),
        origin: Arc::clone(&put.origin),
        line: put.line,
        orphan: false,
    }
}
