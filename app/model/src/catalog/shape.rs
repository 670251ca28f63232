//! Shapes of JSON values as data, and the one function that holds a value against them.
//!
//! Deliberately smaller than JSON Schema: what the kinds need, with words for people.

use serde_json::{Map, Value};

use super::fields::Format;
use super::problem::{JsonPath, Problem};

/// What a value may be.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A text that is not empty.
    Text,
    /// Any text.
    AnyText,
    /// A text that follows a format.
    Formatted(&'static Format),
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A text (an expression, as a rule) or a truth value.
    TextOrBool,
    /// A text, list or mapping: what a loop can go over.
    Loop,
    /// A list of such values.
    List(&'static Shape),
    /// A mapping with free keys.
    Map(&'static Format, &'static Format),
    /// A mapping with known members; others are allowed.
    Object(&'static Members),
    /// Such a mapping, or a list of them.
    OneOrMany(&'static Members),
}

/// The members of a mapping.
#[derive(Debug)]
pub(crate) struct Members {
    /// The known ones.
    pub(crate) fields: &'static [Field],
    /// What all others must be; `None` lets them be anything.
    pub(crate) rest: Option<&'static Shape>,
}

impl Members {
    /// Known members among others that are not looked at.
    pub(crate) const fn open(fields: &'static [Field]) -> Self {
        Self { fields, rest: None }
    }
}

/// A mapping of which nothing is known.
pub(crate) const ANY_OBJECT: Shape = Shape::Object(&Members::open(&[]));

/// One member of a mapping.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) is_required: bool,
    /// What belongs there, in words.
    pub(crate) meaning: &'static str,
}

impl Field {
    pub(crate) const fn required(name: &'static str, shape: Shape, meaning: &'static str) -> Self {
        Self {
            name,
            shape,
            is_required: true,
            meaning,
        }
    }

    pub(crate) const fn optional(name: &'static str, shape: Shape, meaning: &'static str) -> Self {
        Self {
            name,
            shape,
            is_required: false,
            meaning,
        }
    }
}

/// Adds a problem for every way in which the object is not as its members demand.
pub(crate) fn check_members(
    members: &Members,
    object: &Map<String, Value>,
    path: &JsonPath,
    problems: &mut Vec<Problem>,
) {
    for field in members.fields {
        match object.get(field.name) {
            Some(value) => check_field(field, value, &path.key(field.name), problems),
            None if field.is_required => problems.push(missing(field, path)),
            None => {}
        }
    }
    let Some(rest) = members.rest else { return };
    for (key, value) in object {
        if members.fields.iter().all(|field| field.name != key) {
            check(rest, value, &path.key(key), problems);
        }
    }
}

fn missing(field: &Field, path: &JsonPath) -> Problem {
    Problem::error(
        path.clone(),
        format!("{} is missing", field.name),
        format!("{}: {}", field.name, field.meaning),
    )
}

fn check_field(field: &Field, value: &Value, path: &JsonPath, problems: &mut Vec<Problem>) {
    let before = problems.len();
    check(&field.shape, value, path, problems);
    // A problem of the field itself is best explained by what belongs there; deeper ones are not.
    if let Some(own) = problems.get_mut(before).filter(|p| p.path == *path)
        && !matches!(field.shape, Shape::Formatted(_) | Shape::Choice(_))
    {
        own.expected = format!("{}: {}", own.expected, field.meaning);
    }
}

/// Adds a problem for every way in which the value is not of the shape.
pub(crate) fn check(shape: &Shape, value: &Value, path: &JsonPath, problems: &mut Vec<Problem>) {
    match (shape, value) {
        (Shape::Text, Value::String(text)) if !text.is_empty() => {}
        (Shape::AnyText | Shape::TextOrBool | Shape::Loop, Value::String(_))
        | (Shape::TextOrBool, Value::Bool(_))
        | (Shape::Loop, Value::Array(_) | Value::Object(_)) => {}
        (Shape::Formatted(format), Value::String(text)) => {
            check_format(format, text, path, problems);
        }
        (Shape::Choice(choices), Value::String(text)) if choices.contains(&text.as_str()) => {}
        (Shape::List(element), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                check(element, item, &path.index(index), problems);
            }
        }
        (Shape::OneOrMany(members), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                check(&Shape::Object(members), item, &path.index(index), problems);
            }
        }
        (Shape::Map(keys, values), Value::Object(map)) => {
            for (key, value) in map {
                check_format(keys, key, &path.key(key), problems);
                check(&Shape::Formatted(values), value, &path.key(key), problems);
            }
        }
        (Shape::Object(members) | Shape::OneOrMany(members), Value::Object(map)) => {
            check_members(members, map, path, problems);
        }
        _ => problems.push(mismatch(shape, value, path)),
    }
}

fn check_format(format: &Format, text: &str, path: &JsonPath, problems: &mut Vec<Problem>) {
    if !(format.is_valid)(text) {
        let message = match text {
            "" => format!("is empty, which is not {}", format.noun),
            text => format!("{} is not {}", quoted(text), format.noun),
        };
        problems.push(Problem::error(path.clone(), message, format.expected));
    }
}

fn mismatch(shape: &Shape, value: &Value, path: &JsonPath) -> Problem {
    let mut expected = expectation(shape);
    let wants_text = !matches!(
        shape,
        Shape::List(_) | Shape::Map(..) | Shape::Object(_) | Shape::OneOrMany(_)
    );
    if wants_text && matches!(value, Value::Number(_) | Value::Bool(_)) {
        expected.push_str(" (put it in quotes to make it a text)");
    }
    if wants_text && value.is_null() {
        expected.push_str(" (or leave the key out if it is optional)");
    }
    Problem::error(path.clone(), found(value), expected)
}

fn expectation(shape: &Shape) -> String {
    match shape {
        Shape::Text => "a text that is not empty".to_owned(),
        Shape::AnyText => "a text".to_owned(),
        Shape::Formatted(format) => format.expected.to_owned(),
        Shape::Choice(choices) => format!("one of {}", choices.join(", ")),
        Shape::TextOrBool => "true, false or an expression as text".to_owned(),
        Shape::Loop => "a list, a mapping or an expression as text".to_owned(),
        Shape::List(element) => match element {
            Shape::Object(_) => "a list of mappings".to_owned(),
            _ => "a list of texts, like [a, b]".to_owned(),
        },
        Shape::Map(..) => "a mapping of keys to texts".to_owned(),
        Shape::Object(_) => "a mapping".to_owned(),
        Shape::OneOrMany(_) => "a mapping or a list of mappings".to_owned(),
    }
}

/// What was found, for a message that goes on from a field's name.
pub(crate) fn found(value: &Value) -> String {
    match value {
        Value::Null => "has no value".to_owned(),
        Value::Bool(value) => format!("is the truth value {value}"),
        Value::Number(number) => format!("is the number {number}"),
        Value::String(text) if text.is_empty() => "is empty".to_owned(),
        Value::String(text) => format!("is the text {}", quoted(text)),
        Value::Array(_) => "is a list".to_owned(),
        Value::Object(_) => "is a mapping".to_owned(),
    }
}

/// The text in quotes, control characters escaped, shortened to something a line can hold.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}
