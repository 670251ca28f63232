//! What a catalog costs at 1,000, 10,000 and 50,000 entities: loading it from SQLite, its memory,
//! one change, and the questions of a catalog page. Prints figures; nothing here can fail for
//! being slow. Each size is measured in a process of its own, so that memory is the catalog's.
//! `files FOLDER SIZE` and `floor BYTES` are for scripts/bench-http.mjs, which measures a portal.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    missing_docs,
    reason = "a program that prints figures"
)]

mod files;
mod floor;
mod questions;
mod synthetic;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalog::snapshot::Snapshot;
use catalog::store::{Batch, CatalogStore, Put, SqlCatalogStore};
use chrono::Utc;
use db::Db;
use db::audit::Cause;
use model::catalog::index::{CatalogIndex, FieldSpec};
use model::catalog::relations::declared;
use model::catalog::{Entity, EntityView};
use serde_json::Value;

const SIZES: [usize; 3] = [1_000, 10_000, 50_000];

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("measure"), Some(file)) => runtime.block_on(measure(Path::new(&file))),
        (Some("files"), Some(folder)) => {
            let size = arguments.next().unwrap().parse().unwrap();
            files::write(Path::new(&folder), size);
        }
        (Some("floor"), Some(bytes)) => runtime.block_on(floor::serve(bytes.parse().unwrap())),
        _ => SIZES.into_iter().for_each(|size| {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("perilune.db");
            let (bytes, took) = runtime.block_on(fill(&file, size));
            println!(
                "\n{size} entities, {} B of JSON each; written in one transaction in {took:.1?}",
                bytes / size
            );
            let program = std::env::current_exe().unwrap();
            let mut child = Command::new(program);
            let child = child.args(["measure", &file.to_string_lossy()]).status();
            assert!(child.unwrap().success(), "the measurement broke off");
        }),
    }
}

async fn open(file: &Path) -> Db {
    Db::connect(&format!("sqlite:{}", file.display()))
        .await
        .unwrap()
}

/// A database with `size` entities; the bytes of their JSON.
async fn fill(file: &Path, size: usize) -> (usize, Duration) {
    let puts: Vec<Put> = synthetic::entities(size).map(|value| put(&value)).collect();
    let bytes = puts.iter().map(|put| put.body.len()).sum();
    let store = SqlCatalogStore::new(open(file).await);
    let start = Instant::now();
    let batch = Batch {
        puts,
        full_read: true,
        ..Batch::default()
    };
    store.apply(&cause(), &batch).await.unwrap();
    (bytes, start.elapsed())
}

fn put(value: &Value) -> Put {
    let entity = Entity::from_body(value.to_string().into()).unwrap();
    Put {
        uid: Some(entity.uid),
        body: entity.body,
        etag: EntityView(value).etag().unwrap().into(),
        location: entity.location,
        origin: entity.origin,
        line: Some(1),
        commit: None,
        author: None,
        entity_ref: entity.entity_ref,
    }
}

fn cause() -> Cause {
    Cause::new("system:bench", Utc::now())
}

async fn measure(file: &Path) {
    let store = SqlCatalogStore::new(open(file).await);
    let start = Instant::now();
    let (snapshot, owners) = catalog::service::load(&store, fields()).await.unwrap();
    let whole = start.elapsed();
    let (now, most) = memory();
    println!("  load from SQLite {whole:.2?}");
    println!(
        "  memory of the process {} MB, {} B an entity (at most {} MB while loading)",
        now / 1_000_000,
        now / snapshot.len(),
        most / 1_000_000
    );
    let (half, most) = changes(&snapshot);
    println!("  one entity changes: p50 {half:.0?}  p99 {most:.0?}");
    let (half, most) = durable(&store, &snapshot).await;
    println!("  one entity changes, durably: p50 {half:.1?}  p99 {most:.1?}");
    questions::ask(snapshot.index());
    drop(owners);
}

/// A field that goes by the domain and one that goes by the owner, as an organisation has them.
fn fields() -> Arc<[FieldSpec]> {
    let field = |id: &str, inherit: &[&str]| FieldSpec {
        id: id.to_owned(),
        title: id.to_owned(),
        path: format!("spec.{id}"),
        kinds: vec!["Component".to_owned(), "Domain".to_owned()],
        filter: true,
        column: true,
        inherit: inherit.iter().map(|path| (*path).to_owned()).collect(),
    };
    Arc::new([
        field("tier", &["spec.domain"]),
        field("colony", &["spec.owner", "spec.parent"]),
    ])
}

/// Some entity of the snapshot with another description, type and owner.
fn changed(snapshot: &Snapshot, at: usize) -> Value {
    let entity = snapshot.entities().nth(at * 97 % snapshot.len()).unwrap();
    let mut value = entity.entity.value();
    value["metadata"]["description"] = format!("changed for the {at}th time").into();
    if value["kind"] == "Component" {
        value["spec"]["owner"] = "payments-gateway-0-squad".into();
        value["spec"]["type"] = "worker".into();
    }
    value
}

/// A copy of the index, one entity changed.
fn changes(snapshot: &Snapshot) -> (Duration, Duration) {
    let mut current: CatalogIndex = snapshot.index().clone();
    quantiles((0..200).map(|at| {
        let value = changed(snapshot, at);
        let (entity_ref, relations) = (
            EntityView(&value).entity_ref().unwrap(),
            declared(&value).unwrap(),
        );
        let start = Instant::now();
        let mut next = current.clone();
        next.edit().put(&entity_ref, &value, &relations);
        let took = start.elapsed();
        current = next;
        took
    }))
}

/// One transaction with one entity.
async fn durable(store: &SqlCatalogStore, snapshot: &Snapshot) -> (Duration, Duration) {
    let mut times = Vec::new();
    for at in 0..100 {
        let mut value = changed(snapshot, at);
        value["metadata"]["etag"] = format!("changed-{at}").into();
        let batch = Batch {
            puts: vec![put(&value)],
            ..Batch::default()
        };
        let start = Instant::now();
        store.apply(&cause(), &batch).await.unwrap();
        times.push(start.elapsed());
    }
    quantiles(times.into_iter())
}

fn quantiles(times: impl Iterator<Item = Duration>) -> (Duration, Duration) {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

/// Bytes of memory that the process has, and the most that it had, as Linux counts them.
fn memory() -> (usize, usize) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.and_then(|number| number.parse::<usize>().ok())
    };
    (
        kilobytes("VmRSS:").unwrap_or(0) * 1024,
        kilobytes("VmHWM:").unwrap_or(0) * 1024,
    )
}
