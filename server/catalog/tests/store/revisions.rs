//! Entities are sequences of revisions; "now" is a view of them.

use catalog::store::{
    Batch, CatalogStore, ENTITY_TOPIC, Operation, Put, SqlCatalogStore, StoredEntity,
};
use db::Db;
use db::audit;
use db_testing::Fixture;

use crate::samples::{at, entity, put, puts};

db_testing::on_both! {
    an_empty_database_says_so,
    what_was_put_is_loaded_after_a_restart,
    the_same_etag_writes_nothing,
    a_changed_body_is_a_new_revision_under_the_same_uid,
    a_deleted_entity_is_gone_but_its_history_stays,
    an_entity_that_returns_keeps_its_uid_and_its_numbers,
    a_given_uid_counts_at_the_first_put_only,
    an_orphan_is_marked_until_its_source_returns,
    a_move_without_a_change_is_no_revision,
    one_ref_named_twice_is_written_once,
    each_change_is_announced_and_the_batch_audited,
    batches_at_the_same_time_do_not_lose_a_revision,
    a_batch_that_fails_leaves_nothing,
}

const A: &str = "component:default/a";
const B: &str = "component:default/b";

async fn current(store: &SqlCatalogStore, name: &str) -> Option<StoredEntity> {
    let mut found = store.entities(&[entity(name)]).await.unwrap();
    assert!(found.len() <= 1);
    found.pop()
}

async fn audit_count(db: &Db) -> usize {
    audit::list(db, "", 100).await.unwrap().len()
}

async fn an_empty_database_says_so(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    let (loaded, entities) = store.load().await.unwrap();
    assert_eq!((loaded.feed_seq, loaded.full_read), (0, false));
    assert!(entities.is_empty() && loaded.problems.is_empty());

    let complete = Batch {
        full_read: true,
        ..Batch::default()
    };
    store.apply(&at(1), &complete).await.unwrap();
    assert!(store.has_full_read().await.unwrap());
    assert!(store.load().await.unwrap().0.full_read);
    store.apply(&at(2), &complete).await.unwrap();
    assert_eq!(
        audit_count(&db).await,
        1,
        "the second full read changes nothing"
    );
}

async fn what_was_put_is_loaded_after_a_restart(Fixture { db, url }: Fixture) {
    let store = SqlCatalogStore::new(db);
    let applied = store
        .apply(&at(1), &puts([put(B, 1), put(A, 2)]))
        .await
        .unwrap();

    let reopened = Db::connect(&url).await.unwrap();
    let store = SqlCatalogStore::new(reopened.clone());
    let (loaded, entities) = store.load().await.unwrap();
    reopened.close().await;
    assert_eq!(loaded.feed_seq, applied.feed_seq);
    let names: Vec<&str> = entities.iter().map(|e| e.entity_ref.as_str()).collect();
    assert_eq!(names, [A, B]);
    let expected = StoredEntity {
        entity_ref: entity(A),
        uid: applied.written[1].uid.clone(),
        seq: 2,
        number: 1,
        etag: "v2".into(),
        body: r#"{"z":2,"a":"component:default/a"}"#.into(),
        at: at(1).at,
        location: "file:/catalog/one.yaml".into(),
        origin: "file:/catalog/all.yaml".into(),
        line: Some(7),
        orphan: false,
    };
    assert_eq!(entities[0], expected);
    assert_ne!(entities[0].uid, entities[1].uid);
}

async fn the_same_etag_writes_nothing(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    let first = store
        .apply(&at(1), &puts([put(A, 1), put(B, 1)]))
        .await
        .unwrap();
    let again = store
        .apply(&at(2), &puts([put(A, 1), put(B, 1)]))
        .await
        .unwrap();
    assert_eq!(again.written, []);
    assert_eq!(again.feed_seq, first.feed_seq);
    assert_eq!(db.feed().head().await.unwrap(), 2);
    assert_eq!(audit_count(&db).await, 1);
}

