//! What authors are told about a wrong entity.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use model::catalog::{KindSet, Problem, Severity, validate};
use serde_json::{Value, json};

fn component(metadata: &Value, spec: &Value) -> Value {
    json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": metadata, "spec": spec})
}

fn spec() -> Value {
    json!({"type": "service", "lifecycle": "production", "owner": "aura"})
}

fn problems(value: &Value) -> Vec<Problem> {
    validate(value, &KindSet::default())
}

/// Compares the places and messages of all problems.
fn check(value: &Value, expected: &[(&str, &str)]) {
    let found = problems(value);
    let found: Vec<_> = found
        .iter()
        .map(|p| (p.path.as_str(), p.message.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn all_problems_are_reported_not_only_the_first() {
    check(
        &json!({
            "apiVersion": "v 1",
            "metadata": {"name": "my service", "tags": ["ok", "Not"], "labels": {"a/b/c": "x y"}},
            "spec": {},
            "status": {},
        }),
        &[
            ("/status", "\"status\" does not belong here"),
            ("/apiVersion", "\"v 1\" is not an apiVersion"),
            ("", "kind is missing"),
            ("/metadata/name", "\"my service\" is not a name"),
            ("/metadata/labels/a~1b~1c", "\"a/b/c\" is not a label key"),
            ("/metadata/labels/a~1b~1c", "\"x y\" is not a label value"),
            ("/metadata/tags/1", "\"Not\" is not a tag"),
        ],
    );
}

#[test]
fn a_value_that_is_no_mapping_is_one_problem() {
    check(&json!([]), &[("", "is a list")]);
    check(&Value::Null, &[("", "has no value")]);
}

#[test]
fn missing_fields_are_reported_where_they_belong() {
    let value = component(&json!({"name": "n"}), &json!({"type": 1, "lifecycle": ""}));
    check(
        &value,
        &[
            ("/spec/type", "is the number 1"),
            ("/spec/lifecycle", "is empty"),
            ("/spec", "owner is missing"),
        ],
    );
    assert_eq!(
        problems(&value)[0].to_string(),
        "spec.type: is the number 1; expected a text that is not empty (put it in quotes to make \
         it a text): what it is, like service, website or library"
    );
}

#[test]
fn a_kind_in_the_wrong_case_is_recognised() {
    let mut value = component(&json!({"name": "n"}), &spec());
    value["kind"] = "component".into();
    let found = problems(&value);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].expected, "Component, in this case");
}

#[test]
fn configuration_can_name_further_kinds() {
    let value = json!({"apiVersion": "example.com/v1", "kind": "Robot", "metadata": {"name": "r"}});
    check(
        &value,
        &[("/kind", "\"Robot\" is not a kind of this catalog")],
    );
    assert_eq!(validate(&value, &KindSet::from_iter(["Robot"])), []);
    let bad = json!({"apiVersion": "example.com/v1", "kind": "Robot", "metadata": {"name": "r"}, "spec": 1});
    assert_eq!(validate(&bad, &KindSet::from_iter(["Robot"])).len(), 1);
}

#[test]
fn a_dependency_needs_its_kind() {
    let mut spec = spec();
    spec["dependsOn"] = json!(["component:a", "b", "x:"]);
    spec["dependencyOf"] = json!({"kind": "component", "name": "c"});
    spec["system"] = "/s".into();
    check(
        &component(&json!({"name": "n"}), &spec),
        &[
            ("/spec/dependsOn/1", "\"b\" cannot be read: it has no kind"),
            ("/spec/dependsOn/2", "\"x:\" cannot be read: it has no name"),
            (
                "/spec/system",
                "\"/s\" cannot be read: its namespace is empty",
            ),
        ],
    );
}

#[test]
fn a_reference_of_the_wrong_shape_is_one_problem() {
    let mut spec = spec();
    spec["dependsOn"] = json!([1]);
    spec["dependencyOf"] = json!(true);
    check(
        &component(&json!({"name": "n"}), &spec),
        &[
            ("/spec/dependsOn/0", "is the number 1"),
            ("/spec/dependencyOf", "is the truth value true"),
        ],
    );
}

#[test]
fn links_that_run_scripts_are_warnings() {
    let links = json!([{"url": "java\tscript:alert(1)"}, {"url": "https://x"}, {"url": "x"}]);
    let annotations = json!({"backstage.io/edit-url": " javascript:x"});
    let found = problems(&component(
        &json!({"name": "n", "links": links, "annotations": annotations}),
        &spec(),
    ));
    let found: Vec<_> = found
        .iter()
        .map(|p| (p.path.as_str(), p.severity))
        .collect();
    assert_eq!(
        found,
        [
            ("/metadata/links/2/url", Severity::Error),
            ("/metadata/links/0/url", Severity::Warning),
            (
                "/metadata/annotations/backstage.io~1edit-url",
                Severity::Warning
            ),
        ]
    );
}

#[test]
fn annotations_that_are_no_mapping_are_ignored_with_a_warning() {
    let metadata = json!({"name": "n", "annotations": "x"});
    let found = problems(&component(&metadata, &spec()));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(
        problems(&component(
            &json!({"name": "n", "annotations": null}),
            &spec()
        )),
        []
    );
    let numbers = json!({"name": "n", "annotations": {"a": 1}});
    check(
        &component(&numbers, &spec()),
        &[("/metadata/annotations/a", "is the number 1")],
    );
}

#[test]
fn templates_are_looked_into() {
    let value = json!({
        "apiVersion": "scaffolder.backstage.io/v1beta3",
        "kind": "Template",
        "metadata": {"name": "t"},
        "spec": {
            "type": "service",
            "parameters": [{"backstage:permissions": {"tags": "x"}}],
            "steps": [{"id": "a", "if": 1}, {"action": "debug:log", "each": [1], "if": false}],
            "output": {"remoteUrl": 1, "text": [{"title": "", "content": ""}]},
        },
    });
    check(
        &value,
        &[
            (
                "/spec/parameters/0/backstage:permissions/tags",
                "is the text \"x\"",
            ),
            ("/spec/steps/0", "action is missing"),
            ("/spec/steps/0/if", "is the number 1"),
            ("/spec/output/text/0/title", "is empty"),
            ("/spec/output/remoteUrl", "is the number 1"),
        ],
    );
}
