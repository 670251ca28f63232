//! Problems are replaced an origin at a time.

use catalog::store::{
    Batch, CatalogStore, OriginProblems, PROBLEM_TOPIC, SqlCatalogStore, StoredProblem,
};
use db_testing::Fixture;
use model::catalog::Severity;

use crate::samples::{at, problem, problems_of};

db_testing::on_both! {
    problems_come_back_whole_and_in_order,
    an_origin_is_replaced_and_the_others_stay,
    the_same_problems_again_write_nothing,
    a_full_read_drops_what_no_origin_says,
    a_nul_from_a_binary_file_is_kept_visible,
}

const FIRST: &str = "file:/one.yaml";
const OTHER: &str = "file:/two.yaml";

async fn messages(store: &SqlCatalogStore) -> Vec<String> {
    let problems = store.problems().await.unwrap();
    problems.into_iter().map(|p| p.message).collect()
}

async fn problems_come_back_whole_and_in_order(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db);
    let bare = StoredProblem {
        line: None,
        column: Some(9),
        entity_ref: None,
        severity: Severity::Warning,
        expected: None,
        ..problem(FIRST, "b <script>")
    };
    let found = vec![bare, problem(FIRST, "a")];
    let batch = Batch {
        problems: vec![OriginProblems {
            origin: FIRST.to_owned(),
            problems: found.clone(),
        }],
        ..Batch::default()
    };
    let applied = store.apply(&at(1), &batch).await.unwrap();
    assert_eq!(applied.problem_origins, [FIRST]);
    assert_eq!(store.problems().await.unwrap(), found);
    assert_eq!(store.load().await.unwrap().0.problems, found);
}

async fn an_origin_is_replaced_and_the_others_stay(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    store
        .apply(&at(1), &problems_of(FIRST, &["a", "b"]))
        .await
        .unwrap();
    store
        .apply(&at(2), &problems_of(OTHER, &["c"]))
        .await
        .unwrap();
    store
        .apply(&at(3), &problems_of(FIRST, &["b"]))
        .await
        .unwrap();
    assert_eq!(messages(&store).await, ["b", "c"]);
    store.apply(&at(4), &problems_of(FIRST, &[])).await.unwrap();
    assert_eq!(messages(&store).await, ["c"]);

    let events = db.feed().since(0, 10).await.unwrap();
    assert!(events.iter().all(|event| event.topic == PROBLEM_TOPIC));
    let origins: Vec<&str> = events.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(origins, [FIRST, OTHER, FIRST, FIRST]);
}

async fn the_same_problems_again_write_nothing(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    store
        .apply(&at(1), &problems_of(FIRST, &["a", "b\0"]))
        .await
        .unwrap();
    let again = store
        .apply(&at(2), &problems_of(FIRST, &["a", "b\0"]))
        .await
        .unwrap();
    assert!(again.problem_origins.is_empty());
    assert_eq!(db.feed().head().await.unwrap(), 1);
}

async fn a_full_read_drops_what_no_origin_says(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db);
    store
        .apply(
            &at(1),
            &problems_of("file:/no-longer-configured.yaml", &["x"]),
        )
        .await
        .unwrap();
    let batch = Batch {
        full_read: true,
        ..problems_of(FIRST, &["a"])
    };
    store.apply(&at(2), &batch).await.unwrap();
    assert_eq!(messages(&store).await, ["a"]);
}

async fn a_nul_from_a_binary_file_is_kept_visible(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db);
    store
        .apply(&at(1), &problems_of(FIRST, &["bytes \0\0"]))
        .await
        .unwrap();
    assert_eq!(messages(&store).await, ["bytes \u{fffd}\u{fffd}"]);
}
