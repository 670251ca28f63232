//! Several catalogs on one database: one reads the sources, all show what it found.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use catalog::config::CatalogConfig;
use catalog::service::{CatalogService, Sources};
use catalog::snapshot::Snapshot;
use catalog::store::{Batch, CatalogStore, Put, SqlCatalogStore};
use chrono::Utc;
use db::audit::{self, Cause};
use db::{Db, DbError};
use db_testing::{Fixture, on_sqlite};
use model::catalog::EntityRef;
use serde_json::json;
use tempfile::TempDir;
use tokio::time::timeout;

db_testing::on_both! {
    one_replica_reads_and_the_other_shows_what_it_found,
    a_refresh_reaches_whoever_reads_and_is_seen_where_it_was_asked_for,
    an_entity_that_was_deleted_elsewhere_comes_back_if_its_file_is_there,
    a_replica_that_stops_hands_the_reading_on_at_once,
    a_replica_of_an_empty_catalog_is_ready_when_the_other_has_looked,
    a_follower_never_shows_a_part_of_a_batch,
    a_batch_of_a_former_holder_is_refused,
}

/// Less than a lease lasts: whatever passes on within it was handed on.
const SOON: Duration = Duration::from_secs(8);
const PATIENCE: Duration = Duration::from_secs(60);
const HOLDER: &str = "catalog.ingest";

struct Replica {
    db: Db,
    service: CatalogService,
}

impl Replica {
    async fn start(db: Db, base: &Path) -> Self {
        let catalog = json!({
            "locations": [{"type": "file", "target": "."}],
            "processingInterval": false,
        });
        let config = CatalogConfig::from_value(&catalog, base).unwrap();
        let store = Arc::new(SqlCatalogStore::new(db.clone()));
        let (config, sources) = (Arc::new(config), Sources::files());
        let service = CatalogService::start(config, store, db.feed(), sources, db.leases());
        Self {
            service: service.await.unwrap(),
            db,
        }
    }

    async fn seen(&self, wanted: impl Fn(&Snapshot) -> bool) {
        let mut changes = self.service.subscribe();
        let wait = async {
            while !wanted(&self.service.snapshot()) {
                changes.recv().await.unwrap();
            }
        };
        timeout(SOON, wait).await.expect("it is seen in time");
    }

    fn owner(&self, name: &str) -> Option<String> {
        owner(&self.service.snapshot(), name)
    }
}

fn owner(snapshot: &Snapshot, name: &str) -> Option<String> {
    let entity = snapshot.get(&component(name))?;
    Some(entity.entity.value()["spec"]["owner"].as_str()?.to_owned())
}

fn component(name: &str) -> EntityRef {
    EntityRef::new("component", "default", name).unwrap()
}

fn write(folder: &TempDir, name: &str, owner: &str) {
    let text = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\n\
         spec: {{type: service, lifecycle: production, owner: {owner}}}\n"
    );
    fs::write(folder.path().join(format!("{name}.yaml")), text).unwrap();
}

/// Another replica's database: in SQLite there is one process.
async fn other(fixture: &Fixture) -> Db {
    if fixture.url.starts_with("sqlite:") {
        fixture.db.clone()
    } else {
        Db::connect(&fixture.url).await.unwrap()
    }
}

/// One that reads, and one that follows and has no file of its own.
async fn two(fixture: &Fixture, files: &TempDir) -> (Replica, Replica, TempDir) {
    let none = TempDir::new().unwrap();
    let base = |folder: &TempDir| folder.path().canonicalize().unwrap();
    let reader = Replica::start(fixture.db.clone(), &base(files)).await;
    reader.service.refresh_now().await;
    let follower = Replica::start(other(fixture).await, &base(&none)).await;
    (reader, follower, none)
}

async fn epochs(db: &Db) -> Vec<i64> {
    let records = audit::list(db, "", 1000).await.unwrap();
    let batches = records.iter().filter(|one| one.action == "catalog.apply");
    let details = batches.map(|one| serde_json::from_str::<serde_json::Value>(&one.detail));
    details
        .filter_map(|detail| detail.unwrap()["epoch"].as_i64())
        .collect()
}

