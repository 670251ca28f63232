//! Locations that are registered through the interface, on a site over real HTTP.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::portal::{Answer, CLOSED, OPEN, PATIENCE, TestPortal};
use crate::rest_actions::{ask, json_of};
use crate::site::{Page, Site};

fn component(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\n\
         spec: {{type: service, lifecycle: production, owner: crew}}\n"
    )
}

fn location(targets: &[&str]) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{name: all}}\n\
         spec: {{targets: {}}}\n",
        json!(targets)
    )
}

async fn start() -> (Site, TestPortal) {
    let site = Site::start().await;
    let portal = TestPortal::start_with(OPEN, &site.allowed()).await;
    (site, portal)
}

async fn register(portal: &TestPortal, target: &str, query: &str) -> Answer {
    let body = json!({"type": "url", "target": target});
    ask(portal, "POST", &format!("/locations{query}"), body).await
}

/// Waits until entities are there, or gone.
async fn until(portal: &TestPortal, names: &[&str], is_there: bool) {
    let mut changes = portal.catalog.subscribe();
    let all = || {
        let snapshot = portal.catalog.snapshot();
        names.iter().all(|name| {
            let wanted = format!("component:default/{name}").parse().unwrap();
            snapshot.get(&wanted).is_some() == is_there
        })
    };
    while !all() {
        let change = timeout(PATIENCE, changes.recv()).await;
        change.expect("something happens").unwrap();
    }
}

