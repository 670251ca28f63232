//! An organisation on GitHub as a source: found, followed, and kept when GitHub is not there.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use model::catalog::EntityRef;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::portal::{OPEN, PATIENCE, TestPortal};
use crate::rest_actions::{ask, json_of};
use crate::stand_in::GitHub;

/// A pushed change is to be seen within this time.
const SEEN_WITHIN: Duration = Duration::from_secs(2);

fn component(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\n\
         spec: {{type: service, lifecycle: production, owner: crew}}\n"
    )
}

fn repository(name: &str, more: &Value) -> Value {
    let file = component(name.split('/').next_back().unwrap());
    let mut repository = json!({"full_name": name, "files": {"catalog-info.yaml": file}});
    let own = repository.as_object_mut().unwrap();
    own.extend(more.as_object().cloned().unwrap_or_default());
    repository
}

fn world() -> Value {
    json!({
        "users": [{"login": "ann", "name": "Ann Arbor", "email": "ann@acme.example"}],
        "organizations": [{
            "login": "acme",
            "members": ["ann", "una", "bo"],
            "teams": [{"name": "Platform"}, {"name": "Core", "parent": "platform", "members": ["una"]}],
        }, {"login": "other"}],
        "repositories": [
            repository("acme/one", &json!({"topics": ["catalog"]})),
            repository("acme/two", &json!({"topics": ["catalog"], "private": true})),
            repository("acme/old", &json!({"topics": ["catalog"], "archived": true})),
            repository("acme/plain", &json!({})),
            repository("other/secret", &json!({"private": true})),
            {"full_name": "acme/bare", "topics": ["catalog"], "files": {"README.md": "nothing"}},
        ],
        "tokens": [{"token": "anns-token", "login": "ann"}],
    })
}

/// A portal whose configuration knows this GitHub, and nothing else of the world.
async fn portal(github: &GitHub, catalog: &str) -> TestPortal {
    let (host, address) = (github.host(), &github.address);
    let more = format!(
        "integrations:
  github: [{{host: '{host}', apiBaseUrl: '{address}', token: anns-token}}]
events: {{modules: {{github: {{webhookSecret: swordfish}}}}}}
catalog:
  processingInterval: false
  providers:
    {}",
        catalog.replace("HOST", host)
    );
    TestPortal::start_with(OPEN, &more).await
}

const TOPIC: &str =
    "github: {acme: {host: 'HOST', organization: acme, filters: {topic: {include: [catalog]}}}}";

async fn until(portal: &TestPortal, seen: impl Fn(&dyn Fn(&str) -> bool) -> bool) {
    let mut changes = portal.catalog.subscribe();
    loop {
        let snapshot = portal.catalog.snapshot();
        let has = |text: &str| snapshot.get(&EntityRef::parse(text).unwrap()).is_some();
        if seen(&has) {
            return;
        }
        let change = timeout(PATIENCE, changes.recv()).await;
        change.expect("something happens").unwrap();
    }
}

/// Hands a webhook over as GitHub would.
async fn deliver(portal: &TestPortal, github: &GitHub, mut about: Value) {
    about["secret"] = json!("swordfish");
    let sent = github.webhook(about).await;
    let mut request = Request::post("/api/events/http/github").header("host", "portal.example");
    for (name, value) in sent["headers"].as_object().unwrap() {
        request = request.header(name, value.as_str().unwrap());
    }
    let body = sent["body"].as_str().expect("the body as it was signed");
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let answer = portal.ask(request).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
}

async fn requests(github: &GitHub) -> (u64, u64) {
    let counted = github.control(Method::GET, "/counters", Value::Null).await;
    let number = |key: &str| counted[key].as_u64().unwrap();
    (number("total"), number("not_modified"))
}

