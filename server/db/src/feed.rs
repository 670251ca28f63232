//! The change feed: every change that somebody may be waiting for, in commit order.
//!
//! A number is drawn inside the transaction under a row lock that lasts until its commit, so
//! numbers become visible in their order: a reader who has seen `n` will never find a smaller
//! one later. Draw numbers after the other locks of a transaction, or before all of them.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgPool, QueryBuilder};
use tokio::{sync::watch, time::sleep};

use crate::{Backend, Db, Outage, Result, Stamp, Tx, each};

/// The PostgreSQL channel on which a commit is announced; its payload is the last number.
pub(crate) const CHANNEL: &str = "perilune_feed";
/// Rows an insert statement: five values each stay far below either database's limit.
const ROWS: usize = 1000;

const DRAW: &str = "update feed_head set seq = seq + $1 where id = 1 returning seq";
const HEAD: &str = "select seq from feed_head where id = 1";
const SINCE: &str =
    "select seq, at, topic, key, payload from feed where seq > $1 order by seq limit $2";

/// A change to be announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of thing changed, and for whom: `catalog`, `stars:user:default/ann`.
    pub topic: String,
    /// Which one, e.g. an entity ref.
    pub key: String,
    /// JSON text; what a reader needs to know without asking again.
    pub payload: String,
}

/// A change that has been committed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Event {
    /// Its number. Numbers grow in commit order, without gaps.
    pub seq: i64,
    /// When it happened, by the writer's clock.
    #[sqlx(try_from = "Stamp")]
    pub at: DateTime<Utc>,
    /// See [`Change::topic`].
    pub topic: String,
    /// See [`Change::key`].
    pub key: String,
    /// See [`Change::payload`].
    pub payload: String,
}

/// Reads the feed and waits for it.
#[derive(Clone)]
pub struct Feed {
    db: Db,
    wake: Wake,
}

impl Feed {
    pub(crate) fn new(db: Db, wake: Wake) -> Self {
        Self { db, wake }
    }

    /// The number of the last committed change; 0 if there was none.
    pub async fn head(&self) -> Result<i64> {
        Ok(each!(self.db.reader(), on => sqlx::query_scalar(HEAD).fetch_one(on).await)?)
    }

    /// The changes after number `seq`, oldest first, at most `limit`.
    pub async fn since(&self, seq: i64, limit: u32) -> Result<Vec<Event>> {
        Ok(each!(self.db.reader(), on => {
            sqlx::query_as(SINCE).bind(seq).bind(i64::from(limit)).fetch_all(on).await
        })?)
    }

    /// News of `topics` from now on.
    pub fn on(&self, topics: &'static [&'static str]) -> News {
        let head = self.watch();
        let seen = *head.borrow();
        News {
            feed: self.clone(),
            head,
            topics,
            seen,
            outage: Outage::of("waiting for news"),
        }
    }

    /// Whether a change of `topics` has a number above `from`, up to `to`.
    async fn has(&self, topics: &[&str], from: i64, to: i64) -> Result<bool> {
        if from >= to {
            return Ok(false);
        }
        let count: i64 = each!(self.db.reader(), on => {
            let mut sql = QueryBuilder::new("select count(*) from feed where seq > ");
            sql.push_bind(from).push(" and seq <= ").push_bind(to).push(" and topic in (");
            let mut list = sql.separated(", ");
            for topic in topics {
                list.push_bind(*topic);
            }
            sql.push(")");
            sql.build_query_scalar().fetch_one(on).await?
        });
        Ok(count > 0)
    }

    /// Holds the highest number known to be committed, by this process or another replica:
    /// await `changed()`, then read [`since`](Self::since).
    pub fn watch(&self) -> watch::Receiver<i64> {
        self.wake.0.subscribe()
    }
}

/// Waits for changes of some topics, for whoever has to look at something then and needs no
/// detail: see [`Feed::on`].
pub struct News {
    feed: Feed,
    head: watch::Receiver<i64>,
    topics: &'static [&'static str],
    seen: i64,
    outage: Outage,
}

