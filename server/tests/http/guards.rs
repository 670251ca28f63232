//! Nothing that can be asked is unguarded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use axum::http::{HeaderValue, Method, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use server::http::{Route, page_paths};

use crate::portal::{Answer, CLOSED, Kind, OPEN, TestPortal, request};

/// Everything that a visitor may ask of a portal that is closed to visitors.
const FOR_ANYBODY: [&str; 10] = [
    "GET /healthz",
    "GET /readyz",
    "GET /.backstage/health/v1/liveness",
    "GET /.backstage/health/v1/readiness",
    "GET /sign-in",
    "GET /api/identity/sign-in-options",
    "POST /api/identity/sign-in-as-guest",
    "POST /api/identity/sign-out",
    "POST /api/identity/settings",
    // It is believed by its signature.
    "POST /api/events/http/github",
];

/// Everything besides that needs a person where everybody may read.
const FOR_PEOPLE: [&str; 6] = [
    "POST /api/identity/star",
    "DELETE /api/catalog/entities/by-uid/{uid}",
    "POST /api/catalog/refresh",
    "POST /api/catalog/locations",
    "PUT /api/catalog/locations/{id}",
    "DELETE /api/catalog/locations/{id}",
];

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

fn names<'n>(routes: impl IntoIterator<Item = &'n str>) -> BTreeSet<String> {
    routes.into_iter().map(str::to_owned).collect()
}

/// An address of the route: `/catalog/{namespace}` becomes `/catalog/x`.
fn address(path: &str) -> String {
    let segments = path.split('/');
    let filled = segments.map(|part| if part.starts_with('{') { "x" } else { part });
    filled.collect::<Vec<_>>().join("/")
}

async fn ask(portal: &TestPortal, route: &Route, cookies: &str, accept: &'static str) -> Answer {
    let mut request = request(route.method.clone(), &address(&route.path), cookies, "");
    let accept = HeaderValue::from_static(accept);
    request.headers_mut().insert(header::ACCEPT, accept);
    portal.start_to_answer(request).await
}

fn is_sent_to_sign_in(answer: &Answer) -> bool {
    let target = answer.header(header::LOCATION).unwrap_or_default();
    answer.status == StatusCode::SEE_OTHER
        && (target == "/sign-in" || target.starts_with("/sign-in?next="))
}

/// The routes that a portal does not refuse. Programs and browsers are refused the same.
async fn answered(kind: Kind, cookies: &str) -> (TestPortal, BTreeSet<String>) {
    let portal = TestPortal::start(kind).await;
    let mut answered = BTreeSet::new();
    for route in &portal.routes {
        let program = ask(&portal, route, cookies, "*/*").await;
        let browser = ask(&portal, route, cookies, "text/html").await;
        let refused = program.status == StatusCode::UNAUTHORIZED;
        let browser_is_refused = if route.is_api {
            browser.status == StatusCode::UNAUTHORIZED
        } else {
            is_sent_to_sign_in(&browser)
        };
        assert_eq!(refused, browser_is_refused, "{route:?}: {browser:?}");
        if !refused {
            answered.insert(name(route));
        }
    }
    (portal, answered)
}

#[tokio::test]
async fn every_page_and_every_server_function_is_in_the_table() {
    let portal = TestPortal::start(CLOSED).await;
    let listed: BTreeSet<String> = portal.routes.iter().map(name).collect();
    assert_eq!(listed.len(), portal.routes.len(), "each once");
    assert!(page_paths().count() > 5);
    for path in page_paths() {
        assert!(listed.contains(&format!("GET {path}")), "{path}");
    }
    assert!(server_fn_paths().count() > 10);
    for (path, method) in server_fn_paths() {
        assert!(listed.contains(&format!("{method} {path}")), "{path}");
    }
}

#[tokio::test]
async fn a_closed_portal_answers_nobody_who_has_not_signed_in() {
    let nonsense = format!("perilune_session={}", "0".repeat(64));
    for cookies in ["", nonsense.as_str()] {
        let (_, answered) = answered(CLOSED, cookies).await;
        assert_eq!(answered, names(FOR_ANYBODY));
    }
}

#[tokio::test]
async fn open_reading_opens_nothing_but_reading() {
    let (portal, answered) = answered(OPEN, "").await;
    let all: BTreeSet<String> = portal.routes.iter().map(name).collect();
    let refused: BTreeSet<String> = all.difference(&answered).cloned().collect();
    assert_eq!(refused, names(FOR_PEOPLE));
}

#[tokio::test]
async fn whoever_signs_in_is_let_in() {
    let portal = TestPortal::start(CLOSED).await;
    for route in &portal.routes {
        let ann = portal.sign_in("ann").await;
        let answer = ask(&portal, route, &ann, "text/html").await;
        assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{route:?}");
        assert!(!is_sent_to_sign_in(&answer), "{route:?}");
    }
}

#[tokio::test]
async fn signing_in_comes_back_to_the_page_that_was_asked_for() {
    let portal = TestPortal::start(CLOSED).await;
    let page = Route {
        path: "/catalog?filters[kind]=api".to_owned(),
        ..portal.routes[0].clone()
    };
    let answer = ask(&portal, &page, "", "text/html").await;
    let target = answer.header(header::LOCATION);
    assert_eq!(
        target,
        Some("/sign-in?next=%2Fcatalog%3Ffilters%5Bkind%5D%3Dapi")
    );

    let mut star = request(Method::POST, "/api/identity/star", "", "");
    let headers = star.headers_mut();
    headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
    let page = HeaderValue::from_static("http://portal.example/catalog?a=b");
    headers.insert(header::REFERER, page);
    let answer = portal.ask(star).await;
    let target = answer.header(header::LOCATION);
    assert_eq!(target, Some("/sign-in?next=%2Fcatalog%3Fa%3Db"));
}

#[tokio::test]
async fn a_stranger_is_told_nothing_of_a_closed_catalog() {
    let portal = TestPortal::start(CLOSED).await;
    for path in ["/sign-in", "/no/such/page"] {
        let boot = portal.get(path, "").await.boot();
        assert_eq!((boot.problems, boot.seq), (0, 0), "{path}");
        assert!(!boot.can_read, "{path}");
    }
    let ann = portal.sign_in("ann").await;
    let boot = portal.get("/settings", &ann).await.boot();
    assert_eq!((boot.problems, boot.can_read), (1, true));
}

/// The table is worth something only while nothing is registered beside it.
#[test]
fn routes_are_registered_in_the_table_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let sources = sources(&root).into_iter();
    for file in sources.filter(|file| !file.ends_with("tests.rs")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let file = file.strip_prefix(&root).unwrap().display();
        for call in [
            "Router::new(",
            ".route(",
            ".route_service(",
            ".nest(",
            "fallback",
        ] {
            found.extend(text.contains(call).then(|| format!("{file} has {call}")));
        }
    }
    found.sort();
    let expected = [
        // What answers where no route does: that there is no place, or the site's files.
        "http/overload.rs has Router::new(",
        "http/overload.rs has fallback",
        "http/portal.rs has fallback",
        "http/site.rs has Router::new(",
        "http/site.rs has fallback",
        "http/table.rs has .route(",
    ];
    assert_eq!(found, expected);
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
