//! Entities as they are stored, read and served.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use model::catalog::entity::etag_of;
use model::catalog::relations::{Declared, declared};
use model::catalog::{
    Entity, EntityRef, EntityView, JsonPath, Problem, Relation, RelationType, Status,
    with_relations,
};
use serde_json::{Value, json};

fn entity_ref(text: &str) -> EntityRef {
    EntityRef::parse(text).unwrap()
}

fn relation(kind: RelationType, target: &str) -> Relation {
    Relation {
        kind,
        target: entity_ref(target),
    }
}

#[test]
fn relations_are_put_in_sorted_and_once() {
    let relations = [
        relation(RelationType::PartOf, "system:s"),
        relation(RelationType::OwnedBy, "group:b"),
        relation(RelationType::OwnedBy, "group:a"),
        relation(RelationType::OwnedBy, "group:b"),
    ];
    assert_eq!(
        with_relations(r#"{"kind":"X"}"#, &relations, None),
        "{\"kind\":\"X\",\"relations\":[\
         {\"type\":\"ownedBy\",\"targetRef\":\"group:default/a\"},\
         {\"type\":\"ownedBy\",\"targetRef\":\"group:default/b\"},\
         {\"type\":\"partOf\",\"targetRef\":\"system:default/s\"}]}"
    );
    assert_eq!(with_relations("{}", &[], None), r#"{"relations":[]}"#);
}

#[test]
fn status_says_why_the_newest_source_was_refused() {
    let problem = Problem::error(JsonPath::of(["spec"]), "owner is missing", "owner: a team");
    let status = Status::of_problems(&[problem]);
    let text = with_relations(r#"{"kind":"X"}"#, &[], status.as_ref());
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        value["status"]["items"][0],
        json!({
            "type": "backstage.io/catalog-processing",
            "level": "error",
            "message": "InputError: spec: owner is missing; expected owner: a team",
            "error": {"name": "InputError", "message": "spec: owner is missing; expected owner: a team"},
        })
    );
    assert_eq!(Status::of_problems(&[]), None);
}

#[test]
fn relations_are_declared_in_both_directions_in_the_own_namespace() {
    let user = json!({
        "kind": "User",
        "metadata": {"name": "Jane", "namespace": "org"},
        "spec": {"memberOf": ["Aura", "default/void"]},
    });
    let jane = || entity_ref("user:org/jane");
    let mut found = declared(&user).unwrap();
    found.sort();
    let line = |source, kind, target| Declared {
        source,
        kind,
        target,
    };
    assert_eq!(
        found,
        [
            line(
                entity_ref("group:default/void"),
                RelationType::HasMember,
                jane()
            ),
            line(
                entity_ref("group:org/aura"),
                RelationType::HasMember,
                jane()
            ),
            line(
                jane(),
                RelationType::MemberOf,
                entity_ref("group:default/void")
            ),
            line(jane(), RelationType::MemberOf, entity_ref("group:org/aura")),
        ]
    );
}

#[test]
fn kinds_without_a_table_declare_nothing() {
    let robot = json!({"kind": "Robot", "metadata": {"name": "r"}, "spec": {"owner": "aura"}});
    assert_eq!(declared(&robot).unwrap(), []);
}

#[test]
fn an_unreadable_reference_fails_with_its_place() {
    let component = json!({
        "kind": "Component",
        "metadata": {"name": "c"},
        "spec": {"owner": "aura", "dependsOn": ["resource:db", "db"]},
    });
    assert_eq!(
        declared(&component).unwrap_err().path.as_str(),
        "/spec/dependsOn/1"
    );
}

#[test]
fn the_etag_follows_the_content() {
    let a = json!({"kind": "X", "metadata": {"name": "n", "uid": "1"}});
    let b = json!({"metadata": {"uid": "2", "name": "n"}, "kind": "X"});
    let c = json!({"metadata": {"name": "m"}, "kind": "X"});
    assert_eq!(etag_of(&a), etag_of(&b));
    assert_ne!(etag_of(&a), etag_of(&c));
}

#[test]
fn an_authors_etag_is_kept_and_their_uid_is_not() {
    let value = json!({"kind": "X", "metadata": {"name": "n", "uid": "mine", "etag": "mine"}});
    let entity = Entity::finish(value, "ours").unwrap();
    let value = entity.value();
    assert_eq!(
        (entity.uid.as_str(), EntityView(&value).etag()),
        ("ours", Some("mine"))
    );
    let unfinished = Entity::from_body(r#"{"kind":"X","metadata":{"name":"n"}}"#.into());
    assert!(unfinished.is_err());
}

#[test]
fn the_view_reads_what_pages_show() {
    let value = json!({
        "kind": "Component",
        "metadata": {
            "name": "Svc", "namespace": "ns", "title": "Service", "tags": ["go", 1],
            "labels": {"b": "1", "a": "2"},
            "links": [{"url": "javascript:x", "title": "bad"}, {"url": "https://x"}],
            "annotations": {"backstage.io/view-url": "javascript:x", "backstage.io/edit-url": "https://x"},
        },
        "spec": {"owner": "aura", "type": "service", "lifecycle": ""},
    });
    let view = EntityView(&value);
    assert_eq!(
        view.entity_ref().unwrap().path(),
        "/catalog/ns/component/svc"
    );
    assert_eq!(view.display_name(), "Service");
    assert_eq!(view.owner_ref(), Some(entity_ref("group:ns/aura")));
    assert_eq!(view.lifecycle(), None);
    assert_eq!(view.tags().collect::<Vec<_>>(), ["go"]);
    assert_eq!(view.labels().collect::<Vec<_>>(), [("b", "1"), ("a", "2")]);
    let links: Vec<_> = view.links().map(|link| link.title).collect();
    assert_eq!(links, ["https://x"]);
    assert_eq!(
        (view.view_url(), view.edit_url()),
        (None, Some("https://x"))
    );
}

#[test]
fn paths_are_percent_encoded() {
    let odd = EntityRef::parse("a b:c?d/é/f#").unwrap();
    assert_eq!(odd.path(), "/catalog/c%3Fd/a%20b/%C3%A9%2Ff%23");
}
