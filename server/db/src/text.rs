//! Values on their way into text columns and back.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{DbError, Result};

/// `text` without NUL, which PostgreSQL's `text` cannot hold: each becomes U+FFFD.
/// Names of files and excerpts of binary files reach the database through this.
pub fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A value as JSON text. NUL arrives escaped, so that the text is storable.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(DbError::other)
}

/// A value from the JSON text of a column.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(DbError::other)
}