async fn one_replica_reads_and_the_other_shows_what_it_found(fixture: Fixture) {
    let files = TempDir::new().unwrap();
    write(&files, "a", "team");
    let (reader, follower, _none) = two(&fixture, &files).await;
    assert_eq!(follower.owner("a").as_deref(), Some("team"));
    write(&files, "a", "crew");
    follower
        .seen(|now| owner(now, "a").as_deref() == Some("crew"))
        .await;
    // Had it read its own folder, which is empty, all would be gone.
    follower.service.refresh_now().await;
    assert_eq!(follower.owner("a").as_deref(), Some("crew"));
    assert!(epochs(&fixture.db).await.iter().all(|epoch| *epoch == 1));
    follower.service.stop().await;
    reader.service.stop().await;
}

async fn a_refresh_reaches_whoever_reads_and_is_seen_where_it_was_asked_for(fixture: Fixture) {
    let files = TempDir::new().unwrap();
    write(&files, "a", "team");
    let (reader, follower, _none) = two(&fixture, &files).await;
    for round in 0..5 {
        let crew = format!("crew-{round}");
        write(&files, "a", &crew);
        timeout(SOON, follower.service.refresh_now()).await.unwrap();
        assert_eq!(follower.owner("a"), Some(crew));
    }
    follower.service.stop().await;
    reader.service.stop().await;
}

async fn an_entity_that_was_deleted_elsewhere_comes_back_if_its_file_is_there(fixture: Fixture) {
    let files = TempDir::new().unwrap();
    write(&files, "a", "team");
    let (reader, follower, _none) = two(&fixture, &files).await;
    let cause = Cause::new("user:default/ann", Utc::now());
    let before = follower.service.snapshot().seq();
    follower
        .service
        .delete(&cause, &component("a"))
        .await
        .unwrap();
    let is_back = |now: &Snapshot| now.seq() > before + 1 && owner(now, "a").is_some();
    follower.seen(is_back).await;
    reader.seen(is_back).await;
    follower.service.stop().await;
    reader.service.stop().await;
}

async fn a_replica_that_stops_hands_the_reading_on_at_once(fixture: Fixture) {
    let files = TempDir::new().unwrap();
    write(&files, "a", "team");
    let (reader, follower, none) = two(&fixture, &files).await;
    write(&none, "b", "crew");
    reader.service.stop().await;
    // What the other one has is read now, and what nobody says any more is gone.
    follower
        .seen(|now| owner(now, "b").is_some() && owner(now, "a").is_none())
        .await;
    let epochs = epochs(&fixture.db).await;
    assert!(
        epochs.is_sorted() && epochs.last() == Some(&2),
        "{epochs:?}"
    );
    follower.service.stop().await;
}

async fn a_replica_of_an_empty_catalog_is_ready_when_the_other_has_looked(fixture: Fixture) {
    let files = TempDir::new().unwrap();
    let base = files.path().canonicalize().unwrap();
    // Somebody has the lease, and has not looked yet.
    let lease = fixture.db.leases().acquire(HOLDER).await;
    let follower = Replica::start(other(&fixture).await, &base).await;
    let store = SqlCatalogStore::new(fixture.db.clone());
    assert!(!follower.service.is_ready());
    let nothing = Batch {
        full_read: true,
        ..Batch::default()
    };
    let cause = Cause::new("system:ingestion", Utc::now());
    let applied = store
        .apply_under(Some(lease.fence()), &cause, &nothing)
        .await;
    applied.unwrap();
    timeout(SOON, follower.service.ready()).await.unwrap();
    assert!(follower.service.snapshot().is_full_read());
    follower.service.stop().await;
    lease.release().await;
}

fn put(number: u32, version: u32) -> Put {
    let name = format!("thing-{number}");
    let etag = format!("{number}-{version}");
    let body = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {"name": name, "namespace": "default", "uid": name, "etag": etag},
        "spec": {"type": "service", "lifecycle": "production", "owner": format!("team-{version}")},
    });
    Put {
        entity_ref: component(&name),
        uid: None,
        body: body.to_string().into(),
        etag: etag.into(),
        location: "file:/all.yaml".into(),
        origin: "file:/all.yaml".into(),
        line: None,
        commit: None,
        author: None,
    }
}

