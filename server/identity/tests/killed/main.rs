//! A process that dies at any moment leaves a database that starts and has every write that it
//! acknowledged. Five deaths; fifty with `PERILUNE_PROVE=1`.
//!
//! The program is its own victim: started with `write URL NUMBER` it is the writer, so that what
//! is killed can never be an older build.

mod writer;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use catalog::store::{CatalogStore, SqlCatalogStore};
use db::{Backend, Db, audit};
use identity::{IdentityStore, SqlIdentityStore};
use model::catalog::EntityRef;

/// The latest death after the first acknowledged write.
const LONGEST_LIFE: Duration = Duration::from_millis(400);
/// The latest early death, counted from the start: migrations and opening are under way.
const LONGEST_START: Duration = Duration::from_millis(60);
/// How long the first acknowledged write may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The numbers of the last writes that the process acknowledged.
#[derive(Debug, Default)]
struct Acknowledged {
    star: u32,
    put: u32,
}

impl Acknowledged {
    fn note(&mut self, line: &str) {
        let (what, number) = line.split_once(' ').unwrap();
        let number = number.parse().unwrap();
        match what {
            "star" => self.star = number,
            "put" => self.put = number,
            other => panic!("the writer says `{other}`"),
        }
    }
}

const NAME: &str = "what_was_acknowledged_survives_a_kill_at_any_moment";
const WRITE: &str = "write";

fn main() -> Result<(), writer::Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [WRITE, url, first] => writer::write(url, first.parse()?)?,
        [filter, ..] if !filter.starts_with('-') && !NAME.contains(filter) => {}
        _ => {
            what_was_acknowledged_survives_a_kill_at_any_moment();
            println!("test {NAME} ... ok ({} deaths)", deaths());
        }
    }
    Ok(())
}

#[tokio::main]
async fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("portal.db").display());
    let mut acknowledged = Acknowledged::default();
    for death in 1..=deaths() {
        let first = acknowledged.star.max(acknowledged.put) + 1;
        let early = death % 2 == 1;
        live_and_die(&url, first, early, &mut acknowledged);
        check(&url, &acknowledged, death).await;
    }
}

fn deaths() -> u32 {
    if std::env::var_os("PERILUNE_PROVE").is_some_and(|value| value == "1") {
        50
    } else {
        5
    }
}

/// Starts the writer and kills it at a random moment, `early` or while it writes.
fn live_and_die(url: &str, first: u32, early: bool, acknowledged: &mut Acknowledged) {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args([WRITE, url, &first.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = lines_of(&mut writer);
    let longest = if early {
        LONGEST_START
    } else {
        acknowledged.note(&lines.recv_timeout(PATIENCE).expect("the writer writes"));
        LONGEST_LIFE
    };
    let death = Instant::now() + longest.mul_f64(rand::random());
    while let Ok(line) = lines.recv_timeout(death.saturating_duration_since(Instant::now())) {
        acknowledged.note(&line);
    }
    writer.kill().unwrap();
    let status = writer.wait().unwrap();
    assert_eq!(
        status.code(),
        None,
        "the writer was killed, it did not end: {status}"
    );
    // What it acknowledged between the decision and its death.
    for line in lines {
        acknowledged.note(&line);
    }
}

/// Whole lines only: the last may be cut off by the death.
fn lines_of(writer: &mut Child) -> Receiver<String> {
    let mut out = BufReader::new(writer.stdout.take().unwrap());
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|read| read > 0) && line.ends_with('\n') {
            if sender.send(line.trim_end().to_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    lines
}

async fn check(url: &str, acknowledged: &Acknowledged, death: u32) {
    let db = Db::connect(url).await.expect("the database starts");
    let Backend::Sqlite(pool) = db.reader() else {
        panic!("this is SQLite");
    };
    let integrity: String = sqlx::query_scalar("pragma integrity_check")
        .fetch_one(pool)
        .await
        .unwrap();
    assert_eq!(integrity, "ok", "after death {death}");
    check_stars(&db, acknowledged).await;
    check_entities(&db, acknowledged).await;
    check_trails(&db).await;
    db.close().await;
}

async fn check_stars(db: &Db, acknowledged: &Acknowledged) {
    let ann = EntityRef::parse("user:default/ann").unwrap();
    let stars = SqlIdentityStore::new(db.clone()).stars(&ann).await.unwrap();
    let kept: std::collections::HashSet<_> = stars.into_iter().map(|s| s.entity_ref).collect();
    for number in 1..=acknowledged.star {
        let entity = EntityRef::parse(&format!("component:default/star-{number}")).unwrap();
        assert!(kept.contains(&entity), "{entity} was acknowledged");
    }
}

/// The three entities of a batch are of one batch, the last acknowledged or a later one.
async fn check_entities(db: &Db, acknowledged: &Acknowledged) {
    let store = SqlCatalogStore::new(db.clone());
    let (loaded, entities) = store.load().await.unwrap();
    let etags: Vec<u32> = entities
        .iter()
        .map(|entity| entity.etag.parse().unwrap())
        .collect();
    if acknowledged.put > 0 {
        assert_eq!(etags.len(), 3);
        assert!(etags[0] >= acknowledged.put, "{etags:?}, {acknowledged:?}");
    }
    assert!(
        etags.iter().all(|etag| Some(etag) == etags.first()),
        "{etags:?}"
    );
    assert_eq!(loaded.feed_seq, db.feed().head().await.unwrap());
    for entity in entities {
        let history = store
            .history(&entity.entity_ref, i64::MAX, u32::MAX)
            .await
            .unwrap();
        let numbers: Vec<i64> = history.iter().rev().map(|r| r.number).collect();
        assert_eq!(numbers, (1..=entity.number).collect::<Vec<_>>());
    }
}

/// Feed and audit have what the tables have: a star is one change and one event, a batch three
/// changes and one event.
async fn check_trails(db: &Db) {
    let events = db.feed().since(0, u32::MAX).await.unwrap();
    let records = audit::list(db, "", u32::MAX).await.unwrap();
    let starred = records.iter().filter(|r| r.action == "star.set").count();
    let applied = records
        .iter()
        .filter(|r| r.action == "catalog.apply")
        .count();
    assert_eq!(starred + applied, records.len());
    assert_eq!(events.len(), starred + 3 * applied);
}
