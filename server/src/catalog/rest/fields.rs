//! `fields`: which parts of an entity an answer has.

use serde_json::{Map, Value};

use crate::http::ApiError;

/// Dotted paths; none means everything.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<String>);

impl Fields {
    pub(super) fn parse(paths: Vec<String>) -> Result<Self, ApiError> {
        match paths.iter().find(|path| path.contains('[')) {
            Some(path) => Err(ApiError::input(format!(
                "invalid field {path}: array elements cannot be chosen, only whole arrays"
            ))),
            None => Ok(Self(paths)),
        }
    }

    /// The chosen parts of an entity's JSON text.
    pub(super) fn of(&self, entity: String) -> String {
        if self.0.is_empty() {
            return entity;
        }
        let value: Value = serde_json::from_str(&entity).unwrap_or_default();
        let mut chosen = Map::new();
        for path in &self.0 {
            copy(&value, path, &mut chosen);
        }
        Value::Object(chosen).to_string()
    }
}

/// Copies what is at a path to the same place. A key with dots is found by joining parts, the
/// shortest first.
fn copy(from: &Value, path: &str, to: &mut Map<String, Value>) {
    let Some(members) = from.as_object() else {
        return;
    };
    let ends = path
        .match_indices('.')
        .map(|(at, _)| at)
        .chain([path.len()]);
    for end in ends {
        let (key, rest) = path.split_at(end);
        let Some(value) = members.get(key) else {
            continue;
        };
        match rest.strip_prefix('.') {
            None => {
                to.insert(key.to_owned(), value.clone());
            }
            Some(rest) => into(value, key, rest, to),
        }
        return;
    }
}

fn into(value: &Value, key: &str, rest: &str, to: &mut Map<String, Value>) {
    let mut inner = match to.get(key) {
        Some(Value::Object(known)) => known.clone(),
        _ => Map::new(),
    };
    copy(value, rest, &mut inner);
    if !inner.is_empty() {
        to.insert(key.to_owned(), Value::Object(inner));
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[track_caller]
    fn check(fields: &str, expected: &str) {
        let entity = r#"{"kind":"API","metadata":{"name":"a","tags":["x"],"annotations":{"github.com/slug":"o/a"}}}"#;
        let fields = Fields::parse(fields.split(',').map(str::to_owned).collect()).unwrap();
        assert_eq!(fields.of(entity.to_owned()), expected);
    }

    #[test]
    fn parts_are_chosen_in_the_order_asked_for() {
        check(
            "metadata.name,kind",
            r#"{"metadata":{"name":"a"},"kind":"API"}"#,
        );
        check("metadata.tags", r#"{"metadata":{"tags":["x"]}}"#);
        check("metadata.tags.0,spec.none", "{}");
        check(
            "metadata.annotations.github.com/slug",
            r#"{"metadata":{"annotations":{"github.com/slug":"o/a"}}}"#,
        );
        check("metadata.annotations.github.com", "{}");
    }

    #[test]
    fn elements_cannot_be_chosen() {
        assert!(Fields::parse(vec!["metadata.tags[0]".to_owned()]).is_err());
    }
}
