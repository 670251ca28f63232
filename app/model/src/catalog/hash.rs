//! SHA-1 fingerprints, as the contract uses them for etags and generated names. They tell
//! versions apart; nothing relies on them for security.

use serde_json::Value;
use sha1::{Digest, Sha1};

use super::text::utf16_cmp;

/// SHA-1 of the text in lower-case hex, 40 characters.
pub(crate) fn sha1_hex(text: &str) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(40);
    for byte in Sha1::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// JSON text that does not depend on the order of keys: sorted, without white space.
pub(crate) fn stable_json(value: &Value) -> String {
    let mut text = String::new();
    write_stable(value, &mut text);
    text
}

fn write_stable(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut members: Vec<_> = map.iter().collect();
            members.sort_by(|a, b| utf16_cmp(a.0, b.0));
            for (i, (key, member)) in members.into_iter().enumerate() {
                out.push(if i == 0 { '{' } else { ',' });
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                write_stable(member, out);
            }
            out.push_str(if map.is_empty() { "{}" } else { "}" });
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                out.push(if i == 0 { '[' } else { ',' });
                write_stable(item, out);
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn hashes_like_everyone_else() {
        assert_eq!(sha1_hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    }

    #[test]
    fn key_order_does_not_matter() {
        let a = json!({"b": [1, {"y": null, "x": "é\""}], "a": {}, "c": []});
        let b = json!({"a": {}, "c": [], "b": [1, {"x": "é\"", "y": null}]});
        assert_eq!(stable_json(&a), stable_json(&b));
        assert_eq!(
            stable_json(&a),
            r#"{"a":{},"b":[1,{"x":"é\"","y":null}],"c":[]}"#
        );
    }
}
