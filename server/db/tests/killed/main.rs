//! A job whose process dies at any moment is done in the end, each of its parts once, on both
//! databases. The program is its own victim: started with `work URL` it is the runner.

mod worker;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use chrono::Utc;
use db::Db;
use db::audit::Cause;
use db::jobs::{Job, JobState, Jobs, NewJob};
use db_testing::Fixture;
use serde_json::json;

const WORK: &str = "work";
const NAME: &str = "a_job_survives_the_death_of_its_process";
/// The latest death after the first part of a life.
const LONGEST_LIFE: Duration = Duration::from_millis(250);
const DEATHS: u32 = 4;
const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [WORK, url] => worker::work(url),
        [filter, ..] if !filter.starts_with('-') && !NAME.contains(filter) => {}
        _ => {
            db_testing::on_sqlite(a_job_survives_the_death_of_its_process);
            db_testing::on_postgres(a_job_survives_the_death_of_its_process);
            println!("test {NAME} ... ok ({DEATHS} deaths a database)");
        }
    }
}

async fn a_job_survives_the_death_of_its_process(Fixture { db, url }: Fixture) {
    worker::prepare(&db).await;
    let job = NewJob {
        max_attempts: DEATHS + 5,
        ..NewJob::new(worker::KIND, json!({"parts": worker::PARTS}))
    };
    let cause = Cause::new("user:default/ann", Utc::now());
    let id = Jobs::new(db.clone()).enqueue(&cause, &job).await.unwrap();
    for _death in 0..DEATHS {
        live_and_die(&url);
        let job = check(&db, &id).await;
        assert!(!job.state.is_final(), "there is more to do: {job:?}");
    }
    let mut process = start(&url);
    let ended = wait_for_end(&db, &id).await;
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(ended.state, JobState::Succeeded, "{ended:?}");
    assert!(ended.attempts > DEATHS, "each death was an attempt");
    assert_eq!(check(&db, &id).await.progress.done, worker::PARTS);
}

fn start(url: &str) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args([WORK, url])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills the process at a random moment after it has done something.
fn live_and_die(url: &str) {
    let mut process = start(url);
    let out = BufReader::new(process.stdout.take().unwrap());
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines.recv_timeout(PATIENCE).expect("it does a part");
    let nanos = Utc::now().timestamp_subsec_nanos();
    let death = Instant::now() + LONGEST_LIFE.mul_f64(f64::from(nanos) / 1e9);
    loop {
        match lines.recv_timeout(death.saturating_duration_since(Instant::now())) {
            Ok(_part) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => panic!("it ended by itself"),
        }
    }
    process.kill().unwrap();
    process.wait().unwrap();
}

/// What the job says that it has done is what it has done.
async fn check(db: &Db, id: &str) -> Job {
    // Both from one moment: a part and the word of it are committed together.
    let done = worker::done(db).await;
    let job = Jobs::new(db.clone()).get(id).await.unwrap().unwrap();
    let wanted: Vec<i64> = (1..)
        .take(usize::try_from(job.progress.done).unwrap())
        .collect();
    assert_eq!(done, wanted);
    job
}

async fn wait_for_end(db: &Db, id: &str) -> Job {
    let start = Instant::now();
    loop {
        let job = Jobs::new(db.clone()).get(id).await.unwrap().unwrap();
        if job.state.is_final() {
            return job;
        }
        assert!(start.elapsed() < PATIENCE, "{job:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
