//! Requests that nobody means well with are refused in words and harm nothing.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use crate::portal::{OPEN, TestPortal};

fn json(body: String) -> Request<Body> {
    Request::post("/api/catalog/graph")
        .header(header::HOST, "portal.example")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn what_cannot_be_read_is_a_bad_request() {
    let portal = TestPortal::start(OPEN).await;
    let deep = 100_000;
    for body in [
        String::new(),
        "{".to_owned(),
        "\u{0}".to_owned(),
        format!("{{\"query\":{}{}}}", "[".repeat(deep), "]".repeat(deep)),
    ] {
        let answer = portal.ask(json(body)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    }
    let nested = format!("/api/catalog/missing?entity_ref{}=x", "[a]".repeat(10_000));
    let answer = portal.get(&nested, "").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
}

#[tokio::test]
async fn a_compressed_body_is_not_unpacked() {
    let portal = TestPortal::start(OPEN).await;
    // 100 bytes of gzip that would be many more.
    let mut request = json("\u{1f}\u{8b}".repeat(25));
    let gzip = header::HeaderValue::from_static("gzip");
    request.headers_mut().insert(header::CONTENT_ENCODING, gzip);
    let answer = portal.ask(request).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn methods_that_nothing_has_are_refused() {
    let portal = TestPortal::start(OPEN).await;
    for method in [Method::TRACE, Method::PUT, Method::DELETE, Method::PATCH] {
        for path in [
            "/catalog",
            "/api/home",
            "/events",
            "/healthz",
            "/logo.svg",
            "/nothing",
        ] {
            let request = Request::builder().method(&method).uri(path);
            let answer = portal.ask(request.body(Body::empty()).unwrap()).await;
            let refused = answer.status == StatusCode::METHOD_NOT_ALLOWED;
            assert!(refused, "{method} {path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn reading_does_not_write() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    let star = "/api/identity/star?entity_ref=component:default/alpha&on=true";
    let answer = portal.get(star, &ann).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        portal
            .get("/settings", &ann)
            .await
            .boot()
            .starred
            .is_empty()
    );
}
