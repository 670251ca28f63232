//! What is wrong with the configuration, where, and what is expected.

use std::fmt;

/// Every problem found, in the order found.
#[derive(Debug, thiserror::Error)]
pub struct ConfigError(pub(super) Vec<Wrong>);

/// One problem.
#[derive(Debug)]
pub(super) struct Wrong {
    /// `file:line:column`, or the file, or nothing where the command line is meant.
    pub(super) place: String,
    pub(super) message: String,
    pub(super) expected: String,
}

impl ConfigError {
    pub(super) fn refused(message: &str, expected: &str) -> Self {
        Self::at(String::new(), message, expected)
    }

    pub(super) fn at(
        place: String,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self(vec![Wrong {
            place,
            message: message.into(),
            expected: expected.into(),
        }])
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, wrong) in self.0.iter().enumerate() {
            let gap = if index > 0 { "\n" } else { "" };
            let colon = if wrong.place.is_empty() { "" } else { ": " };
            write!(
                f,
                "{gap}{}{colon}{}\n  expected: {}",
                wrong.place, wrong.message, wrong.expected
            )?;
        }
        Ok(())
    }
}
