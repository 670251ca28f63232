//! Leases: one holder at a time, and no write of a former one.

use std::time::Duration;

use chrono::Utc;
use db::feed::Change;
use db::lease::LeaseTimes;
use db::{Backend, Db, DbError, Fence, Lease, Leases};
use db_testing::Fixture;
use tokio::time::{Instant, sleep, timeout};

db_testing::on_both! {
    one_of_many_candidates_gets_it,
    every_holder_has_a_greater_epoch_than_the_one_before,
    a_released_lease_passes_on_at_once,
    a_lease_that_is_not_renewed_passes_on_and_its_fence_is_closed,
    a_renewed_lease_stays_for_many_times_its_length,
    a_holder_that_is_robbed_is_told,
    leases_of_other_names_are_others,
    a_refused_write_leaves_nothing_behind,
}

const PATIENCE: Duration = Duration::from_secs(30);
const NAME: &str = "test.work";
const SHORT: LeaseTimes = LeaseTimes {
    lasts: Duration::from_millis(600),
    renewed: Duration::from_millis(150),
};
/// Long enough for a busy machine to connect anew.
const PATIENT: LeaseTimes = LeaseTimes {
    lasts: Duration::from_secs(3),
    renewed: Duration::from_millis(150),
};
/// As good as dead from the start.
const NEVER_RENEWED: LeaseTimes = LeaseTimes {
    lasts: Duration::from_millis(600),
    renewed: Duration::from_secs(3600),
};

fn candidate(db: &Db) -> Leases {
    db.leases().lasting(SHORT)
}

async fn soon<T>(work: impl Future<Output = T>) -> T {
    timeout(PATIENCE, work).await.expect("it happens in time")
}

async fn held(db: &Db, fence: &Fence) -> Result<(), DbError> {
    let mut tx = db.begin().await.unwrap();
    let checked = tx.check(fence).await;
    tx.rollback().await.unwrap();
    checked
}

async fn lost(db: &Db, fence: &Fence) -> bool {
    matches!(held(db, fence).await, Err(DbError::LeaseLost))
}

async fn one_of_many_candidates_gets_it(Fixture { db, .. }: Fixture) {
    let attempts: Vec<_> = (0..20)
        .map(|_| {
            let leases = candidate(&db);
            tokio::spawn(async move { leases.try_acquire(NAME).await.unwrap() })
        })
        .collect();
    let mut holders: Vec<Lease> = Vec::new();
    for attempt in attempts {
        holders.extend(attempt.await.unwrap());
    }
    assert_eq!(holders.len(), 1);
    assert_eq!(holders[0].fence().epoch(), 1);
    held(&db, holders[0].fence()).await.unwrap();
}

async fn every_holder_has_a_greater_epoch_than_the_one_before(Fixture { db, .. }: Fixture) {
    for epoch in 1..=5 {
        let lease = soon(candidate(&db).acquire(NAME)).await;
        assert_eq!(lease.fence().epoch(), epoch);
        lease.release().await;
    }
}

async fn a_released_lease_passes_on_at_once(Fixture { db, url }: Fixture) {
    let replica = Db::connect(&url).await.unwrap();
    // Longer than a test waits: only the release can be why it passes on.
    let first = soon(db.leases().acquire(NAME)).await;
    // In PostgreSQL another replica hears of it.
    let other = if url.starts_with("sqlite:") {
        candidate(&db)
    } else {
        replica.leases()
    };
    let waiting = tokio::spawn(async move { other.acquire(NAME).await });
    assert!(db.leases().try_acquire(NAME).await.unwrap().is_none());
    assert!(!waiting.is_finished());
    let fence = first.fence().clone();
    first.release().await;
    let released = Instant::now();
    let second = soon(waiting).await.unwrap();
    assert!(released.elapsed() < Duration::from_secs(5));
    assert!(lost(&db, &fence).await);
    held(&db, second.fence()).await.unwrap();
    drop(second);
    replica.close().await;
}

async fn a_lease_that_is_not_renewed_passes_on_and_its_fence_is_closed(
    Fixture { db, .. }: Fixture,
) {
    let dead = db.leases().lasting(NEVER_RENEWED);
    let dead = soon(dead.acquire(NAME)).await;
    held(&db, dead.fence()).await.unwrap();
    let next = soon(candidate(&db).acquire(NAME)).await;
    assert_eq!(next.fence().epoch(), dead.fence().epoch() + 1);
    assert!(lost(&db, dead.fence()).await);
    soon(dead.lost().cancelled()).await;
    assert!(!next.lost().is_cancelled());
}

async fn a_renewed_lease_stays_for_many_times_its_length(Fixture { db, .. }: Fixture) {
    let lease = soon(candidate(&db).acquire(NAME)).await;
    let others = candidate(&db);
    let end = Instant::now() + SHORT.lasts * 4;
    while Instant::now() < end {
        assert!(others.try_acquire(NAME).await.unwrap().is_none());
        sleep(Duration::from_millis(20)).await;
    }
    held(&db, lease.fence()).await.unwrap();
}

