//! The memory of people, the same tests on both databases.

use chrono::{DateTime, TimeDelta, Utc};
use db::Db;
use db::audit::{self, Cause};
use db_testing::Fixture;
use identity::{
    IdentityStore, NewSession, SESSION_TOPIC, SessionToken, SettingKey, SettingValue,
    SqlIdentityStore, VISITS_KEPT,
};
use model::catalog::EntityRef;
use serde_json::json;

db_testing::on_both! {
    a_session_is_found_by_its_token_until_it_expires,
    a_session_in_use_lasts_longer_and_is_seldom_written,
    a_session_that_has_expired_does_not_come_back,
    a_session_that_ended_is_announced,
    expired_sessions_are_forgotten,
    the_database_does_not_hold_the_token,
    stars_belong_to_their_user,
    starring_twice_is_starring_once,
    stars_of_everybody_are_counted,
    two_browsers_may_star_at_once,
    a_setting_is_kept_changed_and_removed,
    settings_are_listed_by_bucket,
    visits_are_listed_last_first,
    only_the_newest_visits_are_kept,
    a_hostile_ref_can_be_starred_and_visited,
}

fn noon() -> DateTime<Utc> {
    "2026-01-31T12:00:00.250Z".parse().unwrap()
}

fn by(user: &EntityRef) -> Cause {
    Cause::new(user.as_str(), noon())
}

fn ann() -> EntityRef {
    EntityRef::parse("user:default/ann").unwrap()
}

fn bob() -> EntityRef {
    EntityRef::parse("user:default/bob").unwrap()
}

fn entity(name: &str) -> EntityRef {
    EntityRef::parse(&format!("component:default/{name}")).unwrap()
}

fn for_an_hour(user: &EntityRef) -> NewSession {
    NewSession {
        user_ref: user.clone(),
        issuer: "guest".to_owned(),
        subject: user.name().to_owned(),
        expires: noon() + TimeDelta::hours(1),
    }
}

async fn actions(db: &Db) -> Vec<(String, String)> {
    let records = audit::list(db, "", 100).await.unwrap();
    records.into_iter().map(|r| (r.action, r.object)).collect()
}

async fn feed(db: &Db) -> Vec<(String, String, String)> {
    let events = db.feed().since(0, 100).await.unwrap();
    events
        .into_iter()
        .map(|e| (e.topic, e.key, e.payload))
        .collect()
}

fn triple(topic: &str, key: &str, payload: &str) -> (String, String, String) {
    (topic.to_owned(), key.to_owned(), payload.to_owned())
}

fn pair(action: &str, object: &str) -> (String, String) {
    (action.to_owned(), object.to_owned())
}

async fn a_session_is_found_by_its_token_until_it_expires(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db.clone());
    let token = SessionToken::generate();
    let new = for_an_hour(&ann());
    let made = store
        .create_session(&by(&ann()), &token, new.clone())
        .await
        .unwrap();
    assert_eq!(
        (made.created, made.last_seen, made.expires),
        (noon(), noon(), new.expires)
    );
    assert_eq!(
        (made.user_ref.clone(), made.subject.as_str()),
        (ann(), "ann")
    );

    let before = new.expires - TimeDelta::milliseconds(1);
    assert_eq!(store.session(&token, before).await.unwrap(), Some(made));
    assert_eq!(store.session(&token, new.expires).await.unwrap(), None);
    assert_eq!(
        store
            .session(&SessionToken::generate(), noon())
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        actions(&db).await,
        [pair("session.create", "user:default/ann")]
    );
}