async fn a_changed_body_is_a_new_revision_under_the_same_uid(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db);
    let first = store
        .apply(&at(1), &puts([put(A, 1), put(B, 1)]))
        .await
        .unwrap();
    let second = store
        .apply(&at(2), &puts([put(A, 2), put(B, 1)]))
        .await
        .unwrap();
    let [written] = second.written.as_slice() else {
        panic!("only the changed one, not {:?}", second.written);
    };
    assert_eq!(written.uid, first.written[0].uid);
    assert_eq!((written.number, written.seq), (2, 3));

    let history = store.history(&entity(A), i64::MAX, 10).await.unwrap();
    let steps: Vec<_> = history
        .iter()
        .map(|r| (r.number, r.etag.as_deref(), r.at))
        .collect();
    assert_eq!(
        steps,
        [(2, Some("v2"), at(2).at), (1, Some("v1"), at(1).at)]
    );
    assert_eq!(
        history[1].body.as_deref(),
        Some(r#"{"z":1,"a":"component:default/a"}"#)
    );
    assert_eq!(history[1].commit.as_deref(), Some("c0ffee"));
    assert_eq!(history[1].author.as_deref(), Some("Ann"));
    let newest = store.history(&entity(A), i64::MAX, 1).await.unwrap();
    assert_eq!(newest.len(), 1);
    let before = store
        .history(&entity(A), newest[0].number, 1)
        .await
        .unwrap();
    assert_eq!(before[0].number, newest[0].number - 1);
}

fn deletion(name: &str) -> Batch {
    Batch {
        deletes: vec![entity(name)],
        ..Batch::default()
    }
}

async fn a_deleted_entity_is_gone_but_its_history_stays(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db);
    store
        .apply(&at(1), &puts([put(A, 1), put(B, 1)]))
        .await
        .unwrap();
    let applied = store.apply(&at(2), &deletion(A)).await.unwrap();
    assert_eq!(applied.written[0].op, Operation::Delete);
    assert_eq!(current(&store, A).await, None);
    assert_eq!(store.load().await.unwrap().1.len(), 1);

    let history = store.history(&entity(A), i64::MAX, 10).await.unwrap();
    assert_eq!(
        (history[0].op, history[0].body.clone()),
        (Operation::Delete, None)
    );
    assert_eq!(history[1].op, Operation::Put);

    let again = store.apply(&at(3), &deletion(A)).await.unwrap();
    let unknown = store
        .apply(&at(3), &deletion("component:default/none"))
        .await
        .unwrap();
    assert_eq!((again.written, unknown.written), (vec![], vec![]));
}

async fn an_entity_that_returns_keeps_its_uid_and_its_numbers(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db);
    let first = store.apply(&at(1), &puts([put(A, 1)])).await.unwrap();
    store.apply(&at(2), &deletion(A)).await.unwrap();
    let back = store.apply(&at(3), &puts([put(A, 1)])).await.unwrap();
    assert_eq!(back.written[0].uid, first.written[0].uid);
    assert_eq!(back.written[0].number, 3);
    assert_eq!(current(&store, A).await.unwrap().seq, 3);
}

async fn a_given_uid_counts_at_the_first_put_only(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db);
    let named = |version, uid: &str| Put {
        uid: Some(uid.to_owned()),
        ..put(A, version)
    };
    store
        .apply(&at(1), &puts([named(1, "first")]))
        .await
        .unwrap();
    store
        .apply(&at(2), &puts([named(2, "second")]))
        .await
        .unwrap();
    assert_eq!(current(&store, A).await.unwrap().uid, "first");
}

async fn an_orphan_is_marked_until_its_source_returns(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    store.apply(&at(1), &puts([put(A, 1)])).await.unwrap();
    let orphaned = Batch {
        orphans: vec![entity(A), entity("component:default/none")],
        ..Batch::default()
    };
    let applied = store.apply(&at(2), &orphaned).await.unwrap();
    assert!(applied.written[0].placed_only);
    assert!(current(&store, A).await.unwrap().orphan);
    assert_eq!(store.apply(&at(3), &orphaned).await.unwrap().written, []);

    store.apply(&at(4), &puts([put(A, 1)])).await.unwrap();
    let back = current(&store, A).await.unwrap();
    assert!(!back.orphan);
    assert_eq!(back.number, 1, "the entity itself never changed");
}