impl News {
    /// Waits until there has been a change since the last call, or since [`Feed::on`]. May also
    /// return without any, never the other way round. Nothing is lost when it is dropped.
    pub async fn next(&mut self) {
        loop {
            let head = *self.head.borrow_and_update();
            match self.feed.has(self.topics, self.seen, head).await {
                Ok(found) => {
                    self.outage.over();
                    self.seen = self.seen.max(head);
                    if found {
                        return;
                    }
                }
                Err(error) => {
                    sleep(self.outage.failed(&error)).await;
                    continue;
                }
            }
            if self.head.changed().await.is_err() {
                // The database is closed for good: there will be no news.
                return std::future::pending().await;
            }
        }
    }
}

impl Tx {
    /// The number of the last change as this transaction sees it.
    pub async fn feed_head(&mut self) -> Result<i64> {
        Ok(each!(self.on(), on => sqlx::query_scalar(HEAD).fetch_one(on).await)?)
    }

    /// The changes after number `seq` that this transaction sees, oldest first.
    pub async fn feed_since(&mut self, seq: i64) -> Result<Vec<Event>> {
        Ok(each!(self.on(), on => {
            sqlx::query_as(SINCE).bind(seq).bind(i64::MAX).fetch_all(on).await?
        }))
    }

    /// Takes the feed's lock now and holds it to the end: whoever else publishes waits.
    /// Returns the number of the last change so far.
    pub async fn lock_feed(&mut self) -> Result<i64> {
        self.draw(0).await
    }

    /// Announces `changes` with the commit of this transaction and returns the number of the
    /// first; the others follow without gaps. Nothing happens if there are none.
    pub async fn publish(&mut self, at: DateTime<Utc>, changes: &[Change]) -> Result<i64> {
        let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
        let last = self.draw(count).await?;
        let first = last - count + 1;
        if count > 0 {
            self.insert(first, at.into(), changes).await?;
            self.announce(last).await?;
        }
        Ok(first)
    }

    async fn draw(&mut self, count: i64) -> Result<i64> {
        Ok(each!(self.on(), on => sqlx::query_scalar(DRAW).bind(count).fetch_one(on).await)?)
    }

    async fn insert(&mut self, first: i64, at: Stamp, changes: &[Change]) -> Result<()> {
        let numbered: Vec<_> = (first..).zip(changes).collect();
        for rows in numbered.chunks(ROWS) {
            each!(self.on(), on => {
                let mut sql = QueryBuilder::new("insert into feed (seq, at, topic, key, payload) ");
                sql.push_values(rows, |mut row, (seq, change)| {
                    row.push_bind(*seq)
                        .push_bind(at)
                        .push_bind(change.topic.as_str())
                        .push_bind(change.key.as_str())
                        .push_bind(change.payload.as_str());
                });
                sql.build().execute(on).await.map(drop)
            })?;
        }
        Ok(())
    }

    async fn announce(&mut self, last: i64) -> Result<()> {
        if let Backend::Postgres(on) = self.on() {
            sqlx::query("select pg_notify($1, $2)")
                .bind(CHANNEL)
                .bind(last.to_string())
                .execute(on)
                .await?;
        }
        self.has_published(last);
        Ok(())
    }
}

/// Waits for a change; after a failure no longer than `wait`, since what was missed may be the
/// last change for a long time. Whether the database is open still.
pub async fn changed_or_after(head: &mut watch::Receiver<i64>, wait: Option<Duration>) -> bool {
    match wait {
        Some(wait) => {
            sleep(wait).await;
            true
        }
        None => head.changed().await.is_ok(),
    }
}

pub(crate) async fn head_of(pool: &PgPool) -> Result<i64> {
    Ok(sqlx::query_scalar(HEAD).fetch_one(pool).await?)
}

/// Tells the waiting readers of this process how far the feed has come.
#[derive(Clone)]
pub(crate) struct Wake(watch::Sender<i64>);

impl Default for Wake {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Wake {
    pub(crate) fn advance(&self, seq: i64) {
        self.0.send_if_modified(|known| {
            let news = seq > *known;
            *known = seq.max(*known);
            news
        });
    }
}