async fn a_follower_never_shows_a_part_of_a_batch(fixture: Fixture) {
    const THINGS: u32 = 2500;
    const VERSIONS: u32 = 6;
    let files = TempDir::new().unwrap();
    let base = files.path().canonicalize().unwrap();
    let lease = fixture.db.leases().acquire(HOLDER).await;
    let follower = Replica::start(other(&fixture).await, &base).await;
    let store = SqlCatalogStore::new(fixture.db.clone());
    let fence = lease.fence().clone();
    // One batch after the other, so that the next is often committed while one is followed.
    let writing = tokio::spawn(async move {
        for version in 1..=VERSIONS {
            let batch = Batch {
                puts: (0..THINGS).map(|number| put(number, version)).collect(),
                ..Batch::default()
            };
            let cause = Cause::new("system:ingestion", Utc::now());
            store
                .apply_under(Some(&fence), &cause, &batch)
                .await
                .unwrap();
        }
    });
    let last = format!("team-{VERSIONS}");
    let watching = async {
        let mut changes = follower.service.subscribe();
        loop {
            changes.recv().await.unwrap();
            let now = follower.service.snapshot();
            let owners = now
                .entities()
                .map(|one| one.entity.value()["spec"]["owner"].clone());
            let mut owners: Vec<_> = owners.collect();
            assert_eq!(owners.len(), THINGS as usize);
            owners.dedup();
            assert_eq!(owners.len(), 1, "{owners:?}");
            if owners[0] == *last {
                return;
            }
        }
    };
    timeout(PATIENCE, watching).await.unwrap();
    writing.await.unwrap();
    follower.service.stop().await;
    lease.release().await;
}

async fn a_batch_of_a_former_holder_is_refused(fixture: Fixture) {
    let store = SqlCatalogStore::new(fixture.db.clone());
    let cause = Cause::new("system:ingestion", Utc::now());
    let former = fixture.db.leases().acquire(HOLDER).await;
    let stale = former.fence().clone();
    former.release().await;
    let lease = fixture.db.leases().acquire(HOLDER).await;
    let batch = Batch {
        puts: vec![put(1, 1)],
        full_read: true,
        ..Batch::default()
    };
    let refused = store.apply_under(Some(&stale), &cause, &batch).await;
    assert!(matches!(refused, Err(DbError::LeaseLost)));
    let refused = store.serve_round(&stale, 1).await;
    assert!(matches!(refused, Err(DbError::LeaseLost)));
    let (loaded, entities) = store.load().await.unwrap();
    assert_eq!((entities.len(), loaded.full_read), (0, false));
    let applied = store.apply_under(Some(lease.fence()), &cause, &batch).await;
    assert_eq!(applied.unwrap().written.len(), 1);
    assert_eq!(epochs(&fixture.db).await, [2]);
    lease.release().await;
}

#[test]
fn a_second_process_on_a_sqlite_file_reads_nothing_while_the_first_does() {
    on_sqlite(|fixture| async move {
        let files = TempDir::new().unwrap();
        write(&files, "a", "team");
        let base = files.path().canonicalize().unwrap();
        let first = Replica::start(fixture.db.clone(), &base).await;
        first.service.refresh_now().await;
        let none = TempDir::new().unwrap();
        let base = none.path().canonicalize().unwrap();
        let db = Db::connect(&fixture.url).await.unwrap();
        let second = Replica::start(db.clone(), &base).await;
        assert!(db.leases().try_acquire(HOLDER).await.unwrap().is_none());
        assert_eq!(second.owner("a").as_deref(), Some("team"));
        first.service.stop().await;
        // The first is gone: the second is free to, and finds that there is nothing.
        second.service.stop().await;
        second.db.close().await;
        assert_eq!(epochs(&fixture.db).await.last(), Some(&1));
    });
}
