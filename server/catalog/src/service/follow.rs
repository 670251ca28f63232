//! The task that follows the feed: what another replica wrote is taken from the store, whole
//! batches at a time.

use std::sync::Arc;

use db::{Outage, Result, feed::changed_or_after};

use super::Shared;
use crate::{snapshot::Update, store::News};

/// Runs until the service stops or the database is closed. `seq` is the last number that the
/// snapshot has.
pub(super) async fn run(shared: Arc<Shared>, mut seq: i64) {
    let mut head = shared.feed.watch();
    let mut outage = Outage::of("following the change feed");
    loop {
        head.mark_unchanged();
        let reached = catch_up(&shared, seq).await;
        let wait = outage.noted(reached.map(|reached| seq = reached));
        tokio::select! {
            biased;
            () = shared.stopped() => return,
            is_open = changed_or_after(&mut head, wait) => if !is_open { return },
        }
    }
}

/// Brings the snapshot up to the feed's end and returns that number.
async fn catch_up(shared: &Shared, seq: i64) -> Result<i64> {
    // Waits for a change of our own to be in the snapshot.
    let mut own = shared.writing.lock().await;
    let news = shared.store.since(seq, &own).await?;
    let reached = news.seq;
    own.retain(|known| *known.end() > reached);
    take(shared, news);
    Ok(reached)
}

fn take(shared: &Shared, news: News) {
    let gone = news.entities.iter().filter(|(_, now)| now.is_none());
    shared.note_deleted(gone.map(|(entity_ref, _)| entity_ref));
    let is_first_read = news.full_read && !shared.snapshot.load().is_full_read();
    if is_first_read || !news.entities.is_empty() || news.problems.is_some() {
        shared.publish(Update {
            entities: news.entities,
            problems: news.problems,
            full_read: news.full_read,
            seq: news.seq,
        });
    }
    if let Some(round) = news.requested {
        shared.note_requested(round);
    }
    if let Some(round) = news.served {
        shared
            .served
            .send_if_modified(|served| round > std::mem::replace(served, round.max(*served)));
    }
}
