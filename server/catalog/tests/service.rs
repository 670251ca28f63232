//! The running catalog: real files, a real watcher, a real database.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "test code: a failed precondition fails the test"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::{
    config::CatalogConfig,
    service::{CatalogChanged, CatalogService, Sources},
    snapshot::Snapshot,
    store::{CatalogStore, SqlCatalogStore},
};
use db_testing::{Fixture, on_sqlite};
use model::catalog::EntityRef;
use serde_json::json;
use tempfile::TempDir;
use tokio::{sync::broadcast::Receiver, time::timeout};

/// A saved change is to be seen within this time.
const SEEN_WITHIN: Duration = Duration::from_secs(2);

/// A directory of files, and a catalog that follows it.
struct Portal {
    directory: TempDir,
    service: CatalogService,
    changes: Receiver<CatalogChanged>,
}

fn component(name: &str, owner: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  \
         type: service\n  lifecycle: production\n  owner: {owner}\n"
    )
}

fn component_ref(name: &str) -> EntityRef {
    EntityRef::new("component", "default", name).unwrap()
}

async fn start(fixture: &Fixture, base: &Path) -> CatalogService {
    // No period: what is seen was seen because it was watched.
    let catalog = json!({
        "locations": [{"type": "file", "target": "."}],
        "processingInterval": false,
    });
    let config = CatalogConfig::from_value(&catalog, base).unwrap();
    let store = Arc::new(SqlCatalogStore::new(fixture.db.clone()));
    let feed = fixture.db.feed();
    let (sources, leases) = (Sources::files(), fixture.db.leases());
    CatalogService::start(Arc::new(config), store, feed, sources, leases)
        .await
        .unwrap()
}

