//! How long one stays signed in.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use chrono::{TimeDelta, Utc};
use db::Stamp;
use identity::{IdentityStore, SESSION_TOPIC};
use server::identity::keep_house;
use tokio_util::sync::CancellationToken;

use model::catalog::EntityRef;

use crate::portal::{CATALOG, OPEN, TLS, TestPortal};

const MONTH: i64 = 30 * 24 * 60 * 60;

/// Lets a session be some days old, last used some minutes ago, and end in some minutes.
async fn age(portal: &TestPortal, days: i64, used: i64, ends: i64) {
    let sql = "update sessions set created = $1, last_seen = $2, expires = $3";
    let now = Utc::now();
    let mut tx = portal.db.begin().await.unwrap();
    let done = db::each!(tx.on(), on => {
        sqlx::query(sql)
            .bind(Stamp::from(now - TimeDelta::days(days)))
            .bind(Stamp::from(now - TimeDelta::minutes(used)))
            .bind(Stamp::from(now + TimeDelta::minutes(ends)))
            .execute(on)
            .await
            .map(drop)
    });
    done.unwrap();
    tx.commit().await.unwrap();
}

async fn is_signed_in(portal: &TestPortal, cookie: &str) -> bool {
    portal.get("/settings", cookie).await.boot().user.is_some()
}

/// The seconds for which the browser is told to keep a cookie, if it is told.
fn max_age(cookies: &[&str]) -> Option<i64> {
    let (_, age) = cookies.first()?.split_once("Max-Age=")?;
    age.split(';').next()?.parse().ok()
}

#[tokio::test]
async fn a_session_in_use_goes_on_and_its_cookie_with_it() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    assert_eq!(portal.get("/settings", &ann).await.cookies(), [""; 0]);

    age(&portal, 29, 6, 1).await;
    let answer = portal.get("/api/home", &ann).await;
    assert_eq!(max_age(&answer.cookies()), Some(MONTH));
    assert!(answer.cookies()[0].starts_with(&ann));
    assert!(answer.cookies()[0].contains("; HttpOnly; SameSite=Lax"));

    portal.people.take();
    assert_eq!(portal.get("/api/home", &ann).await.cookies(), [""; 0]);
    assert_eq!(portal.people.take().touches, 0, "not on each request");
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_when_it_is_old() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    assert!(is_signed_in(&portal, &ann).await);

    age(&portal, 179, 6, 60).await;
    let last = portal.get("/settings", &ann).await;
    let day = 24 * 60 * 60;
    assert!(max_age(&last.cookies()).is_some_and(|age| (day - 60..=day).contains(&age)));

    age(&portal, 31, 6, 0).await;
    assert!(!is_signed_in(&portal, &ann).await);
    assert_eq!(portal.get("/settings", &ann).await.cookies(), [""; 0]);
}

#[tokio::test]
async fn signing_out_is_not_undone_by_the_use_that_it_is() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    age(&portal, 1, 6, 60).await;
    let answer = portal.post("/api/identity/sign-out", &ann, "").await;
    assert_eq!(max_age(&answer.cookies()), Some(0));
    assert_eq!(answer.cookies().len(), 1);
    assert!(!is_signed_in(&portal, &ann).await);
}

#[tokio::test]
async fn cookies_of_a_site_behind_tls_travel_over_nothing_else() {
    let sign_in = "/api/identity/sign-in-as-guest";
    let set_theme = "/api/identity/settings";
    for (kind, secure) in [(OPEN, false), (TLS, true)] {
        let portal = TestPortal::start(kind).await;
        for (path, form) in [
            (sign_in, "user=user:default/ann"),
            (set_theme, "theme=dark"),
            ("/api/identity/sign-out", ""),
        ] {
            let answer = portal.post(path, "", form).await;
            let cookie = *answer.cookies().first().expect("a cookie");
            assert_eq!(cookie.ends_with("; Secure"), secure, "{cookie}");
            assert!(cookie.contains("; HttpOnly"), "{cookie}");
            assert!(cookie.contains("; SameSite=Lax"), "{cookie}");
        }
    }
}

#[tokio::test]
async fn nonsense_in_the_cookie_is_a_visitor() {
    let portal = TestPortal::start(OPEN).await;
    for cookie in ["", "x", "\u{fffd}", &"0".repeat(64), &"a".repeat(5000)] {
        let cookie = format!("perilune_session={cookie}");
        let answer = portal.get("/settings", &cookie).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.boot().user, None);
    }
}

#[tokio::test]
async fn expired_sessions_are_forgotten_round_by_round_until_the_portal_stops() {
    let portal = TestPortal::start(OPEN).await;
    let stop = CancellationToken::new();
    let people = Arc::clone(&portal.people) as Arc<dyn IdentityStore>;
    let house = tokio::spawn(keep_house(people, Duration::from_millis(5), stop.clone()));
    for _round in 0..2 {
        let mut head = portal.db.feed().watch();
        let before = *head.borrow_and_update();
        portal.sign_in("ann").await;
        age(&portal, 31, 31, -1).await;
        head.changed().await.unwrap();
        let events = portal.db.feed().since(before, 10).await.unwrap();
        assert!(events.iter().all(|event| event.topic == SESSION_TOPIC));
        assert_eq!(events.len(), 1);
    }
    stop.cancel();
    house.await.unwrap();
}

#[tokio::test]
async fn who_signs_in_as_somebody_else_is_signed_out_in_other_tabs() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    let mut tab = portal.follow(&ann).await;
    let form = "user=user:default/bob";
    let path = "/api/identity/sign-in-as-guest";
    let answer = portal.post(path, &ann, form).await;
    assert_eq!(answer.cookies().len(), 1, "{answer:?}");
    assert_eq!(tab.next().await.as_deref(), Some("bye"));
    assert_eq!(portal.get("/", &ann).await.boot().user, None);
}

#[tokio::test]
async fn whoever_leaves_the_organisation_is_signed_out() {
    let portal = TestPortal::start(OPEN).await;
    let (ann, bob) = (portal.sign_in("ann").await, portal.sign_in("bob").await);
    assert!(is_signed_in(&portal, &ann).await);
    let user = EntityRef::parse("user:default/ann").unwrap();
    let without = CATALOG.replace("name: ann", "name: anna");
    portal
        .rewrite(&without, |now| now.get(&user).is_none())
        .await;
    assert!(!is_signed_in(&portal, &ann).await);
    assert!(is_signed_in(&portal, &bob).await);
}
