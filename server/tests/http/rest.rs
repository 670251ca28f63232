//! The REST interface, against recorded answers of the one whose clients it serves.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::portal::{Answer, DATASET, OPEN, TestPortal};

const RECORDED: &str =
    include_str!("../../../app/model/tests/vectors/catalog/expected-responses.json");

async fn ask(portal: &TestPortal, method: &str, path: &str, body: &Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/catalog{}", path.replace('"', "%22")))
        .header(header::HOST, "portal.example")
        .header(header::CONTENT_TYPE, "application/json");
    let body = if body.is_null() {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    portal.ask(request.body(body).unwrap()).await
}

/// `Kind:namespace/name` of an entity; what else there is, as it is.
fn name(item: &Value) -> Value {
    let text = |pointer: &str| item.pointer(pointer).and_then(Value::as_str);
    match (text("/kind"), text("/metadata/name")) {
        (Some(kind), Some(name)) => {
            let namespace = text("/metadata/namespace").unwrap_or("default");
            json!(format!("{kind}:{namespace}/{name}"))
        }
        _ => item.clone(),
    }
}

/// By name where the recorded ones are names, whole where they are.
fn items(answer: &Value, wanted: &[Value]) -> Vec<Value> {
    let list = answer.get("items").unwrap_or(answer).as_array().unwrap();
    if wanted.iter().any(Value::is_object) {
        return list.clone();
    }
    list.iter().map(name).collect()
}

/// A generated Location is named after the hash of its path, which differs from machine to
/// machine.
fn unhashed(items: &[Value]) -> Vec<String> {
    let text = |item: &Value| match item.to_string().split_once("generated-") {
        Some((before, _)) => format!("{before}generated"),
        None => item.to_string(),
    };
    items.iter().map(text).collect()
}

fn sorted(items: &[Value]) -> BTreeSet<String> {
    unhashed(items).into_iter().collect()
}

/// Among equals the recorded order is that of uids, which are drawn at random.
fn has_ties(path: &str) -> bool {
    path.contains("orderField=spec.lifecycle")
}

/// What differs from the recorded answer; nothing, if all is well.
fn difference(recorded: &Value, answer: &Answer) -> Option<String> {
    let status = recorded["status"].as_u64().unwrap();
    if u64::from(answer.status.as_u16()) != status {
        return Some(format!("status {} {}", answer.status, answer.text));
    }
    let got: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    if let Some(error) = recorded.get("error") {
        let same = got["error"]["name"] == error["name"]
            && got["response"]["statusCode"] == recorded["status"];
        return (!same).then(|| format!("error {got}"));
    }
    if let Some(json) = recorded.get("json") {
        return (got != *json).then(|| format!("json {got}"));
    }
    if let Some(wanted) = recorded.get("ref") {
        return (name(&got) != *wanted).then(|| format!("ref {got}"));
    }
    let wanted = recorded["items"].as_array().unwrap();
    let found = items(&got, wanted);
    let same = match recorded["ordered"].as_bool() {
        Some(true) if !has_ties(recorded["path"].as_str().unwrap()) => {
            unhashed(wanted) == unhashed(&found)
        }
        _ => wanted.len() == found.len() && sorted(wanted) == sorted(&found),
    };
    if !same && !is_about_the_file(wanted) {
        return Some(format!("items {found:?}"));
    }
    for key in ["totalItems"] {
        if recorded.get(key).is_some_and(|wanted| *wanted != got[key]) {
            return Some(format!("{key} {}", got[key]));
        }
    }
    if let Some(keys) = recorded.get("pageInfoKeys") {
        let found: Vec<&String> = got["pageInfo"].as_object().unwrap().keys().collect();
        if *keys != json!(found) {
            return Some(format!("pageInfo {found:?}"));
        }
    }
    let link = answer
        .headers
        .get(header::LINK)
        .map(|link| link.to_str().unwrap());
    (recorded.get("link").and_then(Value::as_str) != link).then(|| format!("link {link:?}"))
}

/// Recorded answers name the file that the data set was read from; ours is another.
fn is_about_the_file(items: &[Value]) -> bool {
    items
        .iter()
        .any(|item| item.to_string().contains("DATASET"))
}

#[tokio::test]
async fn every_recorded_request_is_answered_as_it_was() {
    let portal = TestPortal::start(DATASET).await;
    let recorded: Value = serde_json::from_str(RECORDED).unwrap();
    let mut wrong = Vec::new();
    for request in recorded["requests"].as_array().unwrap() {
        let (method, path) = (
            request["method"].as_str().unwrap(),
            request["path"].as_str().unwrap(),
        );
        let answer = ask(&portal, method, path, &request["body"]).await;
        if let Some(difference) = difference(request, &answer) {
            wrong.push(format!("{method} {path} {}: {difference}", request["body"]));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn cursors_lead_to_the_end_and_back() {
    let portal = TestPortal::start(DATASET).await;
    let recorded: Value = serde_json::from_str(RECORDED).unwrap();
    for walk in recorded["cursorWalks"].as_array().unwrap() {
        let (query, limit) = (walk["query"].as_str().unwrap(), &walk["limit"]);
        let mut path = format!("/entities/by-query?{query}&limit={limit}");
        for (way, next) in [("forward", "nextCursor"), ("backward", "prevCursor")] {
            for page in walk[way].as_array().unwrap() {
                let answer = ask(&portal, "GET", &path, &Value::Null).await;
                assert_eq!(answer.status, StatusCode::OK, "{path} {}", answer.text);
                let got: Value = serde_json::from_str(&answer.text).unwrap();
                let wanted = page["items"].as_array().unwrap();
                assert_eq!(
                    unhashed(&items(&got, wanted)),
                    unhashed(wanted),
                    "{way} {query}"
                );
                assert_eq!(got["totalItems"], page["totalItems"], "{way} {query}");
                let keys: Vec<&String> = got["pageInfo"].as_object().unwrap().keys().collect();
                assert_eq!(json!(keys), page["keys"], "{way} {query}");
                let cursor = got["pageInfo"][next].as_str();
                let cursor = cursor.or_else(|| got["pageInfo"]["prevCursor"].as_str());
                let cursor = cursor
                    .unwrap_or_default()
                    .replace('+', "%2B")
                    .replace('=', "%3D");
                path = format!("/entities/by-query?cursor={cursor}&limit={limit}");
            }
        }
    }
}

#[tokio::test]
async fn an_error_names_the_request_below_the_mount() {
    let portal = TestPortal::start(OPEN).await;
    let answer = ask(&portal, "GET", "/entities?bogus=1", &Value::Null).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let error: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(
        error,
        json!({
            "error": {"name": "InputError", "message": "Unknown query parameter 'bogus'"},
            "request": {"method": "GET", "url": "/entities?bogus=1"},
            "response": {"statusCode": 400},
        })
    );
}
