//! The process that is killed: does parts, each a row, written with the word that it is done.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use db::jobs::{JobFailure, JobHandler, JobRunner, JobSettings, Progress, Run};
use db::lease::LeaseTimes;
use db::{Db, each};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

pub(crate) const KIND: &str = "test.parts";
/// More than the lives before the last one can do.
pub(crate) const PARTS: u64 = 400;

/// Others need not wait long for a dead one.
const SETTINGS: JobSettings = JobSettings {
    lease: LeaseTimes {
        lasts: Duration::from_secs(1),
        renewed: Duration::from_millis(200),
    },
    ..JobSettings::USUAL
};

struct Parts(Db);

pub(crate) async fn prepare(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    // Without a key: a part that is done twice shows.
    let table = "create table parts (part bigint not null)";
    each!(tx.on(), on => sqlx::query(table).execute(on).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
}

pub(crate) async fn done(db: &Db) -> Vec<i64> {
    let all = "select part from parts order by part";
    each!(db.reader(), on => sqlx::query_scalar(all).fetch_all(on).await).unwrap()
}

#[tokio::main]
pub(crate) async fn work(url: &str) {
    let db = Db::connect(url).await.unwrap();
    let runner = JobRunner::new(db.clone(), SETTINGS).handle(KIND, 1, Arc::new(Parts(db)));
    runner.run(CancellationToken::new()).await;
}

#[async_trait]
impl JobHandler for Parts {
    async fn run(&self, run: &Run) -> Result<Value, JobFailure> {
        for done in run.job().progress.done + 1..=PARTS {
            self.part(run, done).await?;
            let mut out = std::io::stdout().lock();
            // An error means that nobody listens: the last one is not killed.
            let _told = writeln!(out, "{done}").and_then(|()| out.flush());
        }
        Ok(json!({"done": PARTS}))
    }
}

impl Parts {
    async fn part(&self, run: &Run, done: u64) -> Result<(), JobFailure> {
        let progress = Progress {
            done,
            total: Some(PARTS),
            message: String::new(),
        };
        let part = i64::try_from(done).unwrap();
        let mut tx = self.0.begin().await?;
        run.record(&mut tx, &progress).await?;
        let insert = "insert into parts (part) values ($1)";
        each!(tx.on(), on => sqlx::query(insert).bind(part).execute(on).await.map(drop)).unwrap();
        tx.commit().await?;
        // A slower life has room for a death.
        tokio::time::sleep(Duration::from_millis(3)).await;
        Ok(())
    }
}
