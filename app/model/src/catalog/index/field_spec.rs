//! An organisation's own dimensions, as configured under `catalog.fields`.

use serde::{Deserialize, Serialize};

/// A dimension that an organisation declares: where its value stands in an entity, and along
/// which references a missing value is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldSpec {
    /// The name in `filters[<id>]` and `columns=<id>`; the index keeps it as `field.<id>`.
    pub id: String,
    /// The heading of its filter and column.
    pub title: String,
    /// The dotted path of an entity's own value: `spec.tier`, `metadata.labels.acme.io/tier`.
    pub path: String,
    /// The kinds whose page shows it, in any case; none means all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Whether the catalog page offers it as a filter.
    #[serde(default = "yes")]
    pub filter: bool,
    /// Whether the catalog page shows it as a column by default.
    #[serde(default = "yes")]
    pub column: bool,
    /// Paths of references, in order: an entity without a value has the value of the first
    /// of these that has one. `spec.domain` of an entity without one is its system's.
    #[serde(default)]
    pub inherit: Vec<String>,
}

impl FieldSpec {
    /// Whether a kind's page shows this field.
    #[must_use]
    pub fn applies_to(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|own| own.eq_ignore_ascii_case(kind))
    }

    /// The key under which the index keeps the value: `field.<id>`, lower-case.
    #[must_use]
    pub fn key(&self) -> String {
        format!("field.{}", self.id.to_lowercase())
    }
}

fn yes() -> bool {
    true
}
