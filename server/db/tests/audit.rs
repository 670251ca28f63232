//! The audit trail keeps what it is given, with the change or not at all.

use db::audit::{self, Cause};
use db_testing::Fixture;
use serde_json::json;

db_testing::on_both! {
    an_event_is_kept_with_all_that_is_known,
    an_undone_change_leaves_no_event,
    events_are_listed_in_the_order_of_their_times,
}

fn cause(at: &str) -> Cause {
    Cause {
        reason: Some("on call\0".to_owned()),
        ..Cause::new("user:default/ann", at.parse().unwrap()).from("web 127.0.0.1")
    }
}

async fn an_event_is_kept_with_all_that_is_known(Fixture { db, .. }: Fixture) {
    let mut tx = db.begin().await.unwrap();
    let cause = cause("2026-01-31T12:00:00.250Z");
    let detail = json!({"b": 1, "a": "x"});
    audit::record(&mut tx, &cause, "test.done", "component:default/x", &detail)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let records = audit::list(&db, "", 10).await.unwrap();
    let [record] = records.as_slice() else {
        panic!("one record, not {records:?}");
    };
    assert_eq!(record.at, cause.at);
    assert_eq!(record.actor, "user:default/ann");
    assert_eq!(record.action, "test.done");
    assert_eq!(record.object, "component:default/x");
    assert_eq!(record.origin.as_deref(), Some("web 127.0.0.1"));
    assert_eq!(record.reason.as_deref(), Some("on call\u{fffd}"));
    assert_eq!(record.detail, r#"{"b":1,"a":"x"}"#);
}

async fn an_undone_change_leaves_no_event(Fixture { db, .. }: Fixture) {
    let mut tx = db.begin().await.unwrap();
    let cause = cause("2026-01-31T12:00:00Z");
    audit::record(&mut tx, &cause, "test.undone", "x", &json!(null))
        .await
        .unwrap();
    drop(tx);
    assert_eq!(audit::list(&db, "", 10).await.unwrap(), []);
}

async fn events_are_listed_in_the_order_of_their_times(Fixture { db, .. }: Fixture) {
    let mut tx = db.begin().await.unwrap();
    for at in [
        "2026-01-31T12:00:00.002Z",
        "2026-01-31T12:00:00.001Z",
        "2026-01-31T12:00:01Z",
    ] {
        audit::record(&mut tx, &cause(at), "test.done", at, &json!(null))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let first = audit::list(&db, "", 1).await.unwrap();
    assert_eq!(first[0].object, "2026-01-31T12:00:00.001Z");
    let rest = audit::list(&db, &first[0].id, 10).await.unwrap();
    let objects: Vec<&str> = rest.iter().map(|record| record.object.as_str()).collect();
    assert_eq!(
        objects,
        ["2026-01-31T12:00:00.002Z", "2026-01-31T12:00:01Z"]
    );
}
