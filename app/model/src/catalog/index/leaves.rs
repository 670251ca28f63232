//! From an entity's JSON to what can be searched: the leaves with their paths.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// The longest key, and the longest value, in UTF-16 code units.
pub(super) const MAX_TEXT: usize = 200;

/// Subtrees that are not searched, then the namespace, which the index writes with its default,
/// then names of the index's own columns.
const SKIPPED: [&str; 10] = [
    "relations",
    "status",
    "attachments",
    "metadata.etag",
    "metadata.namespace",
    "field",
    "domain",
    "@ref",
    "@name",
    "@system",
];

/// A scalar of an entity: `None` is null, or a text over [`MAX_TEXT`].
pub(super) struct Leaf<'a> {
    pub(super) value: Option<Cow<'a, str>>,
    /// Whether it stood as a string in an array.
    pub(super) element: bool,
}

/// Calls back with the lower-case path and the leaf, for each scalar in the entity.
/// Elements of arrays stand at the array's path.
pub(super) fn each_leaf<'a>(entity: &'a Value, seen: &mut impl FnMut(&str, Leaf<'a>)) {
    let mut path = String::with_capacity(64);
    walk(entity, &mut path, false, seen);
}

fn walk<'a>(
    value: &'a Value,
    path: &mut String,
    in_array: bool,
    seen: &mut impl FnMut(&str, Leaf<'a>),
) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let length = path.len();
                if length > 0 {
                    path.push('.');
                }
                push_lower(path, key);
                if !SKIPPED.contains(&path.as_str()) {
                    walk(member, path, false, seen);
                }
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            for item in items {
                walk(item, path, true, seen);
            }
        }
        scalar if is_short(path) => seen(path, leaf(scalar, in_array)),
        _ => {}
    }
}

fn leaf(scalar: &Value, in_array: bool) -> Leaf<'_> {
    let value = match scalar {
        Value::String(text) => Some(Cow::Borrowed(text.as_str())),
        Value::Number(number) => Some(Cow::Owned(number_text(number))),
        Value::Bool(true) => Some(Cow::Borrowed("true")),
        Value::Bool(false) => Some(Cow::Borrowed("false")),
        _ => None,
    };
    Leaf {
        value: value.filter(|text| is_short(text)),
        element: in_array && scalar.is_string(),
    }
}

/// Whether a text is within [`MAX_TEXT`].
pub(super) fn is_short(text: &str) -> bool {
    text.len() <= MAX_TEXT || text.encode_utf16().nth(MAX_TEXT).is_none()
}

fn push_lower(path: &mut String, key: &str) {
    if key
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        path.push_str(key);
    } else {
        path.push_str(&key.to_lowercase());
    }
}

/// A number as JavaScript prints it: `1` for 1.0, `1e+21`, `1e-7`.
fn number_text(number: &Number) -> String {
    let Some(float) = number.as_f64() else {
        return number.to_string();
    };
    let exact = number.as_i64().filter(|n| n.unsigned_abs() <= 1 << 53);
    match (exact, float.abs()) {
        (Some(integer), _) => integer.to_string(),
        (None, size) if size >= 1e21 => format!("{float:e}").replace('e', "e+"),
        (None, size) if size < 1e-6 && size > 0.0 => format!("{float:e}"),
        (None, 0.0) => "0".to_owned(),
        _ => float.to_string(),
    }
}