#[tokio::test]
async fn a_registered_location_brings_its_entities_and_takes_them_along() {
    let (site, portal) = start().await;
    site.put("/c/b.yaml", component("b"));
    let target = site.put(
        "/c/all.yaml",
        [location(&["./b.yaml"]), component("a")].join("---\n"),
    );
    let answer = register(&portal, &target, "").await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let added = json_of(&answer)["location"].clone();
    assert_eq!(json_of(&answer)["entities"], json!([]));
    assert_eq!(
        (&added["type"], &added["target"]),
        (&json!("url"), &json!(target))
    );
    until(&portal, &["a", "b"], true).await;

    let id = added["id"].as_str().unwrap();
    let one = ask(&portal, "GET", &format!("/locations/{id}"), Value::Null).await;
    assert_eq!(json_of(&one), added);
    let all = ask(&portal, "GET", "/locations", Value::Null).await;
    assert_eq!(json_of(&all), json!([{ "data": added }]));
    for name in ["a", "b"] {
        let path = format!("/locations/by-entity/component/default/{name}");
        let own = ask(&portal, "GET", &path, Value::Null).await;
        assert_eq!(json_of(&own), added, "{name}");
    }
    let configured = ask(
        &portal,
        "GET",
        "/locations/by-entity/component/default/alpha",
        Value::Null,
    );
    assert_eq!(configured.await.status, StatusCode::NOT_FOUND);
    let ancestry = "/entities/by-name/component/default/b/ancestry";
    let ancestry = json_of(&ask(&portal, "GET", ancestry, Value::Null).await);
    let ancestry: Vec<_> = ancestry["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["entity"]["metadata"]["name"].clone())
        .collect();
    assert_eq!(ancestry.len(), 3, "{ancestry:?}");

    let again = register(&portal, &target, "").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let again = register(&portal, &target, "?onConflict=refresh").await;
    assert_eq!(again.status, StatusCode::CREATED, "{}", again.text);
    assert_eq!(json_of(&again)["location"], added);

    let ended = ask(&portal, "DELETE", &format!("/locations/{id}"), Value::Null).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    until(&portal, &["a", "b"], false).await;
    let ended = ask(&portal, "DELETE", &format!("/locations/{id}"), Value::Null).await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_location_that_moves_keeps_its_id() {
    let (site, portal) = start().await;
    let (one, two) = (
        site.put("/a.yaml", component("a")),
        site.put("/b.yaml", component("b")),
    );
    let added = json_of(&register(&portal, &one, "").await)["location"].clone();
    until(&portal, &["a"], true).await;
    let path = format!("/locations/{}", added["id"].as_str().unwrap());
    let moved = ask(&portal, "PUT", &path, json!({"type": "url", "target": two})).await;
    assert_eq!(moved.status, StatusCode::OK, "{}", moved.text);
    assert_eq!(json_of(&moved)["id"], added["id"]);
    until(&portal, &["b"], true).await;
    until(&portal, &["a"], false).await;
    register(&portal, &one, "").await;
    let taken = ask(&portal, "PUT", &path, json!({"type": "url", "target": one})).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    let unknown = ask(
        &portal,
        "PUT",
        "/locations/none",
        json!({"type": "url", "target": one}),
    )
    .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_dry_run_says_what_would_come_and_keeps_nothing() {
    let (site, portal) = start().await;
    site.put("/b.yaml", component("b"));
    let target = site.put(
        "/all.yaml",
        [location(&["b.yaml"]), component("a")].join("---\n"),
    );
    let answer = register(&portal, &target, "?dryRun=true").await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let answer = json_of(&answer);
    assert_eq!(answer["exists"], false);
    assert_eq!(answer["location"]["id"], format!("url:{target}"));
    let names: Vec<_> = answer["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| own["metadata"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names[1..], ["all", "a", "b"]);
    assert!(answer["entities"][2]["metadata"].get("uid").is_none());
    assert_eq!(
        json_of(&ask(&portal, "GET", "/locations", Value::Null).await),
        json!([])
    );

    site.put("/b.yaml", "kind: Component\n");
    let broken = register(&portal, &target, "?dryRun=1").await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert!(broken.text.contains("/b.yaml"), "{}", broken.text);
    let nowhere = register(&portal, &format!("{}/nowhere", site.address), "?dryRun=yes").await;
    assert_eq!(nowhere.status, StatusCode::BAD_REQUEST, "{}", nowhere.text);
}

#[tokio::test]
async fn what_may_not_or_cannot_be_read_is_said() {
    let (site, portal) = start().await;
    let around = site.page("/around", Page::Redirect("/around".to_owned()));
    let out = site.page("/out", Page::Redirect("http://127.0.0.1:1/x".to_owned()));
    let endless = site.page("/endless", Page::Endless);
    let cases = [
        (around.as_str(), "leads on and on"),
        (&out, "127.0.0.1:1/x is not among the places"),
        (&endless, "more than 16777216 bytes"),
        (
            "https://github.com/acme/svc/blob/main/a.yaml",
            "github.com/acme/svc is not among",
        ),
        ("not a url", "no address"),
        ("https://user:pw@example.com/a.yaml", "not an address"),
    ];
    for (target, expected) in cases {
        let answer = register(&portal, target, "?dryRun=true").await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{target}: {}",
            answer.text
        );
        assert!(answer.text.contains(expected), "{target}: {}", answer.text);
    }
    let file = json!({"type": "file", "target": "/etc/passwd"});
    let file = ask(&portal, "POST", "/locations", file).await;
    assert_eq!(file.status, StatusCode::BAD_REQUEST);
    let more = json!({"type": "url", "target": site.address, "more": 1});
    let more = ask(&portal, "POST", "/locations", more).await;
    assert_eq!(more.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_refresh_reads_the_sources_again_and_a_failure_keeps_what_was_good() {
    let (site, portal) = start().await;
    let target = site.put("/a.yaml", component("a"));
    register(&portal, &target, "").await;
    until(&portal, &["a"], true).await;
    site.put("/a.yaml", [component("a"), component("b")].join("---\n"));
    let refreshed = json!({"entityRef": "component:default/a"});
    let refreshed = ask(&portal, "POST", "/refresh", refreshed).await;
    assert_eq!(refreshed.status, StatusCode::OK, "{}", refreshed.text);
    until(&portal, &["a", "b"], true).await;
    site.remove("/a.yaml");
    portal.catalog.refresh_now().await;
    until(&portal, &["a", "b"], true).await;
    let problems = portal.catalog.snapshot().problems().to_vec();
    let found = problems
        .iter()
        .find(|problem| problem.origin == format!("url:{target}"));
    let message = &found.unwrap().message;
    assert!(
        message.contains("no such file") && message.contains("stays"),
        "{message}"
    );
    site.put("/a.yaml", component("b"));
    portal.catalog.refresh_now().await;
    until(&portal, &["a"], false).await;
    let (texts, unchanged) = *site.answered.lock().unwrap();
    portal.catalog.refresh_now().await;
    assert_eq!(*site.answered.lock().unwrap(), (texts, unchanged + 1));
}

#[tokio::test]
async fn locations_are_found_by_what_they_have() {
    let (site, portal) = start().await;
    for name in ["a", "b", "c"] {
        let target = site.put(&format!("/{name}.yaml"), component(name));
        register(&portal, &target, "").await;
    }
    let ask_for = |body: Value| ask(&portal, "POST", "/locations/by-query", body);
    let page = json_of(&ask_for(json!({"limit": 2})).await);
    assert_eq!(
        (page["items"].as_array().unwrap().len(), &page["totalItems"]),
        (2, &json!(3))
    );
    let cursor = &page["pageInfo"]["nextCursor"];
    let rest = json_of(&ask_for(json!({"limit": 2, "cursor": cursor})).await);
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!(rest["pageInfo"], json!({}));
    let target = format!("{}/B.yaml", site.address);
    let one = json_of(&ask_for(json!({"query": {"target": target}})).await);
    assert_eq!(one["totalItems"], 1);
    let wrong = ask_for(json!({"query": {"kind": "x"}})).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let wrong = ask_for(json!({"cursor": "x"})).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nobody_registers_where_the_configuration_says_so_or_without_a_name() {
    let site = Site::start().await;
    let more = format!("{}catalog: {{readonly: true}}\n", site.allowed());
    let portal = TestPortal::start_with(OPEN, &more).await;
    let target = site.put("/a.yaml", component("a"));
    let refused = register(&portal, &target, "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    assert_eq!(json_of(&refused)["error"]["name"], "NotAllowedError");
    let portal = TestPortal::start(CLOSED).await;
    let anonymous = portal.post("/api/catalog/locations", "", "").await;
    assert_eq!(anonymous.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_repository_that_says_nothing_gets_a_proposal() {
    let (site, portal) = start().await;
    let at = |target: &str| json!({"location": {"type": "url", "target": target}});
    let address = format!("{}/x/My Service!", site.address);
    let answer = ask(&portal, "POST", "/analyze-location", at(&address)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = json_of(&answer);
    assert_eq!(answer["existingEntityFiles"], json!([]));
    assert_eq!(
        answer["generateEntities"][0]["entity"]["metadata"]["name"],
        "My-20Service"
    );
    for wrong in [at("x"), json!({}), json!({"location": 1})] {
        let refused = ask(&portal, "POST", "/analyze-location", wrong).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    }
}