#[tokio::test]
async fn an_organisation_is_found_and_a_push_is_seen_at_once() {
    let github = GitHub::start(world()).await;
    let portal = portal(&github, TOPIC).await;
    until(&portal, |has| {
        has("component:default/one") && has("component:default/two")
    })
    .await;
    let snapshot = portal.catalog.snapshot();
    for absent in ["old", "plain", "secret"] {
        let absent = EntityRef::parse(&format!("component:default/{absent}")).unwrap();
        assert!(snapshot.get(&absent).is_none(), "{absent}");
    }
    assert!(
        snapshot
            .problems()
            .iter()
            .all(|problem| !problem.location.contains("acme"))
    );

    let changed = format!("{}---\n{}", component("one"), component("three"));
    let sha = github
        .commit("acme/one", "catalog-info.yaml", &changed)
        .await;
    let pushed = Instant::now();
    deliver(
        &portal,
        &github,
        json!({"event": "push", "repository": "acme/one"}),
    )
    .await;
    until(&portal, |has| has("component:default/three")).await;
    assert!(pushed.elapsed() < SEEN_WITHIN, "{:?}", pushed.elapsed());
    let three = EntityRef::parse("component:default/three").unwrap();
    let history = portal.catalog.history(&three, i64::MAX, 1).await.unwrap();
    let revision = &history[0];
    assert_eq!(
        (revision.commit.as_deref(), revision.author.as_deref()),
        (Some(&*sha), Some("ann"))
    );
    let own = json_of(
        &ask(
            &portal,
            "GET",
            "/entities/by-name/component/default/three",
            Value::Null,
        )
        .await,
    );
    let annotations = &own["metadata"]["annotations"];
    let edit = github
        .file("acme/one", "catalog-info.yaml")
        .replace("/blob/", "/edit/");
    assert_eq!(annotations["backstage.io/edit-url"], edit);

    // What has not changed costs nothing of the limit.
    let (total, unchanged) = requests(&github).await;
    portal.catalog.refresh_now().await;
    let (again, not_modified) = requests(&github).await;
    assert!(again > total);
    assert!(
        not_modified - unchanged >= 2,
        "{total} {unchanged} {again} {not_modified}"
    );
    github.has_answered_as_github_does().await;
}

#[tokio::test]
async fn repositories_come_and_go_with_their_webhooks() {
    let github = GitHub::start(world()).await;
    let portal = portal(&github, TOPIC).await;
    until(&portal, |has| {
        has("component:default/one") && has("component:default/two")
    })
    .await;
    let new = json!({"topics": ["catalog"], "files": {"catalog-info.yaml": component("new")}});
    github
        .control(Method::PUT, "/repositories/acme/new", new)
        .await;
    let created = json!({"event": "repository", "action": "created", "repository": "acme/new"});
    deliver(&portal, &github, created).await;
    until(&portal, |has| has("component:default/new")).await;
    github
        .control(
            Method::PUT,
            "/repositories/acme/one",
            json!({"archived": true}),
        )
        .await;
    let archived = json!({"event": "repository", "action": "archived", "repository": "acme/one"});
    deliver(&portal, &github, archived).await;
    until(&portal, |has| {
        !has("component:default/one") && has("component:default/two")
    })
    .await;
    github.has_answered_as_github_does().await;
}

#[tokio::test]
async fn what_was_good_stays_when_github_is_tired_or_away() {
    let github = GitHub::start(world()).await;
    let portal = portal(&github, TOPIC).await;
    until(&portal, |has| {
        has("component:default/one") && has("component:default/two")
    })
    .await;
    let kept = || {
        let snapshot = portal.catalog.snapshot();
        let found = snapshot
            .problems()
            .iter()
            .find(|problem| problem.location.contains("acme/one"));
        let has = |name: &str| snapshot.get(&EntityRef::parse(name).unwrap()).is_some();
        assert!(has("component:default/one") && has("component:default/two"));
        found
            .map(|problem| problem.message.clone())
            .unwrap_or_default()
    };
    let modes = [
        (
            json!({"path": "/repos/*", "status": 500}),
            "answers with status 500",
        ),
        (
            json!({"path": "/repos/*", "drop": true}),
            "cannot be reached",
        ),
        (
            json!({"path": "/repos/*", "limit": "secondary", "retry_after": 1, "status": 403}),
            "no more requests until",
        ),
        (
            json!({"path": "/repos/*", "limit": "primary", "reset_in": 2}),
            "no more requests until",
        ),
    ];
    for (mode, expected) in modes {
        github.control(Method::POST, "/modes", mode).await;
        portal.catalog.refresh_now().await;
        let found = kept();
        assert!(found.contains(expected), "{found}; expected {expected}");
        github.control(Method::DELETE, "/modes", Value::Null).await;
        // A limit ends by itself; for the others somebody asks.
        let ends = timeout(PATIENCE, async {
            while !kept().is_empty() {
                portal.catalog.refresh_now().await;
            }
        });
        ends.await.expect("it is read again");
    }
    github.has_answered_as_github_does().await;
}

