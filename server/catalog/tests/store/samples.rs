//! What the tests put into the catalog.

use catalog::store::{Batch, OriginProblems, Put, StoredProblem};
use db::audit::Cause;
use model::catalog::{EntityRef, Severity};

pub(crate) const ORIGIN: &str = "file:/catalog/all.yaml";

pub(crate) fn entity(text: &str) -> EntityRef {
    EntityRef::parse(text).unwrap()
}

/// At `second` past noon.
pub(crate) fn at(second: u32) -> Cause {
    let time = format!("2026-01-31T12:00:{second:02}.250Z");
    Cause::new("system:ingestion", time.parse().unwrap()).from(ORIGIN)
}

/// The entity in its `version`, which decides body and etag.
pub(crate) fn put(name: &str, version: u32) -> Put {
    Put {
        entity_ref: entity(name),
        uid: None,
        body: format!(r#"{{"z":{version},"a":"{name}"}}"#).into(),
        etag: format!("v{version}").into(),
        location: "file:/catalog/one.yaml".into(),
        origin: ORIGIN.into(),
        line: Some(7),
        commit: Some("c0ffee".to_owned()),
        author: Some("Ann".to_owned()),
    }
}

pub(crate) fn puts(puts: impl IntoIterator<Item = Put>) -> Batch {
    Batch {
        puts: puts.into_iter().collect(),
        ..Batch::default()
    }
}

pub(crate) fn problem(origin: &str, message: &str) -> StoredProblem {
    StoredProblem {
        origin: origin.to_owned(),
        location: "file:/catalog/one.yaml".into(),
        line: Some(3),
        column: None,
        entity_ref: Some(entity("component:default/a")),
        severity: Severity::Error,
        code: "duplicate".to_owned(),
        message: message.to_owned(),
        expected: Some("one entity of that name".to_owned()),
    }
}

pub(crate) fn problems_of(origin: &str, messages: &[&str]) -> Batch {
    Batch {
        problems: vec![OriginProblems {
            origin: origin.to_owned(),
            problems: messages.iter().map(|m| problem(origin, m)).collect(),
        }],
        ..Batch::default()
    }
}
