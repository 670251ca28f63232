//! Programs that ask with a token.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::Value;

use crate::portal::{Answer, CLOSED, OPEN, TestPortal};

const EVERYTHING: &str = "Bearer robots-token";
const READING: &str = "bearer readers-token";

async fn ask(portal: &TestPortal, authorization: &str, method: &str, path: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "portal.example")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, authorization);
    let body = r#"{"entityRef": "component:default/alpha"}"#;
    portal.ask(request.body(Body::from(body)).unwrap()).await
}

fn error(answer: &Answer) -> (u16, String) {
    let json: Value = serde_json::from_str(&answer.text).unwrap();
    let message = json["error"]["message"].as_str().unwrap().to_owned();
    (answer.status.as_u16(), message)
}

#[tokio::test]
async fn a_token_opens_a_closed_portal() {
    let portal = TestPortal::start(CLOSED).await;
    let nobody = portal.get("/api/catalog/entities", "").await;
    assert_eq!(error(&nobody), (401, "Missing credentials".to_owned()));
    for path in ["/api/catalog/entities", "/catalog"] {
        for token in [EVERYTHING, READING] {
            let answer = ask(&portal, token, "GET", path).await;
            // A page is more than the catalog's interface, to which the second is restricted.
            let expected = path != "/catalog" || token == EVERYTHING;
            let shows = answer.status == StatusCode::OK && answer.text.contains("alpha");
            assert_eq!(shows, expected, "{path} {token}");
        }
    }
    let nowhere = ask(&portal, EVERYTHING, "GET", "/api/catalog/nothing").await;
    assert_eq!(
        (nowhere.status, nowhere.text.as_str()),
        (StatusCode::NOT_FOUND, "")
    );
}

#[tokio::test]
async fn a_wrong_token_is_refused_even_where_everybody_may_read() {
    let portal = TestPortal::start(OPEN).await;
    for wrong in [
        "Bearer robots-toke",
        "Bearer ",
        "Basic cm9ib3Q6",
        "robots-token",
    ] {
        let answer = ask(&portal, wrong, "GET", "/api/catalog/entities").await;
        assert_eq!(error(&answer), (401, "Illegal token".to_owned()), "{wrong}");
    }
}

#[tokio::test]
async fn a_program_does_what_it_is_granted_and_nothing_else() {
    let portal = TestPortal::start(OPEN).await;
    let refresh = "/api/catalog/refresh";
    let granted = ask(&portal, EVERYTHING, "POST", refresh).await;
    assert_eq!(
        (granted.status, granted.text.as_str()),
        (StatusCode::OK, "")
    );
    let refused = ask(&portal, READING, "POST", refresh).await;
    let (status, message) = error(&refused);
    assert_eq!(status, 403);
    assert!(
        message.contains("catalog.entity.refresh as reader"),
        "{message}"
    );
    let star = ask(&portal, EVERYTHING, "POST", "/api/identity/star").await;
    assert_eq!(star.status, StatusCode::UNAUTHORIZED, "stars are people's");
}