async fn a_move_without_a_change_is_no_revision(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    store.apply(&at(1), &puts([put(A, 1)])).await.unwrap();
    let moved = Put {
        location: "file:/catalog/two.yaml".into(),
        line: Some(40),
        ..put(A, 1)
    };
    let applied = store.apply(&at(2), &puts([moved])).await.unwrap();
    assert_eq!((applied.written[0].number, applied.feed_seq), (1, 2));
    let now = current(&store, A).await.unwrap();
    assert_eq!(
        (&*now.location, now.line),
        ("file:/catalog/two.yaml", Some(40))
    );
    assert_eq!(
        store.history(&entity(A), i64::MAX, 10).await.unwrap().len(),
        1
    );
}

async fn one_ref_named_twice_is_written_once(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    let batch = Batch {
        deletes: vec![entity(A)],
        orphans: vec![entity(A)],
        ..puts([put(A, 1), put(B, 1), put(A, 2)])
    };
    let applied = store.apply(&at(1), &batch).await.unwrap();
    assert_eq!(applied.written.len(), 2);
    let now = current(&store, A).await.unwrap();
    assert_eq!((&*now.etag, now.number, now.orphan), ("v2", 1, false));
}

async fn each_change_is_announced_and_the_batch_audited(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    store
        .apply(&at(1), &puts([put(A, 1), put(B, 1)]))
        .await
        .unwrap();
    let batch = Batch {
        deletes: vec![entity(B)],
        ..puts([put(A, 2)])
    };
    store.apply(&at(2), &batch).await.unwrap();

    let events = db.feed().since(0, 10).await.unwrap();
    assert!(events.iter().all(|event| event.topic == ENTITY_TOPIC));
    let told: Vec<_> = events
        .iter()
        .map(|e| (e.key.as_str(), e.payload.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (A, r#"{"op":"put","number":1}"#),
            (B, r#"{"op":"put","number":1}"#),
            (A, r#"{"op":"put","number":2}"#),
            (B, r#"{"op":"delete","number":2}"#),
        ]
    );
    let records = audit::list(&db, "", 10).await.unwrap();
    let last = &records[1];
    assert_eq!(
        (last.action.as_str(), last.object.as_str()),
        ("catalog.apply", "catalog")
    );
    assert_eq!(last.actor, "system:ingestion");
    let expected = r#"{"put":1,"placed":0,"deleted":1,"problem_origins":0,"first_full_read":false,"after_seq":2,"last_seq":4}"#;
    assert_eq!(last.detail, expected);
}

async fn batches_at_the_same_time_do_not_lose_a_revision(Fixture { db, .. }: Fixture) {
    let writers: Vec<_> = (1..=8)
        .map(|version| {
            let store = SqlCatalogStore::new(db.clone());
            tokio::spawn(async move { store.apply(&at(version), &puts([put(A, version)])).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    let store = SqlCatalogStore::new(db.clone());
    let history = store.history(&entity(A), i64::MAX, 100).await.unwrap();
    let numbers: Vec<i64> = history.iter().map(|r| r.number).collect();
    assert_eq!(numbers, [8, 7, 6, 5, 4, 3, 2, 1]);
    let now = current(&store, A).await.unwrap();
    assert_eq!(Some(&*now.etag), history[0].etag.as_deref());
}

async fn a_batch_that_fails_leaves_nothing(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    let mut tx = db.begin().await.unwrap();
    db::each!(tx.on(), on => sqlx::query("drop table audit").execute(on).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
    store.apply(&at(1), &puts([put(A, 1)])).await.unwrap_err();
    let (loaded, entities) = store.load().await.unwrap();
    assert_eq!((entities.len(), loaded.feed_seq), (0, 0));
}
