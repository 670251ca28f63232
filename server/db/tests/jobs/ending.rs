//! Jobs that somebody ends, pauses and resumes, and those that are forgotten.

use std::sync::atomic::Ordering;

use chrono::{TimeDelta, Utc};
use db::audit;
use db::jobs::{JobState, Jobs};
use db_testing::Fixture;

use crate::works::{Way, Work};
use crate::{Runner, cause, ended, enqueue, job, running, when};

db_testing::on_both! {
    a_queued_job_is_cancelled_at_once_and_never_run,
    a_running_job_is_told_to_stop,
    a_job_that_does_not_listen_is_dropped,
    a_paused_job_goes_on_from_where_it_was,
    a_queued_job_is_paused_and_resumed,
    what_has_ended_cannot_be_asked_anything,
    what_ended_long_ago_is_forgotten,
}

async fn a_queued_job_is_cancelled_at_once_and_never_run(Fixture { db, .. }: Fixture) {
    let jobs = Jobs::new(db.clone());
    let id = enqueue(&db).await;
    assert!(jobs.cancel(&cause(), &id).await.unwrap());
    let cancelled = job(&db, &id).await;
    assert_eq!(cancelled.state, JobState::Cancelled);
    assert!(cancelled.finished_at.is_some());
    let work = Work::new(&db, Way::Parts, 100);
    let runner = Runner::start(&db, &work);
    ended(&db, &enqueue(&db).await).await;
    runner.stop().await;
    assert_eq!(work.begun.load(Ordering::SeqCst), 1);
}

async fn a_running_job_is_told_to_stop(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::Parts, 1);
    let runner = Runner::start(&db, &work);
    let id = enqueue(&db).await;
    when(&db, &id, |job| job.progress.done == 1).await;
    // Heard of at once: the job is not renewed for much longer than this test waits.
    assert!(Jobs::new(db.clone()).cancel(&cause(), &id).await.unwrap());
    let done = ended(&db, &id).await;
    assert_eq!((done.state, done.progress.done), (JobState::Cancelled, 1));
    runner.stop().await;
    let trail = audit::list(&db, "", 10).await.unwrap();
    assert!(trail.iter().any(|record| record.action == "job.cancel"));
}

async fn a_job_that_does_not_listen_is_dropped(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::Deaf, 0);
    let runner = Runner::start(&db, &work);
    let id = enqueue(&db).await;
    running(&db, &id).await;
    Jobs::new(db.clone()).cancel(&cause(), &id).await.unwrap();
    assert_eq!(ended(&db, &id).await.state, JobState::Cancelled);
    runner.stop().await;
}

async fn a_paused_job_goes_on_from_where_it_was(Fixture { db, .. }: Fixture) {
    let jobs = Jobs::new(db.clone());
    let work = Work::new(&db, Way::Parts, 2);
    let runner = Runner::start(&db, &work);
    let id = enqueue(&db).await;
    when(&db, &id, |job| job.progress.done == 2).await;
    assert!(jobs.pause(&cause(), &id).await.unwrap());
    let paused = when(&db, &id, |job| job.state == JobState::Paused).await;
    assert_eq!((paused.progress.done, paused.attempts), (2, 0));
    work.permits.add_permits(1);
    assert!(jobs.resume(&cause(), &id).await.unwrap());
    let done = ended(&db, &id).await;
    assert_eq!((done.state, done.attempts), (JobState::Succeeded, 1));
    runner.stop().await;
    let parts: Vec<u64> = work
        .parts
        .lock()
        .unwrap()
        .iter()
        .map(|(_, part)| *part)
        .collect();
    assert_eq!(parts, [1, 2, 3]);
}

async fn a_queued_job_is_paused_and_resumed(Fixture { db, .. }: Fixture) {
    let jobs = Jobs::new(db.clone());
    let id = enqueue(&db).await;
    assert!(jobs.pause(&cause(), &id).await.unwrap());
    assert!(!jobs.pause(&cause(), &id).await.unwrap());
    assert_eq!(job(&db, &id).await.state, JobState::Paused);
    assert!(jobs.resume(&cause(), &id).await.unwrap());
    assert!(!jobs.resume(&cause(), &id).await.unwrap());
    assert_eq!(job(&db, &id).await.state, JobState::Queued);
    assert!(jobs.pause(&cause(), &id).await.unwrap());
    assert!(jobs.cancel(&cause(), &id).await.unwrap());
    assert_eq!(job(&db, &id).await.state, JobState::Cancelled);
}

async fn what_has_ended_cannot_be_asked_anything(Fixture { db, .. }: Fixture) {
    let jobs = Jobs::new(db.clone());
    let id = enqueue(&db).await;
    jobs.cancel(&cause(), &id).await.unwrap();
    let head = db.feed().head().await.unwrap();
    assert!(!jobs.cancel(&cause(), &id).await.unwrap());
    assert!(!jobs.pause(&cause(), &id).await.unwrap());
    assert!(!jobs.resume(&cause(), &id).await.unwrap());
    assert!(!jobs.cancel(&cause(), "no such job").await.unwrap());
    assert_eq!(db.feed().head().await.unwrap(), head);
}

async fn what_ended_long_ago_is_forgotten(Fixture { db, .. }: Fixture) {
    let jobs = Jobs::new(db.clone());
    let (gone, stays) = (enqueue(&db).await, enqueue(&db).await);
    jobs.cancel(&cause(), &gone).await.unwrap();
    let hour_ago = Utc::now() - TimeDelta::hours(1);
    assert_eq!(jobs.purge(&cause(), hour_ago).await.unwrap(), 0);
    let soon = Utc::now() + TimeDelta::seconds(1);
    assert_eq!(jobs.purge(&cause(), soon).await.unwrap(), 1);
    assert_eq!(jobs.get(&gone).await.unwrap(), None);
    assert_eq!(job(&db, &stays).await.state, JobState::Queued);
}
