//! Laws that hold for any input.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::collections::HashMap;

use model::catalog::relations::declared;
use model::catalog::{
    CompoundRef, Entity, EntityRef, EntityView, KindSet, LocationRef, apply_defaults, validate,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Words that lead into the corners of the format, among any others.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(vec![
            "apiVersion", "kind", "metadata", "spec", "name", "namespace", "annotations", "labels",
            "links", "url", "tags", "owner", "dependsOn", "dependencyOf", "providesApis", "members",
            "children", "profile", "steps", "output", "parameters", "relations",
            "backstage.io/view-url",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "Component",
            "Group",
            "Template",
            "backstage.io/v1alpha1",
            "a",
            "",
            "group:x/y",
            ":",
            "javascript:x",
            "https://x",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// An entity of a known kind whose metadata and spec are anything.
fn entity() -> impl Strategy<Value = Value> {
    let kind = proptest::sample::select(vec!["Component", "API", "Group", "User", "Template"]);
    (kind, json(), json()).prop_map(|(kind, metadata, spec)| {
        json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": kind,
            "metadata": metadata,
            "spec": spec,
        })
    })
}

proptest! {
    #[test]
    fn a_canonical_ref_reads_back_as_itself(text in ".{0,24}", kind in "[A-Za-z]{1,9}") {
        if let Ok(parsed) = EntityRef::parse_with(&text, Some(&kind), Some("Ns")) {
            let again = EntityRef::parse(parsed.as_str()).unwrap();
            prop_assert_eq!(&again, &parsed);
            prop_assert_eq!(again.kind(), parsed.kind());
            prop_assert_eq!(again.namespace(), parsed.namespace());
            prop_assert_eq!(again.name(), parsed.name());
            let canonical = format!("{}:{}/{}", parsed.kind(), parsed.namespace(), parsed.name());
            prop_assert_eq!(canonical, parsed.to_string());
        }
    }

    #[test]
    fn a_full_ref_keeps_its_parts(kind in "[^:/]{1,9}", namespace in "[^/]{1,9}", name in ".{1,9}") {
        let written = CompoundRef::from_parts(Some(&kind), Some(&namespace), &name).unwrap();
        prop_assert_eq!(CompoundRef::parse(&written.to_string(), None, None), Ok(written.clone()));
        prop_assert_eq!(written.to_entity_ref().unwrap().to_string(), written.canonical());
    }

    #[test]
    fn refs_that_differ_only_in_case_are_one_key(text in "[a-zA-Z]{1,5}:[a-zA-Z]{1,5}/[a-zA-Z]{1,5}") {
        let lower = EntityRef::parse(&text.to_lowercase()).unwrap();
        let upper = EntityRef::parse(&text.to_uppercase()).unwrap();
        let map = HashMap::from([(lower.clone(), 1)]);
        prop_assert_eq!(map.get(&upper), Some(&1));
        prop_assert_eq!(map.get(lower.as_str()), Some(&1));
        let read: EntityRef = serde_json::from_str(&serde_json::to_string(&lower).unwrap()).unwrap();
        prop_assert_eq!(read, lower);
    }

    #[test]
    fn a_humanized_ref_means_the_same(text in "[a-z]{1,5}:(default|[a-z]{1,5})/[a-z/:]{1,5}") {
        let parsed = EntityRef::parse(&text).unwrap();
        let full = parsed.humanized(None);
        if !parsed.name().contains(['/', ':']) {
            prop_assert_eq!(EntityRef::parse(&full).unwrap(), parsed.clone());
            let short = parsed.humanized(Some("group"));
            prop_assert_eq!(EntityRef::parse_with(&short, Some("group"), None).unwrap(), parsed);
        }
    }

    #[test]
    fn a_location_ref_reads_back_as_itself(text in "[a-z ]{0,5}:?.{0,24}") {
        if let Ok(parsed) = LocationRef::parse(&text) {
            prop_assert_eq!(LocationRef::parse(&parsed.to_string()), Ok(parsed.clone()));
            prop_assert_eq!(LocationRef::new(parsed.kind(), parsed.target()), Ok(parsed));
        }
    }

    #[test]
    fn any_value_is_judged_and_never_panics(value in prop_oneof![json(), entity()]) {
        let problems = validate(&value, &KindSet::default());
        for problem in &problems {
            prop_assert!(!problem.message.is_empty() && !problem.expected.is_empty());
            // The place exists, but for a key that does not belong there it is the key itself.
            prop_assert!(value.pointer(problem.path.as_str()).is_some(), "{problem}");
        }
        let is_fine = problems.iter().all(|problem| !problem.is_error());
        if is_fine {
            prop_assert!(declared(&value).is_ok());
        }
    }

    #[test]
    fn defaulting_twice_is_defaulting_once(value in prop_oneof![json(), entity()]) {
        let mut once = value;
        apply_defaults(&mut once);
        let mut twice = once.clone();
        apply_defaults(&mut twice);
        prop_assert_eq!(once.to_string(), twice.to_string());
    }

    #[test]
    fn a_finished_entity_reads_back_from_its_body(value in entity(), name in "[a-z]{1,5}") {
        let mut value = value;
        value["metadata"] = json!({ "name": name, "title": value["metadata"].to_string() });
        let entity = Entity::finish(value, "uid-1").unwrap();
        let again = Entity::from_body(entity.body.clone()).unwrap();
        prop_assert_eq!(&again, &entity);
        let value = again.value();
        prop_assert_eq!(EntityView(&value).uid(), Some(entity.uid.as_str()));
        prop_assert!(EntityView(&value).etag().is_some());
    }
}
