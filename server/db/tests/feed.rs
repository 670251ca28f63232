//! The change feed: nobody skips a change, whoever commits when.

use std::time::Duration;

use chrono::{DateTime, Utc};
use db::feed::Change;
use db::{Backend, Db};
use db_testing::Fixture;
use tokio::time::timeout;

db_testing::on_both! {
    numbers_become_visible_in_commit_order,
    many_writers_leave_no_gap_and_no_reader_behind,
    a_rolled_back_change_is_never_seen,
    events_come_back_as_they_were_published,
    a_page_of_the_feed_is_limited,
}

const PATIENCE: Duration = Duration::from_secs(30);

fn change(key: &str) -> Change {
    Change {
        topic: "test".to_owned(),
        key: key.to_owned(),
        payload: "null".to_owned(),
    }
}

fn noon() -> DateTime<Utc> {
    "2026-01-31T12:00:00.250Z".parse().unwrap()
}

async fn publish(db: &Db, key: &str) -> i64 {
    let mut tx = db.begin().await.unwrap();
    let seq = tx.publish(noon(), &[change(key)]).await.unwrap();
    tx.commit().await.unwrap();
    seq
}

async fn keys_since(db: &Db, seq: i64) -> Vec<(i64, String)> {
    let events = db.feed().since(seq, 1000).await.unwrap();
    events.into_iter().map(|e| (e.seq, e.key)).collect()
}

/// Waits until another transaction of PostgreSQL stands before a row lock. In SQLite it cannot
/// even begin, so there is nothing to wait for.
async fn second_writer_waits(db: &Db) {
    let waiting = "select count(*) from pg_stat_activity \
                   where datname = current_database() and wait_event_type = 'Lock'";
    if let Backend::Postgres(pool) = db.reader() {
        while sqlx::query_scalar::<_, i64>(waiting)
            .fetch_one(pool)
            .await
            .unwrap()
            == 0
        {
            tokio::task::yield_now().await;
        }
    }
}

async fn numbers_become_visible_in_commit_order(Fixture { db, url }: Fixture) {
    let replica = Db::connect(&url).await.unwrap();
    let mut first = db.begin().await.unwrap();
    assert_eq!(first.publish(noon(), &[change("first")]).await.unwrap(), 1);

    // In PostgreSQL another replica; one process alone has the writer of a SQLite file.
    let other = if url.starts_with("sqlite:") {
        db.clone()
    } else {
        replica.clone()
    };
    let second = tokio::spawn(async move { publish(&other, "second").await });
    timeout(PATIENCE, second_writer_waits(&db)).await.unwrap();
    assert!(!second.is_finished());
    assert_eq!(keys_since(&replica, 0).await, []);

    first.commit().await.unwrap();
    assert_eq!(timeout(PATIENCE, second).await.unwrap().unwrap(), 2);
    assert_eq!(
        keys_since(&replica, 0).await,
        [(1, "first".to_owned()), (2, "second".to_owned())]
    );
    replica.close().await;
}

async fn many_writers_leave_no_gap_and_no_reader_behind(Fixture { db, .. }: Fixture) {
    const WRITERS: i64 = 8;
    const EACH: i64 = 10;
    let mut head = db.feed().watch();
    for writer in 0..WRITERS {
        let db = db.clone();
        tokio::spawn(async move {
            for n in 0..EACH {
                publish(&db, &format!("{writer}-{n}")).await;
                let mut undone = db.begin().await.unwrap();
                undone.publish(noon(), &[change("undone")]).await.unwrap();
                undone.rollback().await.unwrap();
            }
        });
    }
    let read = async {
        let mut seen = 0;
        while seen < WRITERS * EACH {
            head.changed().await.unwrap();
            for event in db.feed().since(seen, 1000).await.unwrap() {
                assert_eq!(event.seq, seen + 1, "{event:?}");
                assert_ne!(event.key, "undone");
                seen = event.seq;
            }
        }
    };
    timeout(PATIENCE, read).await.unwrap();
}

async fn a_rolled_back_change_is_never_seen(Fixture { db, .. }: Fixture) {
    let mut tx = db.begin().await.unwrap();
    tx.publish(noon(), &[change("undone")]).await.unwrap();
    drop(tx);
    assert_eq!(publish(&db, "done").await, 1);
    assert_eq!(keys_since(&db, 0).await, [(1, "done".to_owned())]);
}

async fn events_come_back_as_they_were_published(Fixture { db, url }: Fixture) {
    let published = Change {
        payload: r#"{"b":1,"a":[]}"#.to_owned(),
        ..change("Ключ 🚀")
    };
    let mut tx = db.begin().await.unwrap();
    tx.publish(noon(), std::slice::from_ref(&published))
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let reopened = Db::connect(&url).await.unwrap();
    assert_eq!(*reopened.feed().watch().borrow(), 1);
    let events = reopened.feed().since(0, 10).await.unwrap();
    let [event] = events.as_slice() else {
        panic!("one event, not {events:?}");
    };
    assert_eq!(event.at, noon());
    assert_eq!(
        (&event.topic, &event.key, &event.payload),
        (&published.topic, &published.key, &published.payload)
    );
    reopened.close().await;
}

async fn a_page_of_the_feed_is_limited(Fixture { db, .. }: Fixture) {
    let changes: Vec<Change> = (0..2500).map(|n| change(&n.to_string())).collect();
    let mut tx = db.begin().await.unwrap();
    assert_eq!(tx.publish(noon(), &changes).await.unwrap(), 1);
    assert_eq!(tx.publish(noon(), &[]).await.unwrap(), 2501);
    tx.commit().await.unwrap();
    let page = db.feed().since(1000, 7).await.unwrap();
    let seqs: Vec<i64> = page.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, [1001, 1002, 1003, 1004, 1005, 1006, 1007]);
    assert_eq!(db.feed().head().await.unwrap(), 2500);
}

#[test]
fn another_replica_hears_of_a_commit_at_once() {
    db_testing::on_postgres(async |Fixture { db, url }| {
        let replica = Db::connect(&url).await.unwrap();
        let mut heard = replica.feed().watch();
        for n in 1..=3 {
            publish(&db, "news").await;
            // Less than the period of the poll that makes up for lost notifications.
            let wait = heard.wait_for(|seq| *seq == n);
            timeout(Duration::from_secs(3), wait)
                .await
                .unwrap()
                .unwrap();
        }
        replica.close().await;
    });
}

#[test]
fn a_replica_that_lost_its_connections_catches_up() {
    db_testing::on_postgres(async |Fixture { db, url }| {
        let replica = Db::connect(&url).await.unwrap();
        let mut heard = replica.feed().watch();
        publish(&db, "before").await;
        heard.wait_for(|seq| *seq == 1).await.unwrap();

        let cut = "select pg_terminate_backend(pid) from pg_stat_activity \
                   where datname = current_database() and pid <> pg_backend_pid()";
        let Backend::Postgres(pool) = db.reader() else {
            panic!("this is PostgreSQL");
        };
        sqlx::query(cut).execute(pool).await.unwrap();
        publish(&db, "after").await;
        let wait = heard.wait_for(|seq| *seq == 2);
        timeout(PATIENCE, wait).await.unwrap().unwrap();
        replica.close().await;
    });
}
