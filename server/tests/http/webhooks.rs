//! What GitHub says is believed by its signature.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::portal::{Answer, CLOSED, TestPortal};

const SECRET: &str = "events: {modules: {github: {webhookSecret: swordfish}}}\n";

fn signature(secret: &str, body: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    let tag = mac.chain_update(body).finalize().into_bytes();
    let hex: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}

async fn deliver(portal: &TestPortal, signature: &str, body: &'static str) -> Answer {
    let request = Request::post("/api/events/http/github")
        .header("host", "portal.example")
        .header("content-type", "application/json")
        .header("x-github-event", "push")
        .header("x-github-delivery", "1")
        .header("x-hub-signature-256", signature);
    portal.ask(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn only_what_is_signed_is_read() {
    let portal = TestPortal::start_with(CLOSED, SECRET).await;
    let push = r#"{"repository": {"html_url": "https://github.com/acme/svc"}}"#;
    let good = deliver(&portal, &signature("swordfish", push), push).await;
    assert_eq!(good.status, StatusCode::ACCEPTED, "{}", good.text);
    let twice = deliver(&portal, &signature("swordfish", push), push).await;
    assert_eq!(twice.status, StatusCode::ACCEPTED);
    for bad in [
        &signature("other", push),
        "",
        "sha256=",
        "sha1=00",
        "sha256=zz",
    ] {
        let refused = deliver(&portal, bad, push).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{bad}");
    }
    for rubbish in ["", "[]", "{", "\"x\"", r#"{"repository": 5}"#] {
        let refused = deliver(&portal, &signature("swordfish", rubbish), rubbish).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{rubbish}");
    }
}

#[tokio::test]
async fn without_a_secret_nothing_is_believed() {
    let portal = TestPortal::start(CLOSED).await;
    let refused = deliver(&portal, &signature("", "{}"), "{}").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
