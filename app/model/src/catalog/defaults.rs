//! What the portal adds to an entity before it is stored. Doing it twice changes nothing more.

use serde_json::{Map, Value};

use super::entity_ref::DEFAULT_NAMESPACE;
use super::text::{is_script_url, utf16_cmp};
use super::well_known::{EDIT_URL, REFUSED_ADDRESS, VIEW_URL};

/// The lists of `spec` whose order means nothing and which are stored sorted.
const SORTED: [&str; 7] = [
    "providesApis",
    "consumesApis",
    "dependsOn",
    "dependencyOf",
    "memberOf",
    "children",
    "members",
];

/// Writes the namespace where there is none, sorts lists of references, and makes annotations a
/// mapping without addresses that run scripts.
pub fn apply_defaults(entity: &mut Value) {
    if let Some(metadata) = entity.get_mut("metadata").and_then(Value::as_object_mut) {
        default_namespace(metadata);
        clean_annotations(metadata);
    }
    if let Some(spec) = entity.get_mut("spec").and_then(Value::as_object_mut) {
        for field in SORTED {
            if let Some(Value::Array(items)) = spec.get_mut(field) {
                sort_texts(items);
            }
        }
    }
}

/// Sets an annotation, making room for it where the entity has no mapping of annotations.
pub fn set_annotation(entity: &mut Value, key: &str, value: &str) {
    if let Some(metadata) = entity.get_mut("metadata").and_then(Value::as_object_mut) {
        let annotations = metadata.entry("annotations").or_insert(Value::Null);
        if !annotations.is_object() {
            *annotations = Value::Object(Map::new());
        }
        if let Some(annotations) = annotations.as_object_mut() {
            annotations.insert(key.to_owned(), value.into());
        }
    }
}

fn default_namespace(metadata: &mut Map<String, Value>) {
    let has_own = metadata
        .get("namespace")
        .is_some_and(|own| !own.is_null() && own.as_str() != Some(""));
    if !has_own {
        metadata.shift_remove("namespace");
        metadata.shift_insert(0, "namespace".to_owned(), DEFAULT_NAMESPACE.into());
    }
}

fn clean_annotations(metadata: &mut Map<String, Value>) {
    let Some(annotations) = metadata.get_mut("annotations") else {
        return;
    };
    let Some(map) = annotations.as_object_mut() else {
        *annotations = Value::Object(Map::new());
        return;
    };
    for key in [VIEW_URL, EDIT_URL] {
        if let Some(url) = map.get_mut(key)
            && url.as_str().is_some_and(is_script_url)
        {
            *url = REFUSED_ADDRESS.into();
        }
    }
}

/// Sorts by UTF-16 code units if all elements are texts.
fn sort_texts(items: &mut [Value]) {
    if items.iter().all(Value::is_string) {
        items.sort_by(|a, b| {
            utf16_cmp(
                a.as_str().unwrap_or_default(),
                b.as_str().unwrap_or_default(),
            )
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(before: Value, after: &Value) {
        let mut entity = before;
        apply_defaults(&mut entity);
        assert_eq!(entity.to_string(), after.to_string());
    }

    #[test]
    fn the_namespace_comes_first() {
        check(
            json!({"metadata": {"name": "n"}}),
            &json!({"metadata": {"namespace": "default", "name": "n"}}),
        );
        check(
            json!({"metadata": {"name": "n", "namespace": "own"}}),
            &json!({"metadata": {"name": "n", "namespace": "own"}}),
        );
    }

    #[test]
    fn lists_of_references_are_sorted_and_other_lists_kept() {
        check(
            json!({"spec": {"dependsOn": ["b", "B", "\u{ff5e}", "\u{1f600}"], "targets": ["b", "a"]}}),
            &json!({"spec": {"dependsOn": ["B", "b", "\u{1f600}", "\u{ff5e}"], "targets": ["b", "a"]}}),
        );
        check(
            json!({"spec": {"members": ["b", 1, "a"]}}),
            &json!({"spec": {"members": ["b", 1, "a"]}}),
        );
    }

    #[test]
    fn script_addresses_are_replaced() {
        check(
            json!({"metadata": {"namespace": "n", "annotations": {VIEW_URL: "JavaScript:x", EDIT_URL: "https://x"}}}),
            &json!({"metadata": {"namespace": "n", "annotations": {VIEW_URL: REFUSED_ADDRESS, EDIT_URL: "https://x"}}}),
        );
    }

    #[test]
    fn annotations_are_made_when_one_is_set() {
        let mut entity = json!({"metadata": {"annotations": null}});
        set_annotation(&mut entity, "a", "b");
        assert_eq!(entity, json!({"metadata": {"annotations": {"a": "b"}}}));
    }
}
