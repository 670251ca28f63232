//! Locations that were added: each target once, a provider's as it found them.

use catalog::store::{LOCATION_TOPIC, LocationStore, Placed, SqlLocationStore};
use db::audit;
use db_testing::Fixture;
use model::catalog::LocationRef;

use crate::samples::at;

db_testing::on_both! {
    a_target_is_registered_once,
    a_location_moves_unless_its_place_is_taken,
    a_provider_has_what_it_found_and_nothing_else,
    what_a_provider_found_is_not_for_people_to_end,
    each_change_is_announced_and_audited,
}

fn location(target: &str) -> LocationRef {
    LocationRef::new("url", target).unwrap()
}

async fn targets(store: &SqlLocationStore) -> Vec<String> {
    let all = store.all().await.unwrap().into_iter();
    let mut targets: Vec<_> = all.map(|own| own.location.target().to_owned()).collect();
    targets.sort();
    targets
}

async fn a_target_is_registered_once(Fixture { db, .. }: Fixture) {
    let store = SqlLocationStore::new(db);
    let first = store
        .register(&at(1), &location("https://a"), true)
        .await
        .unwrap();
    let Placed::Done(first) = first else {
        panic!("{first:?}")
    };
    assert!(first.is_optional && first.provider.is_none());
    let again = store
        .register(&at(2), &location("https://a"), false)
        .await
        .unwrap();
    assert_eq!(again, Placed::Taken(first.clone()));
    assert_eq!(store.all().await.unwrap(), std::slice::from_ref(&first));
    assert_eq!(
        store.unregister(&at(3), &first.id).await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(store.unregister(&at(4), &first.id).await.unwrap(), None);
    assert!(store.all().await.unwrap().is_empty());
}

async fn a_location_moves_unless_its_place_is_taken(Fixture { db, .. }: Fixture) {
    let store = SqlLocationStore::new(db);
    let Placed::Done(one) = store
        .register(&at(1), &location("https://a"), false)
        .await
        .unwrap()
    else {
        panic!()
    };
    let Placed::Done(two) = store
        .register(&at(2), &location("https://b"), false)
        .await
        .unwrap()
    else {
        panic!()
    };
    let taken = store
        .relocate(&at(3), &one.id, &location("https://b"))
        .await
        .unwrap();
    assert_eq!(taken, Placed::Taken(two));
    let Placed::Done(moved) = store
        .relocate(&at(4), &one.id, &location("https://c"))
        .await
        .unwrap()
    else {
        panic!()
    };
    assert_eq!(
        (moved.id.as_str(), moved.location.target()),
        (one.id.as_str(), "https://c")
    );
    let unknown = store
        .relocate(&at(5), "nowhere", &location("https://d"))
        .await
        .unwrap();
    assert_eq!(unknown, Placed::Unknown);
    assert_eq!(targets(&store).await, ["https://b", "https://c"]);
}

async fn a_provider_has_what_it_found_and_nothing_else(Fixture { db, .. }: Fixture) {
    let store = SqlLocationStore::new(db);
    store
        .register(&at(1), &location("https://own"), false)
        .await
        .unwrap();
    let found = ["https://a", "https://b", "https://own"].map(location);
    assert!(store.found(&at(2), "github:acme", &found).await.unwrap());
    assert_eq!(
        targets(&store).await,
        ["https://a", "https://b", "https://own"]
    );
    assert!(!store.found(&at(3), "github:acme", &found).await.unwrap());
    assert!(
        store
            .found(&at(4), "github:acme", &found[1..2])
            .await
            .unwrap()
    );
    assert_eq!(targets(&store).await, ["https://b", "https://own"]);
    store
        .retain_providers(&at(5), &["github:acme".to_owned()])
        .await
        .unwrap();
    assert_eq!(targets(&store).await.len(), 2);
    store.retain_providers(&at(6), &[]).await.unwrap();
    assert_eq!(targets(&store).await, ["https://own"]);
}

async fn what_a_provider_found_is_not_for_people_to_end(Fixture { db, .. }: Fixture) {
    let store = SqlLocationStore::new(db);
    store
        .found(&at(1), "github:acme", &[location("https://a")])
        .await
        .unwrap();
    let id = store.all().await.unwrap().remove(0).id;
    assert_eq!(store.unregister(&at(2), &id).await.unwrap(), None);
    let moved = store
        .relocate(&at(3), &id, &location("https://b"))
        .await
        .unwrap();
    assert_eq!(moved, Placed::Unknown);
}

async fn each_change_is_announced_and_audited(Fixture { db, .. }: Fixture) {
    let store = SqlLocationStore::new(db.clone());
    let Placed::Done(own) = store
        .register(&at(1), &location("https://a"), false)
        .await
        .unwrap()
    else {
        panic!()
    };
    store
        .renew(&at(2), &["url:https://a".to_owned()])
        .await
        .unwrap();
    store.unregister(&at(3), &own.id).await.unwrap();
    let events = db.feed().since(0, 10).await.unwrap();
    let topics: Vec<_> = events
        .iter()
        .map(|event| (event.topic.as_str(), event.key.as_str()))
        .collect();
    let id = own.id.as_str();
    assert_eq!(
        topics,
        [
            (LOCATION_TOPIC, id),
            ("renewals", "url:https://a"),
            (LOCATION_TOPIC, id)
        ]
    );
    let audited = audit::list(&db, "", 10).await.unwrap();
    let actions: Vec<_> = audited
        .iter()
        .map(|record| record.action.as_str())
        .collect();
    assert_eq!(
        actions,
        ["location.register", "location.renew", "location.unregister"]
    );
}
