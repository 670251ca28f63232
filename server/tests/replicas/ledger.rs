//! What the database itself says.

use serde_json::Value;
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Row};
use tokio::time::{Duration, Instant, sleep};

use crate::PATIENCE;
use crate::files::{Entities, ref_of};

pub(crate) struct Ledger {
    url: String,
    connection: PgConnection,
}

/// Who reads the sources.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) process: u32,
    pub(crate) epoch: i64,
}

/// A lock on an entity in the middle of every batch.
pub(crate) struct Obstacle {
    lock: PgConnection,
    observer: PgConnection,
    process: i32,
}

impl Ledger {
    pub(crate) async fn open(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            connection: PgConnection::connect(url).await.unwrap(),
        }
    }

    pub(crate) async fn holder(&mut self) -> Holder {
        let row = sqlx::query("select holder, epoch from leases where name = 'catalog.ingest'")
            .fetch_one(&mut self.connection)
            .await
            .unwrap();
        let holder: String = row.get("holder");
        Holder {
            process: holder.split('/').nth(1).unwrap().parse().unwrap(),
            epoch: row.get("epoch"),
        }
    }

    /// Puts a lock in the way of the next batch: it will have written its revisions, the first
    /// thousands of its heads, and its numbers of the feed by then.
    pub(crate) async fn obstacle(&mut self) -> Obstacle {
        let mut lock = PgConnection::connect(&self.url).await.unwrap();
        let process: i32 = sqlx::query_scalar("select pg_backend_pid()")
            .fetch_one(&mut lock)
            .await
            .unwrap();
        let take = "select 1 from entities where entity_ref = 'component:default/thing-4007' \
                    for update";
        sqlx::query("begin").execute(&mut lock).await.unwrap();
        sqlx::query(take).fetch_one(&mut lock).await.unwrap();
        Obstacle {
            lock,
            observer: PgConnection::connect(&self.url).await.unwrap(),
            process,
        }
    }

    /// The generation that the database has.
    pub(crate) async fn generation(&mut self) -> String {
        let body: String = sqlx::query_scalar(
            "select r.body from entities e join revisions r on r.seq = e.seq \
             where e.entity_ref = 'component:default/thing-1'",
        )
        .fetch_one(&mut self.connection)
        .await
        .unwrap();
        let entity: Value = serde_json::from_str(&body).unwrap();
        let generation = entity["metadata"]["labels"]["generation"].as_str();
        generation.unwrap().to_owned()
    }

    /// Every component that exists, by ref.
    pub(crate) async fn entities(&mut self) -> Entities {
        let bodies: Vec<String> = sqlx::query_scalar(
            "select r.body from entities e join revisions r on r.seq = e.seq \
             where not e.deleted and e.entity_ref like 'component:%'",
        )
        .fetch_all(&mut self.connection)
        .await
        .unwrap();
        let entities = bodies.iter().map(|body| {
            let entity: Value = serde_json::from_str(body).unwrap();
            (ref_of(&entity), entity)
        });
        entities.collect()
    }

    /// In the order in which batches were written, the epoch of the writer never falls: nobody
    /// wrote after its lease had passed on. Every holder but perhaps the last wrote something.
    pub(crate) async fn check_epochs(&mut self) {
        let details: Vec<String> = sqlx::query_scalar(
            "select detail from audit where action = 'catalog.apply' \
             and actor = 'system:ingestion' order by (detail::json ->> 'last_seq')::bigint",
        )
        .fetch_all(&mut self.connection)
        .await
        .unwrap();
        let epochs = details.iter().map(|detail| {
            let detail: Value = serde_json::from_str(detail).unwrap();
            detail["epoch"]
                .as_i64()
                .expect("every batch was written under a lease")
        });
        let epochs: Vec<i64> = epochs.collect();
        assert!(epochs.is_sorted(), "{epochs:?}");
        let mut holders = epochs.clone();
        holders.dedup();
        eprintln!("batches by epoch: {epochs:?}");
        assert!(
            holders.len() >= 4,
            "four replicas came to write: {epochs:?}"
        );
    }
}

impl Obstacle {
    /// Waits until a batch stands before the lock.
    pub(crate) async fn somebody_is_caught(&mut self) {
        let caught = "select count(*) from pg_stat_activity \
                      where $1 = any(pg_blocking_pids(pid)) and query like 'insert into entities%'";
        let start = Instant::now();
        while sqlx::query_scalar::<_, i64>(caught)
            .bind(self.process)
            .fetch_one(&mut self.observer)
            .await
            .unwrap()
            == 0
        {
            assert!(start.elapsed() < PATIENCE, "a batch is written in time");
            sleep(Duration::from_millis(5)).await;
        }
    }

    pub(crate) async fn remove(mut self) {
        sqlx::query("rollback")
            .execute(&mut self.lock)
            .await
            .unwrap();
    }
}
