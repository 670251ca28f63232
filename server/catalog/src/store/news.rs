//! What the feed brings, together with what it is about, as of one moment. That moment lies
//! between two batches: whoever takes all of it never shows half of one.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use db::feed::Event;
use db::{Result, Tx};
use model::catalog::EntityRef;

use super::{
    ENTITY_TOPIC, FULL_READ_TOPIC, PROBLEM_TOPIC, READ_TOPIC, REFRESH_TOPIC, StoredEntity,
    StoredProblem, load, problems, sql,
};

/// Everything that has happened to the catalog since a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The feed's number at the moment as of which this was read.
    pub seq: i64,
    /// The entities that may have changed, as they are; `None` for those that are gone.
    pub entities: Vec<(EntityRef, Option<StoredEntity>)>,
    /// All problems, if any has changed.
    pub problems: Option<Vec<StoredProblem>>,
    /// Whether the configured locations have been read completely at least once, ever. Only
    /// looked up when there is any news.
    pub full_read: bool,
    /// The last reading of the sources that was asked for, if any was.
    pub requested: Option<i64>,
    /// The last reading that was asked for and made, if any was.
    pub served: Option<i64>,
}

/// What has happened after number `seq`, the changes numbered `known` aside.
pub(super) async fn since(tx: &mut Tx, seq: i64, known: &[RangeInclusive<i64>]) -> Result<News> {
    let mut events = tx.feed_since(seq).await?;
    let Some(last) = events.last() else {
        return Ok(News {
            seq,
            ..News::default()
        });
    };
    let mut news = News {
        seq: last.seq,
        requested: round(&events, REFRESH_TOPIC),
        served: round(&events, READ_TOPIC),
        ..News::default()
    };
    events.retain(|event| !known.iter().any(|known| known.contains(&event.seq)));
    if has(&events, PROBLEM_TOPIC) {
        news.problems = Some(problems::all(tx).await?);
    }
    let refs = refs(&events);
    news.entities = entities(tx, &refs).await?;
    let is_news = !refs.is_empty() || news.problems.is_some() || has(&events, FULL_READ_TOPIC);
    news.full_read = is_news && sql::has_full_read(tx).await?;
    Ok(news)
}

fn has(events: &[Event], topic: &str) -> bool {
    events.iter().any(|event| event.topic == topic)
}

/// The highest number of a round that `topic` tells of.
fn round(events: &[Event], topic: &str) -> Option<i64> {
    let told = events.iter().filter(|event| event.topic == topic);
    told.filter_map(|event| event.key.parse().ok()).max()
}

/// Each entity once, in the order of the feed.
fn refs(events: &[Event]) -> Vec<EntityRef> {
    let mut known = HashSet::new();
    events
        .iter()
        .filter(|event| event.topic == ENTITY_TOPIC)
        .filter(|event| known.insert(event.key.as_str()))
        .filter_map(|event| EntityRef::parse(&event.key).ok())
        .collect()
}

async fn entities(
    tx: &mut Tx,
    refs: &[EntityRef],
) -> Result<Vec<(EntityRef, Option<StoredEntity>)>> {
    let found = load::some(tx, refs).await?;
    let existing: HashSet<EntityRef> = found.iter().map(|own| own.entity_ref.clone()).collect();
    let gone = refs.iter().filter(|wanted| !existing.contains(*wanted));
    let gone: Vec<_> = gone.map(|wanted| (wanted.clone(), None)).collect();
    let there = found
        .into_iter()
        .map(|stored| (stored.entity_ref.clone(), Some(stored)));
    Ok(there.chain(gone).collect())
}