async fn a_holder_that_is_robbed_is_told(Fixture { db, .. }: Fixture) {
    let lease = soon(db.leases().lasting(SHORT).acquire(NAME)).await;
    let mut tx = db.begin().await.unwrap();
    let rob = "update leases set epoch = epoch + 1, holder = 'somebody'";
    db::each!(tx.on(), on => sqlx::query(rob).execute(on).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
    soon(lease.lost().cancelled()).await;
    assert!(lost(&db, lease.fence()).await);
}

async fn leases_of_other_names_are_others(Fixture { db, .. }: Fixture) {
    let mine = candidate(&db);
    let first = soon(mine.acquire("one")).await;
    let second = soon(mine.acquire("two")).await;
    held(&db, first.fence()).await.unwrap();
    held(&db, second.fence()).await.unwrap();
}

async fn a_refused_write_leaves_nothing_behind(Fixture { db, .. }: Fixture) {
    let lease = soon(candidate(&db).acquire(NAME)).await;
    let fence = lease.fence().clone();
    lease.release().await;
    let _next = soon(candidate(&db).acquire(NAME)).await;
    let head = db.feed().head().await.unwrap();
    let write = async {
        let mut tx = db.begin().await?;
        tx.publish(Utc::now(), &[change()]).await?;
        tx.check(&fence).await?;
        tx.commit().await
    };
    assert!(matches!(write.await, Err(DbError::LeaseLost)));
    assert_eq!(db.feed().head().await.unwrap(), head);
}

fn change() -> Change {
    Change {
        topic: "test".to_owned(),
        key: "a".to_owned(),
        payload: "null".to_owned(),
    }
}

#[test]
fn between_check_and_commit_a_lease_is_renewed_but_does_not_pass_on() {
    db_testing::on_postgres(async |Fixture { db, url }| {
        let replica = Db::connect(&url).await.unwrap();
        let dead = db.leases().lasting(NEVER_RENEWED);
        let dead = soon(dead.acquire(NAME)).await;
        let mut tx = db.begin().await.unwrap();
        tx.check(dead.fence()).await.unwrap();
        let other = replica.leases().lasting(SHORT);
        let next = tokio::spawn(async move { other.acquire(NAME).await });
        // The other one stands before the row: the lease has expired, and yet it is not theirs.
        soon(somebody_waits(&db)).await;
        assert!(!next.is_finished());
        // A renewal is not in the way of the lock.
        let renewal = "update leases set expires_at = expires_at";
        let Backend::Postgres(pool) = db.reader() else {
            panic!("this is PostgreSQL");
        };
        let renewed = sqlx::query(renewal).execute(pool);
        timeout(Duration::from_secs(5), renewed)
            .await
            .unwrap()
            .unwrap();
        tx.publish(Utc::now(), &[change()]).await.unwrap();
        tx.commit().await.unwrap();
        let next = soon(next).await.unwrap();
        assert_eq!(next.fence().epoch(), 2);
        assert!(lost(&db, dead.fence()).await);
        drop(next);
        replica.close().await;
    });
}

async fn somebody_waits(db: &Db) {
    let waiting = "select count(*) from pg_stat_activity \
                   where datname = current_database() and wait_event_type = 'Lock'";
    let Backend::Postgres(pool) = db.reader() else {
        panic!("this is PostgreSQL");
    };
    let count = || sqlx::query_scalar::<_, i64>(waiting).fetch_one(pool);
    while count().await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_transaction_of_a_stopped_holder_ends_by_itself_and_lets_the_others_go_on() {
    db_testing::on_postgres(async |Fixture { db, url }| {
        let replica = Db::connect(&url).await.unwrap();
        let stopped = db.leases().lasting(NEVER_RENEWED);
        let stopped = soon(stopped.acquire(NAME)).await;
        let mut tx = db.begin().await.unwrap();
        tx.check(stopped.fence()).await.unwrap();
        tx.lock_feed().await.unwrap();
        // It says nothing more, as a process that was stopped.
        let next = soon(replica.leases().acquire(NAME)).await;
        assert_eq!(next.fence().epoch(), 2);
        let mut others = replica.begin().await.unwrap();
        others.publish(Utc::now(), &[change()]).await.unwrap();
        others.commit().await.unwrap();
        // It comes back and finds that its transaction is gone.
        let commit = async {
            tx.publish(Utc::now(), &[change()]).await?;
            tx.commit().await
        };
        commit.await.unwrap_err();
        assert!(lost(&db, stopped.fence()).await);
        next.release().await;
        replica.close().await;
    });
}

#[test]
fn a_holder_whose_connections_are_cut_keeps_its_lease() {
    db_testing::on_postgres(async |Fixture { db, url }| {
        let replica = Db::connect(&url).await.unwrap();
        let lease = soon(replica.leases().lasting(PATIENT).acquire(NAME)).await;
        let cut = "select pg_terminate_backend(pid) from pg_stat_activity \
                   where datname = current_database() and pid <> pg_backend_pid()";
        let Backend::Postgres(pool) = db.reader() else {
            panic!("this is PostgreSQL");
        };
        sqlx::query(cut).execute(pool).await.unwrap();
        sleep(PATIENT.lasts * 2).await;
        assert!(!lease.lost().is_cancelled());
        held(&db, lease.fence()).await.unwrap();
        drop(lease);
        replica.close().await;
    });
}
