//! From an entity's JSON to what can be searched: the leaves with their paths.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::column::Written;
use super::slots::LongTexts;
use crate::catalog::well_known::{EDIT_URL, VIEW_URL};
use crate::catalog::{DEFAULT_NAMESPACE, EntityView};

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

/// The longest description that a list shows, in characters.
const SHOWN_DESCRIPTION: usize = 300;

/// What an entity puts into an index, read from its JSON. It can be made on any thread; only
/// putting it in needs the index.
#[derive(Debug, Clone)]
pub struct Leaves {
    /// Paths and values, one after another.
    text: String,
    leaves: Vec<Ends>,
    pub(super) display_name: String,
    pub(super) namespace: String,
    /// What the text filter of the catalog page looks into, in lower case, a line each.
    pub(super) haystack: String,
    /// Texts that are shown although they are too long to be searched.
    pub(super) long: Option<Box<LongTexts>>,
}

/// Where the path and the value of a leaf end in the text; each begins where the last one ends.
#[derive(Debug, Clone, Copy)]
struct Ends {
    path: usize,
    /// `None` is null, or a text over [`MAX_TEXT`].
    value: Option<usize>,
    /// Whether it stood as a string in an array.
    element: bool,
}

impl Leaves {
    /// Of an entity's JSON with defaults and `metadata.uid`.
    #[must_use]
    pub fn of(entity: &Value) -> Self {
        let view = EntityView(entity);
        let mut leaves = Self {
            text: String::with_capacity(2048),
            leaves: Vec::with_capacity(64),
            display_name: display_name(view),
            namespace: view.namespace().to_owned(),
            haystack: haystack(view),
            long: long_texts(view),
        };
        let mut path = String::with_capacity(64);
        walk(entity, &mut path, false, &mut |path, scalar, in_array| {
            leaves.push(path, scalar, in_array);
        });
        leaves
    }

    /// Each scalar with its lower-case path. Elements of arrays stand at the array's path.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Written<'_>)> {
        let mut from = 0;
        self.leaves.iter().map(move |ends| {
            let path = self.text.get(from..ends.path).unwrap_or_default();
            let value = ends.value.and_then(|end| self.text.get(ends.path..end));
            from = ends.value.unwrap_or(ends.path);
            let written = Written {
                value: value.map(Cow::Borrowed),
                element: ends.element,
            };
            (path, written)
        })
    }

    fn push(&mut self, path: &str, scalar: &Value, in_array: bool) {
        self.text.push_str(path);
        let path = self.text.len();
        let value = scalar_text(scalar).filter(|text| is_short(text));
        let value = value.map(|value| {
            self.text.push_str(&value);
            self.text.len()
        });
        self.leaves.push(Ends {
            path,
            value,
            element: in_array && scalar.is_string(),
        });
    }
}

/// Calls back with the lower-case path of each scalar, and whether it stood in an array.
fn walk(
    value: &Value,
    path: &mut String,
    in_array: bool,
    seen: &mut impl FnMut(&str, &Value, bool),
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
        scalar if is_short(path) => seen(path, scalar, in_array),
        _ => {}
    }
}

fn scalar_text(scalar: &Value) -> Option<Cow<'_, str>> {
    match scalar {
        Value::String(text) => Some(Cow::Borrowed(text.as_str())),
        Value::Number(number) => Some(Cow::Owned(number_text(number))),
        Value::Bool(true) => Some(Cow::Borrowed("true")),
        Value::Bool(false) => Some(Cow::Borrowed("false")),
        _ => None,
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

/// The name that pages show: display name, else title, else the ref as short as it is unique.
fn display_name(view: EntityView<'_>) -> String {
    let given = view
        .text(&["spec", "profile", "displayName"])
        .or_else(|| view.title());
    let name = match (given, view.namespace()) {
        (Some(given), _) => given.to_owned(),
        (None, DEFAULT_NAMESPACE) => view.name().to_owned(),
        (None, namespace) => format!("{namespace}/{}", view.name()),
    };
    cut(&name, MAX_TEXT / 2)
}

fn long_texts(view: EntityView<'_>) -> Option<Box<LongTexts>> {
    let long = |text: &&str| !is_short(text);
    let texts = LongTexts {
        description: view
            .description()
            .filter(long)
            .map(|text| cut(text, SHOWN_DESCRIPTION).into()),
        view_url: view.annotation(VIEW_URL).filter(long).map(Into::into),
        edit_url: view.annotation(EDIT_URL).filter(long).map(Into::into),
    };
    (texts != LongTexts::default()).then(|| Box::new(texts))
}

fn haystack(view: EntityView<'_>) -> String {
    let description = view.description().map(|text| cut(text, SHOWN_DESCRIPTION));
    let mut lines = vec![view.name(), view.title().unwrap_or_default()];
    lines.extend(view.text(&["spec", "profile", "displayName"]));
    lines.extend(description.as_deref());
    lines.extend(view.tags());
    lines.extend(view.text(&["spec", "target"]));
    lines.extend(view.texts(&["spec", "targets"]));
    lines.retain(|line| !line.is_empty());
    lines.join("\n").to_lowercase()
}

fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
    }
}
