//! What a page knows, and what that costs.

use app::catalog::api::FetchEntity;
use axum::http::{Method, StatusCode, header};
use leptos::server_fn::ServerFn;
use model::catalog::EntityRef;
use tower::ServiceExt;

use crate::counting::Asked;
use crate::portal::{OPEN, TestPortal, request};

const STAR: &str = "/api/identity/star";

#[tokio::test]
async fn a_page_knows_its_visitor_and_their_stars_by_name() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    for form in [
        "entity_ref=component:default/alpha&on=true",
        "entity_ref=component:default/beta&on=true",
        "entity_ref=component:default/gamma&on=true",
    ] {
        assert_eq!(portal.post(STAR, &ann, form).await.status, StatusCode::OK);
    }
    for page in ["/settings", "/no/such/page"] {
        let boot = portal.get(page, &ann).await.boot();
        assert_eq!(boot.user.unwrap().user.label, "Ann Arbor");
        let starred = boot.starred.iter().map(|card| card.entity.label.as_str());
        assert_eq!(starred.collect::<Vec<_>>(), ["Golf", "mike", "Zulu"]);
    }
    assert_eq!(portal.get("/settings", "").await.boot().user, None);
}

#[tokio::test]
async fn stars_are_read_for_pages_only_and_files_ask_nothing_at_all() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    let file = Asked::default();
    let no_page = Asked {
        sessions: 1,
        ..file
    };
    let page = Asked {
        stars: 1,
        ..no_page
    };
    for (path, asked) in [
        ("/settings", page),
        ("/no/such/page", page),
        ("/api/home", no_page),
        ("/api/catalog/problems", no_page),
        ("/logo.svg", file),
    ] {
        portal.people.take();
        portal.get(path, &ann).await;
        assert_eq!(portal.people.take(), asked, "{path}");
    }
}

#[tokio::test]
async fn a_page_that_is_seen_is_a_visit_and_one_that_asks_again_is_none() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    let ask = async |again: bool| {
        let entity_ref = EntityRef::parse("component:alpha").unwrap();
        let body = app::wire::encode(&FetchEntity { entity_ref, again }).unwrap();
        let asked = request(Method::POST, FetchEntity::PATH, &ann, body);
        portal.router.clone().oneshot(asked).await.unwrap().status()
    };
    portal.people.take();
    let page = portal.get("/catalog/default/component/alpha", &ann).await;
    assert_eq!(
        (page.status, portal.people.take().visits),
        (StatusCode::OK, 1)
    );
    assert_eq!(
        (ask(true).await, portal.people.take().visits),
        (StatusCode::OK, 0)
    );
    assert_eq!(
        (ask(false).await, portal.people.take().visits),
        (StatusCode::OK, 1)
    );
    portal.get(FetchEntity::PATH, &ann).await;
    assert_eq!(portal.people.take().visits, 0);
}

#[tokio::test]
async fn what_is_no_file_is_a_page_that_says_so() {
    let portal = TestPortal::start(OPEN).await;
    let file = portal.get("/logo.svg", "").await;
    assert_eq!(
        (file.status, file.text.as_str()),
        (StatusCode::OK, "<svg/>")
    );
    for path in [
        "/no/such/page",
        "/..%2fportal.db",
        "/%2e%2e/app-config.yaml",
    ] {
        let missing = portal.get(path, "").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND, "{path}");
        assert!(missing.text.contains("There is no page at this address"));
        assert_eq!(
            missing.header(header::CONTENT_TYPE),
            Some("text/html; charset=utf-8")
        );
    }
}