async fn a_session_in_use_lasts_longer_and_is_seldom_written(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db);
    let token = SessionToken::generate();
    store
        .create_session(&by(&ann()), &token, for_an_hour(&ann()))
        .await
        .unwrap();
    for (after, seen) in [(1, 0), (4, 0), (5, 5), (9, 5), (61, 61), (120, 120)] {
        let now = noon() + TimeDelta::minutes(after);
        let written = store
            .touch_session(&token, now, now + TimeDelta::hours(1))
            .await
            .unwrap();
        assert_eq!(written, after == seen, "after {after} min");
        let session = store.session(&token, now).await.unwrap().unwrap();
        let seen = noon() + TimeDelta::minutes(seen);
        let times = (session.last_seen, session.expires);
        assert_eq!(
            times,
            (seen, seen + TimeDelta::hours(1)),
            "after {after} min"
        );
        assert!(!session.is_due(seen + TimeDelta::minutes(4)));
        assert!(session.is_due(seen + TimeDelta::minutes(5)));
    }
}

async fn a_session_that_has_expired_does_not_come_back(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db);
    let token = SessionToken::generate();
    let new = for_an_hour(&ann());
    let (expired, later) = (new.expires, new.expires + TimeDelta::hours(1));
    store
        .create_session(&by(&ann()), &token, new)
        .await
        .unwrap();
    assert!(!store.touch_session(&token, expired, later).await.unwrap());
    let stranger = SessionToken::generate();
    assert!(
        !store
            .touch_session(&stranger, expired, later)
            .await
            .unwrap()
    );
    assert_eq!(store.session(&token, expired).await.unwrap(), None);
}

async fn a_session_that_ended_is_announced(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db.clone());
    let (token, other) = (SessionToken::generate(), SessionToken::generate());
    store
        .create_session(&by(&ann()), &token, for_an_hour(&ann()))
        .await
        .unwrap();
    store
        .create_session(&by(&bob()), &other, for_an_hour(&bob()))
        .await
        .unwrap();
    assert!(store.delete_session(&by(&ann()), &token).await.unwrap());
    assert!(!store.delete_session(&by(&ann()), &token).await.unwrap());

    assert_eq!(store.session(&token, noon()).await.unwrap(), None);
    assert!(store.session(&other, noon()).await.unwrap().is_some());
    assert_eq!(
        feed(&db).await,
        [triple(SESSION_TOPIC, &token.session_id(), "null")]
    );
    let last = actions(&db).await.pop();
    assert!(
        actions(&db)
            .await
            .contains(&pair("session.delete", "user:default/ann")),
        "{last:?}"
    );
}

async fn expired_sessions_are_forgotten(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db.clone());
    let (short, long) = (SessionToken::generate(), SessionToken::generate());
    store
        .create_session(&by(&ann()), &short, for_an_hour(&ann()))
        .await
        .unwrap();
    let day = NewSession {
        expires: noon() + TimeDelta::days(1),
        ..for_an_hour(&ann())
    };
    store.create_session(&by(&ann()), &long, day).await.unwrap();
    let later = Cause::new("system:housekeeping", noon() + TimeDelta::hours(2));
    assert_eq!(store.purge_sessions(&later).await.unwrap(), 1);
    assert_eq!(store.purge_sessions(&later).await.unwrap(), 0);
    assert_eq!(store.session(&short, noon()).await.unwrap(), None);
    assert!(store.session(&long, later.at).await.unwrap().is_some());
    assert_eq!(actions(&db).await.len(), 3);
    assert_eq!(
        feed(&db).await,
        [triple(SESSION_TOPIC, &short.session_id(), "null")],
        "its open event streams hear of it"
    );
}

async fn the_database_does_not_hold_the_token(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db.clone());
    let token = SessionToken::generate();
    let session = store
        .create_session(&by(&ann()), &token, for_an_hour(&ann()))
        .await
        .unwrap();
    let stored: Vec<String> = db::each!(db.reader(), on => {
        sqlx::query_scalar("select id from sessions").fetch_all(on).await.unwrap()
    });
    assert_eq!(stored, [session.id]);
    assert_ne!(stored, [token.secret()]);
}

