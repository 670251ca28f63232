//! Predicates in JSON: `{"kind": "component", "$not": …}`.

use model::catalog::filter::Predicate;
use serde_json::{Map, Value};

use super::asked::Asked;
use crate::http::ApiError;

/// The `query` of a body; everything where there is none.
pub(super) fn of_body(asked: &Asked) -> Result<Predicate, ApiError> {
    asked
        .body()
        .get("query")
        .map_or(Ok(Predicate::EVERYTHING), parse)
}

/// Reads a predicate.
pub(super) fn parse(value: &Value) -> Result<Predicate, ApiError> {
    let members = value
        .as_object()
        .ok_or_else(|| invalid("a predicate is an object", value))?;
    let operator = members.keys().find(|key| key.starts_with('$'));
    match (operator.map(String::as_str), members.len()) {
        (None, _) => members
            .iter()
            .map(|(key, value)| field(key, value))
            .collect::<Result<_, _>>()
            .map(Predicate::All),
        (Some(operator), 1) => logical(operator, members),
        (Some(_), _) => Err(invalid("an operator stands alone", value)),
    }
}

fn logical(operator: &str, members: &Map<String, Value>) -> Result<Predicate, ApiError> {
    let value = members.get(operator).unwrap_or(&Value::Null);
    let all = || -> Result<Vec<Predicate>, ApiError> {
        let parts = value
            .as_array()
            .ok_or_else(|| invalid("a list of predicates is expected", value))?;
        parts.iter().map(parse).collect()
    };
    match operator {
        "$all" => all().map(Predicate::All),
        "$any" => all().map(Predicate::Any),
        "$not" => parse(value).map(|part| Predicate::Not(Box::new(part))),
        _ => Err(ApiError::input(format!("unknown operator {operator}"))),
    }
}

fn field(key: &str, value: &Value) -> Result<Predicate, ApiError> {
    let own = key.to_owned();
    let Some(members) = value.as_object() else {
        return Ok(Predicate::Equals(own, primitive(value)?));
    };
    let mut only = members.iter();
    let (Some((operator, value)), None) = (only.next(), only.next()) else {
        return Err(invalid("one operator is expected", value));
    };
    match operator.as_str() {
        "$exists" => match value.as_bool() {
            Some(true) => Ok(Predicate::Exists(own)),
            Some(false) => Ok(Predicate::Not(Box::new(Predicate::Exists(own)))),
            None => Err(invalid("$exists is true or false", value)),
        },
        "$in" => primitives(value).map(|values| Predicate::In(own, values)),
        "$hasPrefix" => match value.as_str() {
            Some(prefix) => Ok(Predicate::HasPrefix(own, prefix.to_owned())),
            None => Err(invalid("$hasPrefix is a string", value)),
        },
        "$contains" if value.is_object() => relation(key, value),
        "$contains" => Ok(Predicate::Equals(own, primitive(value)?)),
        _ => Err(ApiError::input(format!("unknown operator {operator}"))),
    }
}

/// `{"relations": {"$contains": {"type": …, "targetRef": …}}}`.
fn relation(key: &str, value: &Value) -> Result<Predicate, ApiError> {
    let expected = || invalid("relations contain {type, targetRef}", value);
    if !key.eq_ignore_ascii_case("relations") {
        return Err(expected());
    }
    let kind = value
        .get("type")
        .and_then(Value::as_str)
        .ok_or_else(expected)?;
    let key = format!("relations.{kind}");
    match value.get("targetRef") {
        None => Ok(Predicate::Exists(key)),
        Some(Value::String(target)) => Ok(Predicate::Equals(key, target.clone())),
        Some(targets) => match targets.get("$in") {
            Some(list) => primitives(list).map(|targets| Predicate::In(key, targets)),
            None => Err(expected()),
        },
    }
}

fn primitives(value: &Value) -> Result<Vec<String>, ApiError> {
    let items = value
        .as_array()
        .ok_or_else(|| invalid("$in is a list", value))?;
    items.iter().map(primitive).collect()
}

fn primitive(value: &Value) -> Result<String, ApiError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(invalid("a string, number or boolean is expected", value)),
    }
}

fn invalid(expected: &str, found: &Value) -> ApiError {
    ApiError::input(format!("invalid predicate: {expected}, not {found}"))
}