impl Portal {
    async fn new(fixture: &Fixture, files: &[(&str, &str)]) -> Self {
        let directory = TempDir::new().unwrap();
        for (path, text) in files {
            fs::write(directory.path().join(path), text).unwrap();
        }
        let base = directory.path().canonicalize().unwrap();
        let service = start(fixture, &base).await;
        service.refresh_now().await;
        // The pass that finds its directories watched is over as well.
        service.refresh_now().await;
        Self {
            changes: service.subscribe(),
            directory,
            service,
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    /// The first snapshot that is as wanted; a failure after two seconds.
    async fn seen(&mut self, wanted: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
        let wait = async {
            loop {
                let snapshot = self.service.snapshot();
                if wanted(&snapshot) {
                    return snapshot;
                }
                self.changes.recv().await.unwrap();
            }
        };
        timeout(SEEN_WITHIN, wait)
            .await
            .expect("the change is seen in time")
    }
}

fn owner(snapshot: &Snapshot, name: &str) -> Option<String> {
    let entity = snapshot.get(&component_ref(name))?;
    Some(entity.entity.value()["spec"]["owner"].as_str()?.to_owned())
}

#[test]
fn a_catalog_is_read_completely_only_with_what_was_read() {
    on_sqlite(|fixture| async move {
        let directory = TempDir::new().unwrap();
        for number in 0..300 {
            let text = component(&format!("c{number}"), "team");
            fs::write(directory.path().join(format!("{number}.yaml")), text).unwrap();
        }
        let base = directory.path().canonicalize().unwrap();
        let service = start(&fixture, &base).await;
        let whole = async {
            loop {
                let snapshot = service.snapshot();
                if snapshot.is_full_read() {
                    return snapshot;
                }
                tokio::task::yield_now().await;
            }
        };
        let first = timeout(Duration::from_secs(30), whole).await.unwrap();
        assert!(first.len() >= 300, "{} entities", first.len());
        service.stop().await;
    });
}

#[test]
fn a_saved_change_is_seen_in_time() {
    on_sqlite(|fixture| async move {
        let mut portal = Portal::new(&fixture, &[("a.yaml", &component("a", "team"))]).await;
        assert_eq!(
            owner(&portal.service.snapshot(), "a").as_deref(),
            Some("team")
        );
        portal.write("a.yaml", &component("a", "crew"));
        portal
            .seen(|now| owner(now, "a").as_deref() == Some("crew"))
            .await;
        portal.write("new.yaml", &component("new", "team"));
        portal.seen(|now| owner(now, "new").is_some()).await;
        fs::create_dir_all(portal.path("x/y")).unwrap();
        portal.write("x/y/deep.yaml", &component("deep", "team"));
        portal.seen(|now| owner(now, "deep").is_some()).await;
        portal.write("x/y/deep.yaml", &component("deep", "crew"));
        portal
            .seen(|now| owner(now, "deep").as_deref() == Some("crew"))
            .await;
        fs::remove_dir_all(portal.path("x")).unwrap();
        portal.seen(|now| owner(now, "deep").is_none()).await;
        portal.service.stop().await;
    });
}

#[test]
fn what_a_placeholder_brings_is_watched_too() {
    on_sqlite(|fixture| async move {
        let text = component("a", "team").replace("team", "{$text: ./owner.txt}");
        let mut portal = Portal::new(&fixture, &[("a.yaml", &text), ("owner.txt", "team")]).await;
        assert_eq!(
            owner(&portal.service.snapshot(), "a").as_deref(),
            Some("team")
        );
        portal.write("owner.txt", "crew");
        portal
            .seen(|now| owner(now, "a").as_deref() == Some("crew"))
            .await;
    });
}

#[test]
fn an_editor_that_replaces_the_file_never_makes_the_entity_vanish() {
    on_sqlite(|fixture| async move {
        let mut portal = Portal::new(&fixture, &[("a.yaml", &component("a", "team"))]).await;
        for round in 0..5 {
            let crew = format!("crew-{round}");
            // Moved away, then written anew: for a moment nothing is there.
            fs::rename(portal.path("a.yaml"), portal.path("a.yaml~")).unwrap();
            portal.service.refresh_now().await;
            assert!(owner(&portal.service.snapshot(), "a").is_some());
            portal.write(".a.yaml.swp", &component("a", &crew));
            fs::rename(portal.path(".a.yaml.swp"), portal.path("a.yaml")).unwrap();
            portal
                .seen(|now| owner(now, "a").as_deref() == Some(&crew))
                .await;
        }
        let store = SqlCatalogStore::new(fixture.db.clone());
        let history = store
            .history(&component_ref("a"), i64::MAX, 100)
            .await
            .unwrap();
        assert!(history.iter().all(|revision| revision.body.is_some()));
        assert_eq!(history.len(), 6);
    });
}

#[test]
fn a_problem_is_kept_shown_and_gone_when_mended() {
    on_sqlite(|fixture| async move {
        let mut portal = Portal::new(&fixture, &[("a.yaml", &component("a", "team"))]).await;
        portal.write("a.yaml", &component("a", "[team"));
        let now = portal.seen(|now| !now.problems().is_empty()).await;
        let entity = now.get(&component_ref("a")).unwrap();
        let status = now.status_of(entity).unwrap();
        assert!(status.items[0].message.starts_with("InputError: "));
        assert_eq!(owner(&now, "a").as_deref(), Some("team"));
        portal.write("a.yaml", &component("a", "team"));
        let now = portal.seen(|now| now.problems().is_empty()).await;
        assert!(
            now.status_of(now.get(&component_ref("a")).unwrap())
                .is_none()
        );
    });
}

#[test]
fn a_restart_serves_from_the_database_before_it_looks_at_a_file() {
    on_sqlite(|fixture| async move {
        let portal = Portal::new(&fixture, &[("a.yaml", &component("a", "team"))]).await;
        portal.service.stop().await;
        let uid = portal
            .service
            .snapshot()
            .get(&component_ref("a"))
            .unwrap()
            .entity
            .uid
            .clone();
        let base = portal.directory.path().canonicalize().unwrap();
        drop(portal);
        assert!(!base.exists());
        let again = start(&fixture, &base).await;
        assert!(again.is_ready());
        assert_eq!(
            again
                .snapshot()
                .get(&component_ref("a"))
                .unwrap()
                .entity
                .uid,
            uid
        );
        again.stop().await;
    });
}

#[test]
fn an_empty_catalog_is_ready_after_its_first_full_read() {
    on_sqlite(|fixture| async move {
        let directory = TempDir::new().unwrap();
        let service = start(&fixture, directory.path()).await;
        timeout(SEEN_WITHIN, service.ready()).await.unwrap();
        assert!(service.snapshot().is_full_read());
    });
}

#[test]
fn two_replicas_hear_of_each_other() {
    on_sqlite(|fixture| async move {
        let mut first = Portal::new(&fixture, &[("a.yaml", &component("a", "team"))]).await;
        // A writer that has no files: everything it says is news to the other.
        let store = SqlCatalogStore::new(fixture.db.clone());
        let cause = db::audit::Cause::new("test", chrono::Utc::now());
        let body = first
            .service
            .snapshot()
            .get(&component_ref("a"))
            .unwrap()
            .entity
            .clone();
        let batch = catalog::store::Batch {
            puts: vec![catalog::store::Put {
                entity_ref: component_ref("b"),
                uid: None,
                body: body.body.replace("\"a\"", "\"b\"").into(),
                etag: "b".into(),
                location: "file:/elsewhere.yaml".into(),
                origin: "file:/elsewhere.yaml".into(),
                line: None,
                commit: None,
                author: None,
            }],
            ..catalog::store::Batch::default()
        };
        store.apply(&cause, &batch).await.unwrap();
        first
            .seen(|now| now.get(&component_ref("b")).is_some())
            .await;
    });
}

#[test]
fn stopping_takes_no_time() {
    on_sqlite(|fixture| async move {
        let portal = Portal::new(&fixture, &[("a.yaml", &component("a", "team"))]).await;
        let start = Instant::now();
        portal.service.stop().await;
        portal.service.refresh_now().await;
        assert!(start.elapsed() < SEEN_WITHIN);
    });
}