async fn starred(store: &SqlIdentityStore, user: &EntityRef) -> Vec<String> {
    let stars = store.stars(user).await.unwrap();
    stars
        .iter()
        .map(|star| star.entity_ref.name().to_owned())
        .collect()
}

async fn stars_belong_to_their_user(Fixture { db, url }: Fixture) {
    let store = SqlIdentityStore::new(db);
    for name in ["b", "a"] {
        assert!(
            store
                .set_star(&by(&ann()), &ann(), &entity(name), true)
                .await
                .unwrap()
        );
    }
    assert!(
        store
            .set_star(&by(&bob()), &bob(), &entity("a"), true)
            .await
            .unwrap()
    );
    assert!(
        store
            .set_star(&by(&ann()), &ann(), &entity("a"), false)
            .await
            .unwrap()
    );

    let reopened = Db::connect(&url).await.unwrap();
    let store = SqlIdentityStore::new(reopened.clone());
    assert_eq!(starred(&store, &ann()).await, ["b"]);
    assert_eq!(starred(&store, &bob()).await, ["a"]);
    assert_eq!(store.stars(&ann()).await.unwrap()[0].at, noon());
    reopened.close().await;
}

async fn starring_twice_is_starring_once(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db.clone());
    let a = entity("a");
    let mut changed = Vec::new();
    for wanted in [false, true, true, false, false] {
        changed.push(
            store
                .set_star(&by(&ann()), &ann(), &a, wanted)
                .await
                .unwrap(),
        );
    }
    assert_eq!(changed, [false, true, false, true, false]);
    let topic = "stars:user:default/ann";
    assert_eq!(
        feed(&db).await,
        [
            triple(topic, a.as_str(), "true"),
            triple(topic, a.as_str(), "false")
        ]
    );
    let mut recorded = actions(&db).await;
    recorded.sort();
    assert_eq!(
        recorded,
        [pair("star.set", a.as_str()), pair("star.unset", a.as_str())]
    );
}

async fn stars_of_everybody_are_counted(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db);
    for (user, name) in [(ann(), "a"), (ann(), "b"), (bob(), "a")] {
        store
            .set_star(&by(&user), &user, &entity(name), true)
            .await
            .unwrap();
    }
    let counts = store.star_counts().await.unwrap();
    assert_eq!(counts.len(), 2);
    assert_eq!((counts[&entity("a")], counts[&entity("b")]), (2, 1));
}

async fn two_browsers_may_star_at_once(Fixture { db, .. }: Fixture) {
    let attempts: Vec<_> = (0..8)
        .map(|_| {
            let store = SqlIdentityStore::new(db.clone());
            tokio::spawn(async move {
                store
                    .set_star(&by(&ann()), &ann(), &entity("a"), true)
                    .await
                    .unwrap()
            })
        })
        .collect();
    let mut changes = 0;
    for attempt in attempts {
        changes += usize::from(attempt.await.unwrap());
    }
    assert_eq!(changes, 1);
    assert_eq!(db.feed().head().await.unwrap(), 1);
}

fn theme() -> SettingKey {
    SettingKey::new("shell", "theme").unwrap()
}

fn value(value: serde_json::Value) -> SettingValue {
    SettingValue::new(value).unwrap()
}

