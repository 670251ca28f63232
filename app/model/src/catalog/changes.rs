//! What differs between two revisions of an entity, field by field.

use serde_json::{Map, Value};

use super::JsonPath;

/// A field that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Where it stands: `spec.owner`, `metadata.links[0].url`.
    pub path: JsonPath,
    /// As it was, in words; absent when it was not there. Of a list, what went.
    pub before: Option<String>,
    /// As it is from then on. Of a list, what came.
    pub after: Option<String>,
}

/// Written by the portal, at every revision.
const OWN: [&str; 2] = ["uid", "etag"];
/// Where a revision comes from is said of the revision.
const PLACES: [&str; 2] = [
    super::well_known::MANAGED_BY_LOCATION,
    super::well_known::MANAGED_BY_ORIGIN_LOCATION,
];

/// The differences, in the order of the later revision; what is gone stands last in its object.
/// A list of plain values is one field.
#[must_use]
pub fn field_changes(before: &Value, after: &Value) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    compare(JsonPath::root(), Some(before), Some(after), &mut changes);
    changes
}

fn compare(
    path: JsonPath,
    before: Option<&Value>,
    after: Option<&Value>,
    changes: &mut Vec<FieldChange>,
) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            members(&path, before, after, changes);
        }
        (Some(Value::Object(before)), None) => members(&path, before, &Map::new(), changes),
        (None, Some(Value::Object(after))) => members(&path, &Map::new(), after, changes),
        (Some(Value::Array(before)), Some(Value::Array(after))) => {
            if is_plain(before) && is_plain(after) {
                changes.push(list(path, before, after));
            } else {
                elements(&path, before, after, changes);
            }
        }
        _ => changes.push(FieldChange {
            path,
            before: before.map(in_words),
            after: after.map(in_words),
        }),
    }
}

fn members(
    path: &JsonPath,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    changes: &mut Vec<FieldChange>,
) {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    let parent = path.dotted();
    let hidden = |key: &str| {
        (parent == "metadata" && OWN.contains(&key))
            || (parent == "metadata.annotations" && PLACES.contains(&key))
    };
    for key in after.keys().chain(gone).filter(|key| !hidden(key)) {
        compare(path.key(key), before.get(key), after.get(key), changes);
    }
}

fn elements(path: &JsonPath, before: &[Value], after: &[Value], changes: &mut Vec<FieldChange>) {
    for at in 0..before.len().max(after.len()) {
        compare(path.index(at), before.get(at), after.get(at), changes);
    }
}

/// What went and what came; of a list that is only in another order, all of it.
fn list(path: JsonPath, before: &[Value], after: &[Value]) -> FieldChange {
    let without = |items: &[Value], others: &[Value]| -> Vec<Value> {
        let missing = items.iter().filter(|item| !others.contains(item));
        missing.cloned().collect()
    };
    let (gone, new) = (without(before, after), without(after, before));
    let (gone, new) = if gone.is_empty() && new.is_empty() {
        (before.to_vec(), after.to_vec())
    } else {
        (gone, new)
    };
    let joined = |items: Vec<Value>| (!items.is_empty()).then(|| in_words(&Value::Array(items)));
    FieldChange {
        path,
        before: joined(gone),
        after: joined(new),
    }
}

fn is_plain(items: &[Value]) -> bool {
    !items.iter().any(|item| item.is_object() || item.is_array())
}

fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if is_plain(items) => {
            let items: Vec<String> = items.iter().map(in_words).collect();
            items.join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(before: &Value, after: &Value, expected: &[&str]) {
        let changes = field_changes(before, after).into_iter().map(|change| {
            let text = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
            format!(
                "{}: {} > {}",
                change.path.dotted(),
                text(change.before),
                text(change.after)
            )
        });
        assert_eq!(changes.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn fields_change_appear_and_go() {
        check(
            &json!({"spec": {"owner": "a", "type": "service", "gone": 1}}),
            &json!({"spec": {"owner": "b", "type": "service", "new": true}}),
            &[
                "spec.owner: a > b",
                "spec.new: - > true",
                "spec.gone: 1 > -",
            ],
        );
        check(
            &json!({}),
            &json!({"spec": {"a": {"b": null}}}),
            &["spec.a.b: - > null"],
        );
        check(
            &json!({"spec": {"a": "x"}}),
            &json!({"spec": {"a": {"b": 1}}}),
            &["spec.a: x > {\"b\":1}"],
        );
    }

    #[test]
    fn lists_of_plain_values_are_one_field_and_others_go_by_place() {
        check(
            &json!({"metadata": {"tags": ["go"], "links": [{"url": "x", "title": "X"}]}}),
            &json!({"metadata": {"tags": ["go", "amqp"], "links": [{"url": "y", "title": "X"}, {"url": "z"}]}}),
            &[
                "metadata.tags: - > amqp",
                "metadata.links[0].url: x > y",
                "metadata.links[1].url: - > z",
            ],
        );
    }

    #[test]
    fn of_a_list_is_said_what_went_and_what_came() {
        let tags = |tags: &[&str]| json!({"tags": tags});
        check(
            &tags(&["a", "b"]),
            &tags(&["b", "c", "d"]),
            &["tags: a > c, d"],
        );
        check(
            &tags(&["a", "b"]),
            &tags(&["b", "a"]),
            &["tags: a, b > b, a"],
        );
        check(&tags(&["a"]), &tags(&[]), &["tags: a > -"]);
        check(&tags(&["a"]), &tags(&["a", "a"]), &["tags: a > a, a"]);
    }

    #[test]
    fn what_the_portal_writes_is_no_change() {
        check(
            &json!({"metadata": {"uid": "1", "etag": "a", "annotations": {"backstage.io/managed-by-location": "file:/a"}}, "spec": {"etag": 1}}),
            &json!({"metadata": {"uid": "2", "etag": "b", "annotations": {"backstage.io/managed-by-location": "file:/b"}}, "spec": {"etag": 2}}),
            &["spec.etag: 1 > 2"],
        );
    }
}
