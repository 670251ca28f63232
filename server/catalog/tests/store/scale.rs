//! Batches of any size arrive whole: statements have a limit of values, batches have not.

use catalog::store::{Batch, CatalogStore, SqlCatalogStore};
use db_testing::Fixture;

use crate::samples::{at, entity, put, puts};

db_testing::on_both! { thousands_arrive_whole_in_one_transaction }

const MANY: usize = 2_345;

fn name(n: usize) -> String {
    format!("component:default/service-{n:05}")
}

async fn thousands_arrive_whole_in_one_transaction(Fixture { db, .. }: Fixture) {
    let store = SqlCatalogStore::new(db.clone());
    let all = puts((0..MANY).map(|n| put(&name(n), 1)));
    let applied = store.apply(&at(1), &all).await.unwrap();
    assert_eq!(applied.written.len(), MANY);

    // Every third changes, every fifth of the others goes.
    let changed = (0..MANY).filter(|n| n % 3 == 0).map(|n| put(&name(n), 2));
    let gone = (0..MANY).filter(|n| n % 3 != 0 && n % 5 == 0);
    let second = Batch {
        deletes: gone.clone().map(|n| entity(&name(n))).collect(),
        ..puts(changed.clone())
    };
    store.apply(&at(2), &second).await.unwrap();

    let (loaded, entities) = store.load().await.unwrap();
    let expected: Vec<(String, &str)> = (0..MANY)
        .filter(|n| n % 3 == 0 || n % 5 != 0)
        .map(|n| (name(n), if n % 3 == 0 { "v2" } else { "v1" }))
        .collect();
    let found: Vec<(String, &str)> = entities
        .iter()
        .map(|e| (e.entity_ref.to_string(), &*e.etag))
        .collect();
    assert_eq!(found, expected);

    let refs: Vec<_> = (0..MANY).map(|n| entity(&name(n))).collect();
    assert_eq!(store.entities(&refs).await.unwrap().len(), expected.len());
    let changes = MANY + changed.count() + gone.count();
    let events = db.feed().since(0, 100_000).await.unwrap();
    assert_eq!(events.len(), changes);
    assert_eq!(loaded.feed_seq, i64::try_from(changes).unwrap());
}
