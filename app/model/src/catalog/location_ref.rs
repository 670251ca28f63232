//! Where catalog data comes from: `<type>:<target>`, for example `file:/srv/catalog/all.yaml` or
//! `url:https://example.com/catalog-info.yaml`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Value, json};

use super::entity_ref::{DEFAULT_NAMESPACE, EntityRef, EntityRefError};
use super::hash::sha1_hex;
use super::text::{is_script_url, js_trim};
use super::well_known::{MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION};

/// Why a text is not a location reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocationRefError {
    /// No colon, or nothing on one of its sides.
    #[error("a location is written <type>:<target>, for example file:./catalog-info.yaml")]
    Incomplete,
    /// A bare web address.
    #[error("a web address needs the type url in front: url:https://…")]
    BareUrl,
    /// A target that would run code when it is shown as a link.
    #[error("a javascript: address is not a location; use a file path or an https address")]
    Script,
    /// A type with a colon, or parts with white space around, which would read back differently.
    #[error("a location's type has no colon, and neither part has white space around it")]
    Ambiguous,
}

/// A place to read from; both parts are trimmed and not empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocationRef {
    kind: String,
    target: String,
}

impl LocationRef {
    /// From its two parts, which must be as [`LocationRef::parse`] would give them.
    pub fn new(kind: &str, target: &str) -> Result<Self, LocationRefError> {
        let location = Self::parse(&format!("{kind}:{target}"))?;
        if location.kind != kind || location.target != target {
            return Err(LocationRefError::Ambiguous);
        }
        Ok(location)
    }

    /// Splits at the first colon and trims both sides.
    pub fn parse(text: &str) -> Result<Self, LocationRefError> {
        let (kind, target) = text.split_once(':').ok_or(LocationRefError::Incomplete)?;
        let (kind, target) = (js_trim(kind), js_trim(target));
        if kind.is_empty() || target.is_empty() {
            return Err(LocationRefError::Incomplete);
        }
        if kind == "http" || kind == "https" {
            return Err(LocationRefError::BareUrl);
        }
        if is_script_url(target) {
            return Err(LocationRefError::Script);
        }
        Ok(Self {
            kind: kind.to_owned(),
            target: target.to_owned(),
        })
    }

    /// The type: `file`, `url`, … (named so because `type` is a keyword).
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The path or address.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The name of the Location entity that stands for it: `generated-` and the SHA-1 of its text.
    pub fn generated_name(&self) -> String {
        format!("generated-{}", sha1_hex(&self.to_string()))
    }

    /// The reference of the Location entity that stands for it.
    ///
    /// # Errors
    /// Never: the name is made of letters, digits and a dash.
    pub fn generated_ref(&self) -> Result<EntityRef, EntityRefError> {
        EntityRef::new("location", DEFAULT_NAMESPACE, &self.generated_name())
    }

    /// The Location entity that stands for it in the catalog.
    pub fn generated_entity(&self) -> Value {
        let own = self.to_string();
        json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "Location",
            "metadata": {
                "namespace": "default",
                "name": self.generated_name(),
                "annotations": {
                    MANAGED_BY_LOCATION: own,
                    MANAGED_BY_ORIGIN_LOCATION: own,
                },
            },
            "spec": { "type": self.kind, "target": self.target },
        })
    }
}

impl fmt::Display for LocationRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.target)
    }
}

impl FromStr for LocationRef {
    type Err = LocationRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for LocationRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocationRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_to_do_about_a_bad_location() {
        assert_eq!(
            LocationRef::parse("https://x/y"),
            Err(LocationRefError::BareUrl)
        );
        assert_eq!(
            LocationRef::parse("file: "),
            Err(LocationRefError::Incomplete)
        );
        assert_eq!(
            LocationRef::parse("url:\u{1}java\nscript:alert(1)"),
            Err(LocationRefError::Script)
        );
        assert_eq!(
            LocationRef::new("a:b", "c"),
            Err(LocationRefError::Ambiguous)
        );
    }

    #[test]
    fn the_generated_entity_is_managed_by_itself() -> Result<(), LocationRefError> {
        let entity = LocationRef::parse("file:/srv/all.yaml")?.generated_entity();
        let annotations = &entity["metadata"]["annotations"];
        assert_eq!(annotations[MANAGED_BY_LOCATION], "file:/srv/all.yaml");
        assert_eq!(
            annotations[MANAGED_BY_ORIGIN_LOCATION],
            "file:/srv/all.yaml"
        );
        Ok(())
    }
}
