//! The reference implementation's own answers, case by case.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use model::catalog::fields::{self, Format};
use model::catalog::scm::{self, Scm};
use model::catalog::{CompoundRef, KindSet, LocationRef, validate};
use serde_json::Value;

fn cases(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("the vectors are a JSON list")
}

/// Runs all cases and reports every one that differs.
fn check(text: &str, differs: impl Fn(&Value) -> Option<String>) {
    let cases = cases(text);
    assert!(!cases.is_empty());
    let wrong: Vec<_> = cases
        .iter()
        .filter_map(|case| Some(format!("{} in {case}", differs(case)?)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn entity_refs_parse_as_they_should() {
    check(include_str!("vectors/entity-ref-parse.json"), |case| {
        let parsed = parse(&case["input"], &case["context"]);
        let expected = case
            .get("ok")
            .map(|ok| serde_json::from_value(ok.clone()).unwrap());
        (parsed != expected).then(|| format!("{parsed:?}"))
    });
}

fn parse(input: &Value, context: &Value) -> Option<CompoundRef> {
    let kind = context["defaultKind"].as_str();
    let namespace = context["defaultNamespace"]
        .as_str()
        .filter(|text| !text.is_empty());
    match input {
        Value::String(text) => CompoundRef::parse(text, kind, namespace).ok(),
        parts => CompoundRef::from_parts(
            parts["kind"].as_str().or(kind),
            parts["namespace"].as_str().or(namespace),
            parts["name"].as_str().unwrap_or_default(),
        )
        .ok(),
    }
}

#[test]
fn entity_refs_print_in_canonical_form() {
    check(include_str!("vectors/entity-ref-stringify.json"), |case| {
        let input = &case["input"];
        let parts = input.get("metadata").unwrap_or(input);
        let compound = CompoundRef::from_parts(
            input["kind"].as_str(),
            parts["namespace"].as_str(),
            parts["name"].as_str().unwrap_or_default(),
        )
        .unwrap();
        let identity = compound.to_entity_ref().unwrap();
        let expected = case["output"].as_str().unwrap();
        (compound.canonical() != expected || identity.as_str() != expected)
            .then(|| compound.canonical())
    });
}

#[test]
fn fields_are_valid_when_they_should_be() {
    check(include_str!("vectors/field-validators.json"), |case| {
        let format = format_named(case["validator"].as_str().unwrap());
        let valid = case["input"].as_str().is_some_and(format.is_valid);
        (valid != case["valid"]).then(|| valid.to_string())
    });
}

fn format_named(validator: &str) -> Format {
    match validator {
        "isValidApiVersion" => fields::API_VERSION,
        "isValidKind" => fields::KIND,
        "isValidEntityName" => fields::NAME,
        "isValidNamespace" => fields::NAMESPACE,
        "isValidLabelKey" => fields::LABEL_KEY,
        "isValidLabelValue" => fields::LABEL_VALUE,
        "isValidAnnotationKey" => fields::ANNOTATION_KEY,
        "isValidAnnotationValue" => fields::ANNOTATION_VALUE,
        "isValidTag" => fields::TAG,
        other => panic!("unknown validator {other}"),
    }
}

#[test]
fn link_addresses_are_valid_when_they_should_be() {
    check(include_str!("vectors/link-url-validity.json"), |case| {
        let valid = case["input"].as_str().is_some_and(fields::is_url);
        (valid != case["valid"]).then(|| valid.to_string())
    });
}

#[test]
fn location_refs_parse_as_they_should() {
    check(include_str!("vectors/location-ref.json"), |case| {
        let parsed = case["input"]
            .as_str()
            .and_then(|text| LocationRef::parse(text).ok());
        let parts = parsed.as_ref().map(|l| (l.kind(), l.target()));
        let expected = case
            .get("ok")
            .map(|ok| (ok["type"].as_str().unwrap(), ok["target"].as_str().unwrap()));
        (parts != expected).then(|| format!("{parsed:?}"))
    });
}

#[test]
fn entities_are_accepted_when_they_should_be() {
    check(include_str!("vectors/validate-entity.json"), |case| {
        let problems = validate(&case["entity"], &KindSet::default());
        let accepted = problems.iter().all(|problem| !problem.is_error());
        (accepted != (case["status"] == 200)).then(|| format!("{problems:?}"))
    });
}

#[test]
fn addresses_beside_a_file_resolve_as_they_should() {
    check(include_str!("vectors/scm-url-resolution.json"), |case| {
        let base = case["base"].as_str().unwrap();
        let scm = match case["integration"].as_str() {
            Some("github") => Some(Scm::GitHub),
            Some("gitlab") => Some(Scm::GitLab),
            Some("gitea") => Some(Scm::Gitea),
            other => {
                assert_eq!(other, None);
                None
            }
        };
        let edit = scm::edit_url(scm, base);
        let wrong = (edit != case["editUrl"]).then(|| format!("edit: {edit}"));
        let resolved = case["resolved"].as_object().unwrap();
        let mut differing = resolved.iter().filter_map(|(target, expected)| {
            let found = scm::resolve(scm, target, base).unwrap();
            (found != *expected).then(|| format!("{target}: {found}"))
        });
        wrong.or_else(|| differing.next())
    });
}
