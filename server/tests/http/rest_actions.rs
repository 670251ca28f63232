//! The REST interface where it is more than a question: where entities come from, ending and
//! refreshing them, and whether one would be taken.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use db::audit;
use serde_json::{Value, json};

use crate::portal::{Answer, OPEN, TestPortal};

const ALPHA: &str = "/entities/by-name/component/default/alpha";

pub(crate) async fn ask(portal: &TestPortal, method: &str, path: &str, body: Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/catalog{path}"))
        .header(header::HOST, "portal.example")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, "Bearer robots-token");
    portal
        .ask(request.body(Body::from(body.to_string())).unwrap())
        .await
}

pub(crate) fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.text).unwrap()
}

#[tokio::test]
async fn an_entity_comes_from_the_configured_location() {
    let portal = TestPortal::start(OPEN).await;
    let answer = ask(&portal, "GET", &format!("{ALPHA}/ancestry"), Value::Null).await;
    let ancestry = json_of(&answer);
    assert_eq!(ancestry["rootEntityRef"], "component:default/alpha");
    let items = ancestry["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["entity"]["metadata"]["name"], "alpha");
    let parents = items[0]["parentEntityRefs"].as_array().unwrap();
    let location = &items[1]["entity"];
    let name = location["metadata"]["name"].as_str().unwrap();
    assert_eq!(parents, &[json!(format!("location:default/{name}"))]);
    assert_eq!(items[1]["parentEntityRefs"], json!([]));
    let missing = ask(&portal, "GET", &format!("{ALPHA}x/ancestry"), Value::Null).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_deleted_entity_comes_back_if_its_file_still_names_it() {
    let portal = TestPortal::start(OPEN).await;
    let before = json_of(&ask(&portal, "GET", ALPHA, Value::Null).await);
    let uid = before["metadata"]["uid"].as_str().unwrap();
    let path = format!("/entities/by-uid/{uid}");
    let deleted = ask(&portal, "DELETE", &path, Value::Null).await;
    assert_eq!(
        (deleted.status, deleted.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    let events = audit::list(&portal.db, "", 100).await.unwrap();
    let event = events
        .iter()
        .find(|event| event.actor == "external:robot")
        .unwrap();
    assert_eq!(event.object, "component:default/alpha");

    portal.catalog.refresh_now().await;
    let after = json_of(&ask(&portal, "GET", ALPHA, Value::Null).await);
    assert_eq!(after, before);
    let unknown = ask(&portal, "DELETE", "/entities/by-uid/none", Value::Null).await;
    assert_eq!(unknown.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn people_delete_what_is_theirs() {
    let portal = TestPortal::start(OPEN).await;
    let uid_of = async |name: &str| {
        let path = format!("/entities/by-name/{name}");
        let entity = json_of(&ask(&portal, "GET", &path, Value::Null).await);
        entity["metadata"]["uid"].as_str().unwrap().to_owned()
    };
    let cookie = portal.sign_in("ann").await;
    let own = uid_of("component/default/alpha").await;
    let foreign = uid_of("user/default/bob").await;
    for (uid, status) in [(own, 204), (foreign, 403)] {
        let request = Request::builder()
            .method("DELETE")
            .uri(format!("/api/catalog/entities/by-uid/{uid}"))
            .header(header::HOST, "portal.example")
            .header(header::COOKIE, &cookie)
            .body(Body::empty());
        let answer = portal.ask(request.unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    }
}

#[tokio::test]
async fn refreshing_takes_a_whole_reference_and_nothing_else() {
    let portal = TestPortal::start(OPEN).await;
    for (body, status) in [
        (json!({"entityRef": "Component:default/ALPHA"}), 200),
        (
            json!({"entityRef": "component:default/alpha", "authorizationToken": "x"}),
            200,
        ),
        (json!({"entityRef": "alpha"}), 404),
        (json!({"entityRef": "component:default/none"}), 404),
        (
            json!({"entityRef": "component:default/alpha", "other": 1}),
            400,
        ),
        (json!({"entityRef": 1}), 400),
        (json!({}), 400),
    ] {
        let answer = ask(&portal, "POST", "/refresh", body.clone()).await;
        assert_eq!(answer.status.as_u16(), status, "{body}");
    }
}

#[tokio::test]
async fn an_entity_is_validated_without_being_taken() {
    let portal = TestPortal::start(OPEN).await;
    let location = "url:https://example.com/catalog-info.yaml";
    let entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {"name": "new"},
        "spec": {"type": "service", "lifecycle": "production", "owner": "crew"},
    });
    let body = json!({"entity": entity, "location": location});
    let good = ask(&portal, "POST", "/validate-entity", body).await;
    assert_eq!((good.status, good.text.as_str()), (StatusCode::OK, ""));

    let body = json!({"entity": {"kind": "Component"}, "location": location});
    let bad = ask(&portal, "POST", "/validate-entity", body).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    let errors = json_of(&bad);
    assert!(!errors["errors"].as_array().unwrap().is_empty());
    assert_eq!(errors.get("error"), None);

    for body in [
        json!({"entity": {}}),
        json!({"location": location}),
        json!({"entity": {}, "location": "file:/etc/passwd"}),
        json!({"entity": {}, "location": "nonsense"}),
    ] {
        let answer = ask(&portal, "POST", "/validate-entity", body.clone()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(json_of(&answer)["error"]["name"], "InputError", "{body}");
    }
}
