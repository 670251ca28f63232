//! Jobs that run, and fail.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use chrono::{TimeDelta, Utc};
use db::audit::{self, Cause};
use db::jobs::{JobFilter, JobState, Jobs, NewJob, enqueue as enqueue_within};
use db_testing::Fixture;
use serde_json::json;

use crate::works::{Way, Work};
use crate::{KIND, Runner, SETTINGS, cause, ended, enqueue, job, when};

db_testing::on_both! {
    a_job_is_done_with_what_came_of_it_and_who_wanted_it,
    a_job_that_is_asked_for_later_is_heard_of_without_looking,
    every_job_is_done_once_and_no_more_at_a_time_than_may_be,
    a_job_waits_for_its_time,
    a_failing_job_is_tried_again_until_it_succeeds,
    a_job_that_fails_too_often_gives_up,
    what_cannot_go_well_is_not_tried_again,
    a_panic_is_a_failure_of_that_job_alone,
    a_job_is_there_only_with_the_transaction_it_belongs_to,
    other_kinds_are_left_to_those_who_know_them,
}

async fn a_job_is_done_with_what_came_of_it_and_who_wanted_it(Fixture { db, .. }: Fixture) {
    let why = Cause {
        reason: Some("because".to_owned()),
        ..cause()
    };
    let new = NewJob::new(KIND, json!({"parts": 3, "text": "Ключ\0"}));
    let id = Jobs::new(db.clone()).enqueue(&why, &new).await.unwrap();
    let queued = job(&db, &id).await;
    assert_eq!((queued.state, queued.attempts), (JobState::Queued, 0));
    assert_eq!(queued.payload, new.payload);

    let work = Work::new(&db, Way::Parts, 100);
    let runner = Runner::start(&db, &work);
    let done = ended(&db, &id).await;
    assert_eq!(done.state, JobState::Succeeded);
    assert_eq!(done.result, Some(json!({"done": 3})));
    assert_eq!((done.progress.done, done.progress.total), (3, Some(3)));
    assert_eq!(
        (done.created_by.as_str(), done.attempts),
        ("user:default/ann", 1)
    );
    assert_eq!(done.reason.as_deref(), Some("because"));
    assert!(done.started_at >= Some(done.created_at) && done.finished_at >= done.started_at);
    assert_eq!(done.holder, None);
    runner.stop().await;

    let trail = audit::list(&db, "", 10).await.unwrap();
    let trail: Vec<_> = trail
        .iter()
        .map(|record| (record.action.as_str(), record.actor.as_str()))
        .collect();
    let wanted = [
        ("job.create", "user:default/ann"),
        ("job.end", "system:jobs"),
    ];
    assert_eq!(trail, wanted);
}

async fn a_job_that_is_asked_for_later_is_heard_of_without_looking(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::Parts, 100);
    let runner = Runner::start(&db, &work);
    for _ in 0..3 {
        let id = enqueue(&db).await;
        assert_eq!(ended(&db, &id).await.state, JobState::Succeeded);
    }
    runner.stop().await;
}

async fn every_job_is_done_once_and_no_more_at_a_time_than_may_be(Fixture { db, .. }: Fixture) {
    const JOBS: usize = 40;
    let mut ids = HashSet::new();
    for _ in 0..JOBS {
        ids.insert(enqueue(&db).await);
    }
    let work = Work::new(&db, Way::Parts, JOBS * 3);
    let runner = Runner::start_with(&db, &work, SETTINGS, 3);
    for id in &ids {
        assert_eq!(ended(&db, id).await.state, JobState::Succeeded);
    }
    runner.stop().await;
    assert_eq!(work.begun.load(Ordering::SeqCst), JOBS);
    assert!(work.most_at_once.load(Ordering::SeqCst) <= 3);
    assert_eq!(work.parts.lock().unwrap().len(), JOBS * 3);
}

