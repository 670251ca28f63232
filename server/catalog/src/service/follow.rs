//! The task that follows the feed: what another replica wrote is taken from the store.

use std::{collections::HashSet, sync::Arc};

use db::{Result, feed::Event};
use model::catalog::EntityRef;

use super::{OwnChanges, Shared};
use crate::{
    snapshot::Update,
    store::{ENTITY_TOPIC, PROBLEM_TOPIC},
};

/// Events a reading of the feed.
const EVENTS: u32 = 1_000;

/// Runs until the service stops or the database is closed. `seq` is the last number that the
/// snapshot has.
pub(super) async fn run(shared: Arc<Shared>, mut seq: i64) {
    let mut head = shared.feed.watch();
    loop {
        match catch_up(&shared, seq).await {
            Ok(reached) => seq = reached,
            Err(error) => tracing::error!(%error, "the change feed could not be read"),
        }
        tokio::select! {
            biased;
            () = shared.stopped() => return,
            changed = head.changed() => if changed.is_err() { return },
        }
    }
}

/// Brings the snapshot up to the feed's end and returns that number.
async fn catch_up(shared: &Shared, mut seq: i64) -> Result<i64> {
    loop {
        // Waits for a change of our own to be in the snapshot.
        let mut own = shared.writing.lock().await;
        let events = shared.feed.since(seq, EVENTS).await?;
        let Some(last) = events.last() else {
            return Ok(seq);
        };
        let reached = last.seq;
        take(shared, &own, &events, reached).await?;
        own.retain(|(_, to)| *to > reached);
        seq = reached;
    }
}

async fn take(shared: &Shared, own: &OwnChanges, events: &[Event], seq: i64) -> Result<()> {
    let is_own = |event: &&Event| {
        own.iter()
            .any(|(from, to)| (*from..=*to).contains(&event.seq))
    };
    let foreign: Vec<&Event> = events.iter().filter(|event| !is_own(event)).collect();
    let refs: HashSet<EntityRef> = foreign
        .iter()
        .filter(|event| event.topic == ENTITY_TOPIC)
        .filter_map(|event| EntityRef::parse(&event.key).ok())
        .collect();
    let has_problems = foreign.iter().any(|event| event.topic == PROBLEM_TOPIC);
    if refs.is_empty() && !has_problems {
        return Ok(());
    }
    let refs: Vec<EntityRef> = refs.into_iter().collect();
    let found = shared.store.entities(&refs).await?;
    let existing: HashSet<EntityRef> = found.iter().map(|own| own.entity_ref.clone()).collect();
    let gone = refs
        .into_iter()
        .filter(|entity_ref| !existing.contains(entity_ref));
    let mut entities: Vec<_> = found
        .into_iter()
        .map(|stored| (stored.entity_ref.clone(), Some(stored)))
        .collect();
    entities.extend(gone.map(|entity_ref| (entity_ref, None)));
    let problems = if has_problems {
        Some(shared.store.problems().await?)
    } else {
        None
    };
    shared.publish(Update {
        entities,
        problems,
        full_read: false,
        seq,
    });
    Ok(())
}
