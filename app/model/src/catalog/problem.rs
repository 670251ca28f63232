//! One thing that is wrong in a catalog file: where, what, and how to mend it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The entity is accepted all the same.
    Warning,
    /// The entity is not accepted; an earlier good revision stays.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A problem with a value at a place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// Where in the document. A missing key is reported at the object that lacks it.
    pub path: JsonPath,
    /// Whether the entity is refused because of it.
    pub severity: Severity,
    /// What is wrong, with the offending value where it helps; lower case, no full stop.
    pub message: String,
    /// What is expected instead and how to get there.
    pub expected: String,
}

impl Problem {
    /// A problem that refuses the entity.
    pub fn error(path: JsonPath, message: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::new(path, Severity::Error, message.into(), expected.into())
    }

    /// A problem that is shown and does no more.
    pub fn warning(
        path: JsonPath,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self::new(path, Severity::Warning, message.into(), expected.into())
    }

    fn new(path: JsonPath, severity: Severity, message: String, expected: String) -> Self {
        Self {
            path,
            severity,
            message,
            expected,
        }
    }

    /// Whether the entity is refused.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// `metadata.name: is missing; expected a name`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_root() {
            write!(f, "{}: ", self.path.dotted())?;
        }
        write!(f, "{}; expected {}", self.message, self.expected)
    }
}

/// A place in a JSON document as an RFC 6901 pointer: `/spec/dependsOn/0`; the root is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JsonPath(String);

impl JsonPath {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// From keys, outermost first.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        keys.into_iter()
            .fold(Self::root(), |path, key| path.key(key))
    }

    /// The member of this object.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{escaped}", self.0))
    }

    /// The element of this array, from zero.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Whether it is the whole document.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The pointer text, as `serde_json::Value::pointer` takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many keys and indices lead here; zero at the root.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// The object or array around it; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// Whether the other place is this one or within it.
    pub fn contains(&self, other: &Self) -> bool {
        match other.0.strip_prefix(&self.0) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    }

    /// Keys and indices, outermost first, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .split('/')
            .skip(1)
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
    }

    /// As people write it: `spec.dependsOn[0]`.
    pub fn dotted(&self) -> String {
        let mut text = String::new();
        for segment in self.segments() {
            if segment.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty() {
                text.push_str(&format!("[{segment}]"));
                continue;
            }
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(&segment);
        }
        text
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_pointer_and_reads_well() {
        let path = JsonPath::of(["metadata", "annotations", "a.io/x~y"]);
        assert_eq!(path.as_str(), "/metadata/annotations/a.io~1x~0y");
        assert_eq!(path.dotted(), "metadata.annotations.a.io/x~y");
        assert_eq!(
            JsonPath::of(["spec", "dependsOn"]).index(2).dotted(),
            "spec.dependsOn[2]"
        );
        assert_eq!(
            path.parent(),
            Some(JsonPath::of(["metadata", "annotations"]))
        );
        assert_eq!(JsonPath::root().parent(), None);
    }

    #[test]
    fn a_problem_says_where_what_and_what_instead() {
        let problem = Problem::error(JsonPath::of(["kind"]), "is empty", "a kind");
        assert_eq!(problem.to_string(), "kind: is empty; expected a kind");
    }
}
