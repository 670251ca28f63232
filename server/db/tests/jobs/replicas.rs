//! Jobs that pass from one replica to another. In SQLite both are of one process.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use db::jobs::JobState;
use db::{Backend, Db};
use db_testing::Fixture;
use tokio::time::timeout;

use crate::works::{Way, Work};
use crate::{PATIENCE, Runner, SETTINGS, ended, enqueue, job, when};

db_testing::on_both! {
    replicas_share_the_work,
    a_job_is_handed_back_at_once_when_its_replica_stops,
    a_job_of_a_crashed_replica_is_taken_over_and_counted,
    a_job_that_breaks_its_replica_every_time_gives_up,
}

/// Another replica of the same database.
async fn replica(db: &Db, url: &str) -> Db {
    if url.starts_with("sqlite:") {
        db.clone()
    } else {
        Db::connect(url).await.unwrap()
    }
}

async fn replicas_share_the_work(Fixture { db, url }: Fixture) {
    const JOBS: usize = 30;
    let mut ids = HashSet::new();
    for _ in 0..JOBS {
        ids.insert(enqueue(&db).await);
    }
    let other = replica(&db, &url).await;
    let works = [
        Work::new(&db, Way::Parts, JOBS * 3),
        Work::new(&other, Way::Parts, JOBS * 3),
    ];
    let runners = [
        Runner::start_with(&db, &works[0], SETTINGS, 2),
        Runner::start_with(&other, &works[1], SETTINGS, 2),
    ];
    for id in &ids {
        assert_eq!(ended(&db, id).await.state, JobState::Succeeded);
    }
    for runner in runners {
        runner.stop().await;
    }
    let begun = works
        .each_ref()
        .map(|work| work.begun.load(Ordering::SeqCst));
    assert_eq!(begun[0] + begun[1], JOBS);
    assert!(begun[0] > 0 && begun[1] > 0, "{begun:?}");
}

async fn a_job_is_handed_back_at_once_when_its_replica_stops(Fixture { db, url }: Fixture) {
    let first = Work::new(&db, Way::Parts, 1);
    let runner = Runner::start(&db, &first);
    let id = enqueue(&db).await;
    when(&db, &id, |job| job.progress.done == 1).await;
    runner.stop().await;
    let handed_back = job(&db, &id).await;
    assert_eq!(
        (handed_back.state, handed_back.attempts),
        (JobState::Queued, 0)
    );
    assert_eq!(handed_back.progress.done, 1);

    let other = replica(&db, &url).await;
    let second = Work::new(&other, Way::Parts, 100);
    let runner = Runner::start(&other, &second);
    let done = ended(&db, &id).await;
    assert_eq!((done.state, done.attempts), (JobState::Succeeded, 1));
    runner.stop().await;
    assert_eq!(second.parts.lock().unwrap().len(), 2);
}

async fn a_job_of_a_crashed_replica_is_taken_over_and_counted(Fixture { db, url }: Fixture) {
    let other = replica(&db, &url).await;
    let dead = Work::new(&db, Way::Parts, 1);
    let runner = Runner::mortal(&db, &dead);
    let id = enqueue(&db).await;
    let before = when(&db, &id, |job| job.progress.done == 1).await;
    let survivor = Work::new(&other, Way::Parts, 100);
    let next = Runner::mortal(&other, &survivor);
    runner.crash().await;
    let done = ended(&other, &id).await;
    assert_eq!((done.state, done.attempts), (JobState::Succeeded, 2));
    assert_ne!(before.holder, None);
    let parts: Vec<u64> = survivor
        .parts
        .lock()
        .unwrap()
        .iter()
        .map(|(_, part)| *part)
        .collect();
    assert_eq!(parts, [2, 3]);
    next.stop().await;
}

async fn a_job_that_breaks_its_replica_every_time_gives_up(Fixture { db, .. }: Fixture) {
    let id = enqueue(&db).await;
    for attempt in 1..=3 {
        let work = Work::new(&db, Way::Parts, 0);
        let runner = Runner::mortal(&db, &work);
        when(&db, &id, |job| {
            job.attempts == attempt && job.state == JobState::Running
        })
        .await;
        runner.crash().await;
    }
    let work = Work::new(&db, Way::Parts, 100);
    let runner = Runner::mortal(&db, &work);
    let done = ended(&db, &id).await;
    assert_eq!((done.state, done.attempts), (JobState::Failed, 3));
    assert!(done.error.unwrap().contains("not heard of"));
    runner.stop().await;
    assert_eq!(work.begun.load(Ordering::SeqCst), 0);
}

#[test]
fn a_run_whose_job_has_passed_on_writes_nothing_more() {
    db_testing::on_postgres(async |Fixture { db, url }| {
        let other = Db::connect(&url).await.unwrap();
        let stale = Work::new(&db, Way::Deaf, 1);
        let runner = Runner::start(&db, &stale);
        let id = enqueue(&db).await;
        when(&db, &id, |job| job.progress.done == 1).await;

        // The job passes on while its run stands before the very row that it is about to write.
        let mut steal = other.begin().await.unwrap();
        let expire = "update jobs set epoch = epoch + 1, expires_at = clock_timestamp()";
        db::each!(steal.on(), on => sqlx::query(expire).execute(on).await.map(drop)).unwrap();
        stale.permits.add_permits(1);
        timeout(PATIENCE, somebody_checks_a_fence(&other))
            .await
            .unwrap();
        steal.commit().await.unwrap();

        stale.permits.add_permits(100);
        let next = Work::new(&other, Way::Parts, 100);
        let next_runner = Runner::start(&other, &next);
        assert_eq!(ended(&db, &id).await.state, JobState::Succeeded);
        runner.stop().await;
        next_runner.stop().await;
        let parts = [&stale, &next].map(|work| work.parts.lock().unwrap().clone());
        let mut parts: Vec<u64> = parts.concat().into_iter().map(|(_, part)| part).collect();
        parts.sort_unstable();
        assert_eq!(parts, [1, 2, 3], "each part once, whoever did it");
        other.close().await;
    });
}

async fn somebody_checks_a_fence(db: &Db) {
    let waiting = "select count(*) from pg_stat_activity where datname = current_database() \
                   and wait_event_type = 'Lock' and query like '%for key share%'";
    let Backend::Postgres(pool) = db.reader() else {
        panic!("this is PostgreSQL");
    };
    let count = || sqlx::query_scalar::<_, i64>(waiting).fetch_one(pool);
    while count().await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
}
