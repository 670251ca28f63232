//! Cursors: the question itself and where its page begins, so that the next request needs
//! nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::catalog::filter::{Filter, Predicate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::full_text::FullText;
use super::predicate;
use crate::http::ApiError;

/// Where an item stands in an order: its value in lower case, and its uid.
pub(super) type Key = (String, String);

/// A question with a place in its answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Cursor {
    /// As written in `filter`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) filter: Vec<String>,
    /// A predicate. A client that finds this name sends the cursor by POST.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<Value>,
    /// Whether the order is that of refs where there is no other; of uids otherwise. So does what
    /// was measured with questions that are posted.
    #[serde(default)]
    pub(super) by_ref: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) order: Option<Order>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) full_text: Option<FullText>,
    /// The item next to which the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<Key>,
    /// Whether the page ends before that item instead.
    #[serde(default)]
    pub(super) back: bool,
    /// The first item of all: where going back ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) first: Option<Key>,
    /// How many there were when the first page was asked for.
    #[serde(default)]
    pub(super) total: u32,
}

/// A key to order by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) field: String,
    pub(super) descending: bool,
}

impl Cursor {
    pub(super) fn read(text: &str) -> Result<Self, ApiError> {
        let json = STANDARD.decode(text).ok();
        // A list would pass for a cursor: of the fields in their order.
        let object = json.and_then(|json| serde_json::from_slice::<Map<String, Value>>(&json).ok());
        object
            .and_then(|object| serde_json::from_value(Value::Object(object)).ok())
            .ok_or_else(|| ApiError::input("Malformed cursor"))
    }

    pub(super) fn write(&self) -> String {
        STANDARD.encode(serde_json::to_string(self).unwrap_or_default())
    }

    /// What the question asks for, but the order.
    pub(super) fn predicate(&self) -> Result<Predicate, ApiError> {
        let filter = Filter::parse(self.filter.iter().map(String::as_str));
        let filter = filter.map_err(|error| ApiError::input(error.to_string()))?;
        let mut parts = vec![filter.predicate()];
        if let Some(query) = &self.query {
            parts.push(predicate::parse(query)?);
        }
        if let Some(full_text) = &self.full_text {
            parts.push(full_text.predicate(self.field()));
        }
        Ok(Predicate::All(parts))
    }

    /// The key that is ordered by.
    pub(super) fn field(&self) -> Option<&str> {
        self.order.as_ref().map(|order| order.field.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_one_made_by_hand_is_refused() {
        let cursor = Cursor {
            filter: vec!["kind=api".to_owned()],
            from: Some(("a".to_owned(), "uid".to_owned())),
            back: true,
            total: 7,
            ..Cursor::default()
        };
        let again = Cursor::read(&cursor.write()).unwrap();
        assert_eq!(again.write(), cursor.write());
        for made in [
            "[]",
            "{\"a\":1}",
            "\"x\"",
            "{\"total\":-1}",
            "{\"from\":[\"a\"]}",
            "",
        ] {
            assert!(Cursor::read(&STANDARD.encode(made)).is_err(), "{made}");
        }
        assert!(Cursor::read("no base64").is_err());
    }
}
