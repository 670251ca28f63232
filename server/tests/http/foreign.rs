//! What pages of other sites cannot do.

use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};

use crate::portal::{Answer, OPEN, TestPortal, request};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

async fn ask(
    portal: &TestPortal,
    method: Method,
    path: &str,
    headers: &[(HeaderName, &'static str)],
) -> Answer {
    let mut request = request(method, path, "", "theme=dark");
    for (name, value) in headers {
        let value = HeaderValue::from_static(value);
        request.headers_mut().insert(name, value);
    }
    portal.start_to_answer(request).await
}

#[tokio::test]
async fn they_neither_write_nor_listen() {
    let portal = TestPortal::start(OPEN).await;
    let settings = (Method::POST, "/api/identity/settings");
    let stream = (Method::GET, "/events");
    for (method, path) in [settings, stream] {
        for (header, value, ours) in [
            (SITE, "cross-site", false),
            (SITE, "same-site", false),
            (SITE, "same-origin", true),
            (header::ORIGIN, "https://evil.example", false),
            (header::ORIGIN, "null", false),
            (header::ORIGIN, "http://portal.example", true),
        ] {
            let answer = ask(&portal, method.clone(), path, &[(header, value)]).await;
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(refused, !ours, "{method} {path} from {value}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn nobody_is_sent_back_to_them() {
    let portal = TestPortal::start(OPEN).await;
    let html = (header::ACCEPT, "text/html");
    for (referer, target) in [
        (
            "http://portal.example/settings",
            Some("http://portal.example/settings"),
        ),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("http://portal.example@evil.example/", None),
    ] {
        let headers = [html.clone(), (header::REFERER, referer)];
        for (method, path) in [
            (Method::POST, "/api/identity/settings"),
            (Method::GET, "/api/home"),
        ] {
            let answer = ask(&portal, method, path, &headers).await;
            let sent = answer.header(header::LOCATION);
            let sent = sent.map(|sent| sent.trim_end_matches('?'));
            assert!(sent == target || sent == Some("/"), "{path} to {sent:?}");
        }
    }
}
