//! The task that follows the files: a pass when something changed, when asked, and once every
//! period. A pass that fails never keeps the next one from being made.

use std::{collections::HashMap, sync::Arc, sync::atomic::Ordering, time::Duration};

use chrono::{DateTime, Utc};
use db::{Result, audit::Cause};
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

/// Who writes, in the audit trail.
const ACTOR: &str = "system:ingestion";

/// What each entity of the store belongs to.
fn owners_of(entities: &[StoredEntity]) -> Owners {
    let mut owners = Owners::default();
    entities.iter().for_each(|entity| owners.add(entity));
    owners
}

/// Runs until the service stops.
pub(super) async fn run(shared: Arc<Shared>, owners: Owners) {
    let changed = Arc::clone(&shared.changed);
    let web = &shared.outside.web;
    let begin = |owners| {
        let config = Arc::clone(&shared.config);
        Ingestion::new(config, Arc::clone(web), owners, Arc::clone(&changed))
    };
    let mut renewed = 0;
    let mut ingestion = Some(begin(owners));
    let mut next = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = shared.stopped() => return,
            () = shared.refresh.notified() => {}
            () = changed.notified() => quiet(&changed).await,
            () = sleep_until(next) => {}
        }
        let serving = shared.requested.load(Ordering::Acquire);
        if serving > renewed {
            web.renew(|_| true);
            renewed = serving;
        }
        // What arrives during the pass may be seen only by the next.
        let is_settled = !web.is_waiting();
        let current = match ingestion.take() {
            Some(current) => Ok(current),
            None => shared
                .store
                .load()
                .await
                .map(|(_, entities)| begin(owners_of(&entities))),
        };
        let wait = match current {
            Ok(current) => tokio::select! {
                biased;
                () = shared.stopped() => return,
                pass = on_own_thread(told(&shared, current), shared.outside.begin()) => finish(&shared, pass, &mut ingestion).await,
            },
            Err(error) => failed(&error),
        };
        next = Instant::now() + wait;
        // Whoever asked waits for what is being read of the web, too.
        if is_settled && !web.is_waiting() {
            shared.served.send_replace(serving);
        }
    }
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
    pass: Option<(Ingestion, Pass)>,
    ingestion: &mut Option<Ingestion>,
) -> Duration {
    let Some((mut current, pass)) = pass else {
        return failed("the pass over the catalog files broke off");
    };
    let written = if pass.is_change {
        let cause = Cause::new(ACTOR, Utc::now());
        write(shared, &cause, &pass.batch).await
    } else {
        Ok(())
    };
    let wait = match written {
        Ok(()) => {
            if pass.is_change {
                current.applied(pass.batch);
            }
            let period = shared.config.processing_interval.unwrap_or(NEVER);
            if pass.is_unsettled { UNSETTLED } else { period }
        }
        Err(error) => failed(&error),
    };
    *ingestion = Some(current);
    wait
}

fn failed(error: impl std::fmt::Display) -> Duration {
    tracing::error!(%error, "the catalog could not be brought up to date");
    RETRY
}

/// Makes the changes of a batch, in the store and in the snapshot.
pub(super) async fn write(shared: &Shared, cause: &Cause, batch: &Batch) -> Result<()> {
    let mut own = shared.writing.lock().await;
    let applied = shared.store.apply(cause, batch).await?;
    let changes = applied.written.len() + applied.problem_origins.len();
    let first = applied.feed_seq - i64::try_from(changes).unwrap_or(0) + 1;
    own.push((first, applied.feed_seq));
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
                Some(stored(
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

fn stored(put: &Put, written: &Written, at: DateTime<Utc>) -> StoredEntity {
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