async fn a_setting_is_kept_changed_and_removed(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db.clone());
    assert_eq!(store.setting(&ann(), &theme()).await.unwrap(), None);
    for theme_now in [json!("dark"), json!("dark"), json!({"z": 1, "a": "\0"})] {
        let wanted = value(theme_now);
        store
            .put_setting(&by(&ann()), &ann(), &theme(), &wanted)
            .await
            .unwrap();
        assert_eq!(store.setting(&ann(), &theme()).await.unwrap(), Some(wanted));
    }
    assert_eq!(store.setting(&bob(), &theme()).await.unwrap(), None);
    assert!(
        store
            .delete_setting(&by(&ann()), &ann(), &theme())
            .await
            .unwrap()
    );
    assert!(
        !store
            .delete_setting(&by(&ann()), &ann(), &theme())
            .await
            .unwrap()
    );
    assert_eq!(store.setting(&ann(), &theme()).await.unwrap(), None);

    let topic = "settings:user:default/ann";
    assert_eq!(
        feed(&db).await,
        [
            triple(topic, "shell/theme", r#""dark""#),
            triple(topic, "shell/theme", r#"{"z":1,"a":"\u0000"}"#),
            triple(topic, "shell/theme", "null"),
        ]
    );
    assert_eq!(
        actions(&db).await.len(),
        3,
        "the same value again is no change"
    );
}

async fn settings_are_listed_by_bucket(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db);
    for (bucket, key, number) in [("a", "y", 1), ("a", "x", 2), ("b", "x", 3)] {
        let key = SettingKey::new(bucket, key).unwrap();
        store
            .put_setting(&by(&ann()), &ann(), &key, &value(json!(number)))
            .await
            .unwrap();
    }
    let listed = store.settings(&ann(), "a").await.unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|(key, v)| (key.as_str(), v.get().clone()))
        .collect();
    assert_eq!(listed, [("x", json!(2)), ("y", json!(1))]);
    assert!(store.settings(&bob(), "a").await.unwrap().is_empty());
}

async fn recent(store: &SqlIdentityStore, limit: u32) -> Vec<(String, u64)> {
    let visits = store.recent_visits(&ann(), limit).await.unwrap();
    visits
        .iter()
        .map(|v| (v.entity_ref.name().to_owned(), v.times))
        .collect()
}

async fn visits_are_listed_last_first(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db);
    for (second, name) in [(0, "a"), (1, "b"), (2, "c"), (3, "a")] {
        let now = noon() + TimeDelta::seconds(second);
        store
            .record_visit(&ann(), &entity(name), now)
            .await
            .unwrap();
    }
    store
        .record_visit(&bob(), &entity("z"), noon())
        .await
        .unwrap();
    let all = [
        ("a".to_owned(), 2),
        ("c".to_owned(), 1),
        ("b".to_owned(), 1),
    ];
    assert_eq!(recent(&store, 10).await, all);
    assert_eq!(recent(&store, 2).await, all[..2]);
    let last = store.recent_visits(&ann(), 1).await.unwrap();
    assert_eq!(last[0].at, noon() + TimeDelta::seconds(3));

    store
        .record_visit(&ann(), &entity("a"), noon())
        .await
        .unwrap();
    let last = store.recent_visits(&ann(), 1).await.unwrap();
    assert_eq!(
        (last[0].at, last[0].times),
        (noon() + TimeDelta::seconds(3), 3)
    );
}

async fn only_the_newest_visits_are_kept(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db);
    let extra = 3;
    for n in 0..VISITS_KEPT + extra {
        let now = noon() + TimeDelta::seconds(n.into());
        store
            .record_visit(&ann(), &entity(&n.to_string()), now)
            .await
            .unwrap();
    }
    let kept = recent(&store, 1000).await;
    assert_eq!(kept.len(), VISITS_KEPT as usize);
    assert_eq!(kept.last().unwrap().0, extra.to_string());
}

async fn a_hostile_ref_can_be_starred_and_visited(Fixture { db, .. }: Fixture) {
    let store = SqlIdentityStore::new(db);
    let hostile = EntityRef::parse("component:default/'; drop table stars;--\0").unwrap();
    assert!(
        store
            .set_star(&by(&ann()), &ann(), &hostile, true)
            .await
            .unwrap()
    );
    assert!(
        !store
            .set_star(&by(&ann()), &ann(), &hostile, true)
            .await
            .unwrap()
    );
    store.record_visit(&ann(), &hostile, noon()).await.unwrap();
    assert_eq!(
        starred(&store, &ann()).await,
        ["'; drop table stars;--\u{fffd}"]
    );
}
