//! JSON within the same limits.

use serde::de::DeserializeSeed;
use serde_json::{Value, error::Category};

use super::{
    flaw::{Flaw, Position, too_large},
    limits::Limits,
    value::{Growth, ValueSeed},
};

/// Parses one JSON text; the last of two equal keys counts, as everywhere with JSON.
///
/// # Errors
/// The first place that is not JSON, or that breaks a limit.
pub fn parse_json(text: &str, limits: &Limits) -> Result<Value, Flaw> {
    let growth = Growth::within(limits);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = ValueSeed(&growth)
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|error| {
        let at = Position::within(error.line(), error.column(), 1);
        if growth.exceeded() {
            let (what, expected) = too_large(limits);
            return Flaw::new(at, what, expected);
        }
        Flaw::new(at, in_words(&error), "valid JSON")
    })
}

fn in_words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_lowercase();
    match error.classify() {
        Category::Eof => format!("the text ends too early: {message}"),
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_read_within_the_limits() {
        let parse = |text: &str| parse_json(text, &Limits::DOCUMENT);
        assert_eq!(parse("{\"a\": [1, 2.0]}").unwrap(), json!({"a": [1, 2]}));
        let flaw = parse("{\n  \"a\": }").unwrap_err();
        assert_eq!((flaw.position.line, flaw.position.column), (2, 8));
        let long = format!("[{}1]", "1,".repeat(20_000));
        assert!(parse(&long).unwrap_err().what.contains("too large"));
        assert!(parse(&"[".repeat(10_000)).is_err());
        assert!(parse("1 2").is_err());
    }
}