async fn a_job_waits_for_its_time(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::Parts, 100);
    let runner = Runner::start(&db, &work);
    let run_at = Utc::now() + TimeDelta::milliseconds(700);
    let later = NewJob {
        run_at: Some(run_at),
        ..NewJob::new(KIND, json!({"parts": 1}))
    };
    let id = Jobs::new(db.clone())
        .enqueue(&cause(), &later)
        .await
        .unwrap();
    let at_once = enqueue(&db).await;
    let at_once = ended(&db, &at_once).await;
    let done = ended(&db, &id).await;
    assert_eq!(at_once.state, JobState::Succeeded);
    assert!(done.started_at.unwrap() >= done.run_at);
    runner.stop().await;
}

async fn a_failing_job_is_tried_again_until_it_succeeds(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::UntilAttempt(3), 0);
    let runner = Runner::start(&db, &work);
    let id = enqueue(&db).await;
    let between = when(&db, &id, |job| job.error.is_some()).await;
    assert_eq!(between.error.as_deref(), Some("not at attempt 1"));
    let done = ended(&db, &id).await;
    assert_eq!((done.state, done.attempts), (JobState::Succeeded, 3));
    runner.stop().await;
}

async fn a_job_that_fails_too_often_gives_up(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::UntilAttempt(99), 0);
    let runner = Runner::start(&db, &work);
    let id = enqueue(&db).await;
    let done = ended(&db, &id).await;
    assert_eq!((done.state, done.attempts), (JobState::Failed, 3));
    assert_eq!(done.error.as_deref(), Some("not at attempt 3"));
    runner.stop().await;
    assert_eq!(work.begun.load(Ordering::SeqCst), 3);
}

async fn what_cannot_go_well_is_not_tried_again(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::Never, 0);
    let runner = Runner::start(&db, &work);
    let id = enqueue(&db).await;
    let done = ended(&db, &id).await;
    assert_eq!((done.state, done.attempts), (JobState::Failed, 1));
    assert_eq!(done.error.as_deref(), Some("there is no such queue"));
    runner.stop().await;
}

async fn a_panic_is_a_failure_of_that_job_alone(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::Panics, 0);
    let runner = Runner::start(&db, &work);
    let first = enqueue(&db).await;
    let second = enqueue(&db).await;
    for id in [first, second] {
        let done = ended(&db, &id).await;
        assert_eq!((done.state, done.attempts), (JobState::Failed, 3));
    }
    runner.stop().await;
}

async fn a_job_is_there_only_with_the_transaction_it_belongs_to(Fixture { db, .. }: Fixture) {
    let mut tx = db.begin().await.unwrap();
    let new = NewJob::new(KIND, json!(null));
    enqueue_within(&mut tx, &cause(), &new).await.unwrap();
    tx.rollback().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let kept = enqueue_within(&mut tx, &cause(), &new).await.unwrap();
    tx.commit().await.unwrap();
    let jobs = Jobs::new(db.clone());
    let listed = jobs.list(JobFilter::default(), 10).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].id, kept);
}

async fn other_kinds_are_left_to_those_who_know_them(Fixture { db, .. }: Fixture) {
    let work = Work::new(&db, Way::Parts, 100);
    let runner = Runner::start(&db, &work);
    let jobs = Jobs::new(db.clone());
    let other = NewJob::new("another.kind", json!({}));
    let other = jobs.enqueue(&cause(), &other).await.unwrap();
    let own = enqueue(&db).await;
    ended(&db, &own).await;
    assert_eq!(job(&db, &other).await.state, JobState::Queued);
    runner.stop().await;
    let of = |kind, state| JobFilter {
        kind,
        state,
        before: None,
    };
    let found = |filter| {
        let jobs = jobs.clone();
        async move { jobs.list(filter, 10).await.unwrap().len() }
    };
    assert_eq!(found(of(None, None)).await, 2);
    assert_eq!(found(of(Some(KIND), None)).await, 1);
    assert_eq!(found(of(Some(KIND), Some(JobState::Queued))).await, 0);
    assert_eq!(found(of(None, Some(JobState::Queued))).await, 1);
    let before = JobFilter {
        before: Some(&own),
        ..JobFilter::default()
    };
    assert_eq!(jobs.list(before, 10).await.unwrap()[0].id, other);
}
