//! What surrounds every request, around routes that misbehave.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use axum::routing::get;
use tokio::sync::{Barrier, Notify};
use tower::ServiceExt;

use super::*;

async fn ask(router: &Router, path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).unwrap();
    router.clone().oneshot(request).await.unwrap()
}

#[track_caller]
fn check_is_turned_away(answer: &Response) {
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers().contains_key(header::RETRY_AFTER));
    assert!(answer.headers().contains_key("x-request-id"));
}

#[tokio::test]
async fn a_panic_is_an_answer_with_a_request_id_and_our_headers() {
    async fn panics() {
        panic!("a secret of ours")
    }
    let routes = Router::new().route("/", get(panics));
    let router = surround(routes, &Limits::SERVED, false);
    let answer = ask(&router, "/").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    for name in ["x-request-id", "content-security-policy", "referrer-policy"] {
        assert!(answer.headers().contains_key(name), "{name}");
    }
    let text = axum::body::to_bytes(answer.into_body(), 1000)
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&text).contains("secret"));
}

#[tokio::test]
async fn too_many_requests_are_turned_away_and_then_it_goes_on() {
    let (full, end) = (Arc::new(Barrier::new(3)), Arc::new(Notify::new()));
    let wait = {
        let (full, end) = (Arc::clone(&full), Arc::clone(&end));
        async move || {
            let ended = end.notified();
            full.wait().await;
            ended.await;
        }
    };
    let routes = Router::new()
        .route("/wait", get(wait))
        .route("/", get(async || "here"));
    let limits = Limits {
        requests: 2,
        ..Limits::SERVED
    };
    let router = surround(routes, &limits, false);
    let asking = |path: &'static str| {
        let router = router.clone();
        tokio::spawn(async move { ask(&router, path).await.status() })
    };
    let (one, two) = (asking("/wait"), asking("/wait"));
    full.wait().await;
    check_is_turned_away(&ask(&router, "/").await);
    end.notify_waiters();
    for answered in [one, two] {
        assert_eq!(answered.await.unwrap(), StatusCode::OK);
    }
    assert_eq!(ask(&router, "/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_given_up() {
    let routes = Router::new().route("/", get(std::future::pending::<()>));
    let limits = Limits {
        answer: Duration::from_millis(10),
        ..Limits::SERVED
    };
    let router = surround(routes, &limits, false);
    check_is_turned_away(&ask(&router, "/").await);
}