#[tokio::test]
async fn teams_and_members_become_groups_and_users() {
    let github = GitHub::start(world()).await;
    let org = "githubOrg: {id: acme, githubUrl: 'https://HOST', orgs: [acme]}";
    let portal = portal(&github, org).await;
    until(&portal, |has| {
        has("user:default/bo") && has("group:default/core")
    })
    .await;
    let get = |path: &'static str| ask(&portal, "GET", path, Value::Null);
    let core = json_of(&get("/entities/by-name/group/default/core").await);
    assert_eq!(core["spec"]["parent"], "platform");
    let member = json!({"type": "hasMember", "targetRef": "user:default/una"});
    assert!(core["relations"].as_array().unwrap().contains(&member));
    let team = json!({"name": "Core", "members": ["una", "eve"]});
    github
        .control(Method::PUT, "/organizations/acme/members/eve", json!({}))
        .await;
    github
        .control(Method::PUT, "/organizations/acme/teams/core", team)
        .await;
    let joined = json!({
        "event": "membership", "action": "added", "organization": "acme", "team": "core",
        "member": "eve",
    });
    deliver(&portal, &github, joined).await;
    until(&portal, |has| has("user:default/eve")).await;
    github.has_answered_as_github_does().await;
}

#[tokio::test]
async fn only_what_the_configuration_names_can_be_registered() {
    let github = GitHub::start(world()).await;
    let portal = portal(&github, TOPIC).await;
    let register = |target: String| {
        let body = json!({"type": "url", "target": target});
        ask(&portal, "POST", "/locations?dryRun=true", body)
    };
    let secret = register(github.file("other/secret", "catalog-info.yaml")).await;
    assert_eq!(secret.status, StatusCode::BAD_REQUEST);
    assert!(
        secret.text.contains("not among the places"),
        "{}",
        secret.text
    );
    let plain = register(github.file("acme/plain", "catalog-info.yaml")).await;
    assert_eq!(plain.status, StatusCode::CREATED, "{}", plain.text);
    let pattern = register(github.file("acme/plain", "**/catalog-*.yaml")).await;
    assert_eq!(
        json_of(&pattern)["entities"].as_array().unwrap().len(),
        2,
        "{}",
        pattern.text
    );
    let asked = github.control(Method::GET, "/requests", Value::Null).await;
    assert!(
        !asked.to_string().contains("other/secret"),
        "nothing was asked about it"
    );

    let at = |repository: &str| {
        let target = format!("https://{}/{repository}", github.host());
        json!({"location": {"type": "url", "target": target}})
    };
    let known = ask(&portal, "POST", "/analyze-location", at("acme/plain")).await;
    let known = json_of(&known);
    assert_eq!(
        known["existingEntityFiles"][0]["entity"]["metadata"]["name"],
        "plain"
    );
    assert_eq!(known["existingEntityFiles"][0]["isRegistered"], false);
    let bare = json_of(&ask(&portal, "POST", "/analyze-location", at("acme/bare")).await);
    assert_eq!(
        bare["generateEntities"][0]["entity"]["metadata"]["name"],
        "bare"
    );
    github.has_answered_as_github_does().await;
}

#[tokio::test]
async fn an_app_reads_what_its_installation_may() {
    let mut world = world();
    world["installations"] = json!([{"organization": "acme"}]);
    let github = GitHub::start(world).await;
    let app = github.control(Method::GET, "/app", Value::Null).await;
    let key = app["private_key"]
        .as_str()
        .unwrap()
        .replace('\n', "\n          ");
    let (host, address) = (github.host(), &github.address);
    let more = format!(
        "integrations:
  github:
  - host: '{host}'
    apiBaseUrl: '{address}/api/v3'
    apps:
    - appId: {}
      privateKey: |
          {key}
catalog: {{providers: {{github: {{host: '{host}', organization: acme}}}}}}
",
        app["id"]
    );
    let portal = TestPortal::start_with(OPEN, &more).await;
    until(&portal, |has| has("component:default/two")).await;
    let asked = github.control(Method::GET, "/counters", Value::Null).await;
    assert!(asked.to_string().contains("installation"), "{asked}");
    github.has_answered_as_github_does().await;
}
