//! What the browser is told about every answer.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::portal::{CLOSED, OPEN, TLS, TestPortal};

#[tokio::test]
async fn every_kind_of_answer_carries_our_rules_and_a_request_id() {
    let (open, closed) = (
        TestPortal::start(OPEN).await,
        TestPortal::start(CLOSED).await,
    );
    for (portal, path) in [
        (&open, "/settings"),
        (&open, "/no/such/page"),
        (&open, "/logo.svg"),
        (&open, "/api/home"),
        (&open, "/api/catalog/missing"),
        (&open, "/catalog/export.csv"),
        (&open, "/healthz"),
        (&closed, "/catalog"),
    ] {
        let answer = portal.get(path, "").await;
        assert_eq!(
            answer.header(header::X_CONTENT_TYPE_OPTIONS),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            answer.header(header::REFERRER_POLICY),
            Some("same-origin"),
            "{path}"
        );
        let policy = answer.header(header::CONTENT_SECURITY_POLICY).unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(answer.headers.contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn scripts_of_a_page_need_the_nonce_of_that_page() {
    let portal = TestPortal::start(OPEN).await;
    let mut nonces = Vec::new();
    for _page in 0..2 {
        let page = portal.get("/settings", "").await;
        let policy = page.header(header::CONTENT_SECURITY_POLICY).unwrap();
        let (_, after) = policy.split_once("script-src 'self' 'nonce-").unwrap();
        let (nonce, rules) = after.split_once('\'').unwrap();
        assert!(rules.starts_with(" 'wasm-unsafe-eval';"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(page.text.contains(&format!("nonce=\"{nonce}\"")));
        nonces.push(nonce.to_owned());
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn what_depends_on_the_visitor_is_asked_for_again_and_files_are_kept() {
    let portal = TestPortal::start(OPEN).await;
    for (path, expected) in [
        ("/settings", "private, no-cache"),
        ("/no/such/page", "private, no-cache"),
        ("/api/home", "private, no-cache"),
        ("/logo.svg", "public, max-age=300"),
    ] {
        let answer = portal.get(path, "").await;
        assert_eq!(
            answer.header(header::CACHE_CONTROL),
            Some(expected),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_page_is_compressed_for_those_who_take_it() {
    let portal = TestPortal::start(OPEN).await;
    let request = |accept| {
        Request::get("/settings")
            .header(header::ACCEPT_ENCODING, accept)
            .body(Body::empty())
            .unwrap()
    };
    for (accept, expected) in [
        ("br", Some("br")),
        ("gzip", Some("gzip")),
        ("identity", None),
    ] {
        let answer = portal.start_to_answer(request(accept)).await;
        assert_eq!(answer.header(header::CONTENT_ENCODING), expected);
    }
}

#[tokio::test]
async fn an_address_with_a_slash_at_its_end_leads_to_the_one_without() {
    let portal = TestPortal::start(OPEN).await;
    let answer = portal.get("/catalog/?filters[kind]=api", "").await;
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(
        answer.header(header::LOCATION),
        Some("/catalog?filters[kind]=api")
    );
}

#[tokio::test]
async fn only_files_with_a_hash_in_their_name_are_kept_for_good() {
    let portal = TestPortal::start(OPEN).await;
    let kept = |answer: crate::portal::Answer| {
        let control = answer.header(header::CACHE_CONTROL);
        control.is_some_and(|control| control.contains("immutable"))
    };
    assert!(kept(portal.get("/pkg/portal.1a2b.css", "").await));
    assert!(!kept(portal.get("/pkg/portal.css", "").await));
    assert!(!kept(portal.get("/pkg/portal.gone.css", "").await));
    assert!(!kept(portal.get("/logo.svg", "").await));
}

#[tokio::test]
async fn a_portal_behind_tls_is_asked_over_nothing_else() {
    for (kind, expected) in [(TLS, Some("max-age=31536000")), (OPEN, None)] {
        let portal = TestPortal::start(kind).await;
        for path in ["/", "/logo.svg", "/no/such/page"] {
            let answer = portal.get(path, "").await;
            let found = answer.header(header::STRICT_TRANSPORT_SECURITY);
            assert_eq!(found, expected, "{path}");
        }
    }
}
