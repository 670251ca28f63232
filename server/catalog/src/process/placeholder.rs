//! Placeholders: a mapping with the one key `$text`, `$json` or `$yaml` stands for a file.

use model::catalog::{JsonPath, Problem};
use serde_json::{Map, Value};

use super::ground::Bytes;
use crate::yaml::{Flaw, Limits, decode, parse_document, parse_json, split_documents};

/// How a file takes the place of a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Json,
    Yaml,
}

/// Gives the bytes of a file, or says what is wrong with it and what is expected.
pub(super) type Fetch<'f> = dyn FnMut(&str) -> Result<Bytes, (String, String)> + 'f;

/// Replaces every placeholder in the value. Mappings with an unknown `$` key or with other keys
/// besides are left alone; what a file brings is not looked into.
pub(super) fn replace(value: &mut Value, fetch: &mut Fetch<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    visit(value, &JsonPath::root(), fetch, &mut problems);
    problems
}

fn visit(value: &mut Value, path: &JsonPath, fetch: &mut Fetch<'_>, problems: &mut Vec<Problem>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                if is_nested(item) {
                    visit(item, &path.index(index), fetch, problems);
                }
            }
        }
        Value::Object(map) => {
            if let Some((form, target)) = placeholder(map) {
                match resolve(form, target, fetch) {
                    Ok(content) => *value = content,
                    Err((what, expected)) => {
                        problems.push(Problem::error(path.clone(), what, expected));
                    }
                }
                return;
            }
            for (key, member) in map.iter_mut().filter(|(_, member)| is_nested(member)) {
                visit(member, &path.key(key), fetch, problems);
            }
        }
        _ => {}
    }
}

/// Scalars need no path of their own, and most values are scalars.
fn is_nested(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn placeholder(map: &Map<String, Value>) -> Option<(Form, &Value)> {
    let (key, target) = map.iter().next().filter(|_| map.len() == 1)?;
    let form = match key.as_str() {
        "$text" => Form::Text,
        "$json" => Form::Json,
        "$yaml" => Form::Yaml,
        _ => return None,
    };
    Some((form, target))
}

fn resolve(form: Form, target: &Value, fetch: &mut Fetch<'_>) -> Result<Value, (String, String)> {
    let Some(target) = target.as_str().filter(|target| !target.is_empty()) else {
        let what = "the placeholder names no file".to_owned();
        return Err((what, "the path of a file, relative to this one".to_owned()));
    };
    let bytes = fetch(target)?;
    content(form, &bytes).map_err(|flaw| {
        let what = format!("{target}:{}: {}", flaw.position, flaw.what);
        (what, flaw.expected)
    })
}

fn content(form: Form, bytes: &[u8]) -> Result<Value, Flaw> {
    let text = decode(bytes)?;
    match form {
        Form::Text => Ok(Value::String(text.to_owned())),
        Form::Json => parse_json(text, &Limits::PLACEHOLDER),
        Form::Yaml => one_document(text),
    }
}

fn one_document(text: &str) -> Result<Value, Flaw> {
    let documents = split_documents(text);
    match documents.as_slice() {
        [document] => parse_document(*document, &Limits::PLACEHOLDER),
        [] => Ok(Value::Null),
        [_, second, ..] => Err(Flaw::new(
            second.start(),
            "a second document begins here",
            "one document",
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn replaced(mut value: Value) -> (Value, Vec<String>) {
        let mut fetch = |target: &str| {
            let bytes: &[u8] = match target {
                "./a.txt" => b"one\ntwo\n",
                "a.json" => b"{\"$text\": \"./a.txt\"}",
                "a.yaml" => b"# c\nk: [1]\n",
                "two.yaml" => b"a: 1\n---\nb: 2\n",
                _ => return Err(("is missing".to_owned(), "a file".to_owned())),
            };
            Ok(Bytes::Own(bytes.to_vec()))
        };
        let problems = replace(&mut value, &mut fetch);
        (value, problems.iter().map(ToString::to_string).collect())
    }

    #[track_caller]
    fn check(before: Value, after: &Value) {
        let (value, problems) = replaced(before);
        assert_eq!((&value, problems), (after, Vec::new()));
    }

    #[test]
    fn each_form_brings_its_file() {
        check(
            json!({"a": {"$text": "./a.txt"}}),
            &json!({"a": "one\ntwo\n"}),
        );
        check(json!([[{"$yaml": "a.yaml"}]]), &json!([[{"k": [1]}]]));
        check(
            json!({"a": {"$json": "a.json"}}),
            &json!({"a": {"$text": "./a.txt"}}),
        );
    }

    #[test]
    fn what_is_no_placeholder_stays() {
        let others = json!({"a": {"$text": "./a.txt", "b": 1}, "c": {"$other": "x"}, "$text": 1});
        check(others.clone(), &others);
    }

    #[test]
    fn a_file_that_cannot_be_used_is_a_problem_at_its_placeholder() {
        let check = |value: Value, expected: &str| {
            let (_, problems) = replaced(value);
            assert_eq!(problems.len(), 1);
            assert!(problems[0].contains(expected), "{}", problems[0]);
        };
        check(
            json!({"s": {"d": [{"$text": "nowhere"}]}}),
            "s.d[0]: is missing",
        );
        check(json!({"s": {"$text": 5}}), "names no file");
        check(
            json!({"s": {"$yaml": "two.yaml"}}),
            "two.yaml:3:1: a second document",
        );
        check(
            json!({"s": {"$json": "./a.txt"}}),
            "./a.txt:1:1: expected value",
        );
    }
}
