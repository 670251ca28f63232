//! A user's own settings: small JSON values under a bucket and a key.

use db::Result;
use serde_json::Value;

/// Longest bucket or key, in characters.
const LONGEST_NAME: usize = 200;
/// Largest value, in bytes of JSON.
const LARGEST_VALUE: usize = 64 * 1024;

/// Why a setting is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// The bucket or the key.
    #[error(
        "a bucket and a key have 1 to {LONGEST_NAME} characters, none of them a control character"
    )]
    Name,
    /// The value.
    #[error("a setting holds at most {LARGEST_VALUE} bytes of JSON")]
    TooLarge,
}

/// Where a setting is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SettingKey {
    bucket: String,
    key: String,
}

impl SettingKey {
    /// Accepts printable names of up to 200 characters.
    pub fn new(bucket: impl Into<String>, key: impl Into<String>) -> Result<Self, SettingError> {
        let (bucket, key) = (bucket.into(), key.into());
        if is_name(&bucket) && is_name(&key) {
            Ok(Self { bucket, key })
        } else {
            Err(SettingError::Name)
        }
    }

    /// A part of the portal: `shell`.
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// A setting of that part: `theme`.
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    (1..=LONGEST_NAME).contains(&length) && !text.chars().any(char::is_control)
}

/// A JSON value small enough to be a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingValue(Value);

impl SettingValue {
    /// Accepts up to 64 KiB of JSON.
    pub fn new(value: Value) -> Result<Self, SettingError> {
        if value.to_string().len() > LARGEST_VALUE {
            return Err(SettingError::TooLarge);
        }
        Ok(Self(value))
    }

    /// The value.
    pub fn get(&self) -> &Value {
        &self.0
    }

    /// From a column that was written from one.
    pub(crate) fn stored(text: &str) -> Result<Self> {
        db::from_json(text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_printable_and_short() {
        let longest = "k".repeat(LONGEST_NAME);
        assert!(SettingKey::new("shell", longest.as_str()).is_ok());
        for bad in ["", "a\0b", "a\nb", &"k".repeat(LONGEST_NAME + 1)] {
            assert_eq!(
                SettingKey::new("shell", bad),
                Err(SettingError::Name),
                "{bad:?}"
            );
            assert_eq!(
                SettingKey::new(bad, "theme"),
                Err(SettingError::Name),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn a_value_has_a_largest_size() {
        let of = |length: usize| SettingValue::new(Value::String("x".repeat(length)));
        assert!(of(LARGEST_VALUE - 2).is_ok());
        assert_eq!(of(LARGEST_VALUE - 1), Err(SettingError::TooLarge));
    }
}
