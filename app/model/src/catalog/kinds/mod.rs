//! The kinds of entities: their names for people, what their `spec` holds, and what it refers to.

mod location;
mod organisation;
mod software;
mod template;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::relation_type::RelationType;
use super::shape::Members;
use super::text::capitalised;

/// The versions that all kinds but Template are written in; they mean the same.
const CATALOG_VERSIONS: &[&str] = &["backstage.io/v1alpha1", "backstage.io/v1beta1"];

/// A kind that the portal knows.
#[derive(Debug)]
pub struct Kind {
    /// As in `kind`, in this very case: `Component`.
    pub name: &'static str,
    /// For people, one of them: `Component`.
    pub title: &'static str,
    /// For people, many of them: `Components`.
    pub plural: &'static str,
    /// The icon's id in the sprite.
    pub icon: &'static str,
    /// The values of `apiVersion` it may have.
    pub api_versions: &'static [&'static str],
    pub(crate) spec: &'static Members,
    pub(crate) references: &'static [Reference],
}

/// A field of `spec` that refers to other entities.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) field: &'static str,
    /// How the entity relates to what the field names.
    pub(crate) relation: RelationType,
    /// The kind of a reference that names none; `None` makes it obligatory.
    pub(crate) default_kind: Option<&'static str>,
}

impl Reference {
    const fn to(field: &'static str, relation: RelationType, default_kind: &'static str) -> Self {
        Self {
            field,
            relation,
            default_kind: Some(default_kind),
        }
    }

    const fn to_any(field: &'static str, relation: RelationType) -> Self {
        Self {
            field,
            relation,
            default_kind: None,
        }
    }
}

/// All kinds that the portal knows, in the order in which people look for them.
pub const KINDS: &[Kind] = &[
    software::COMPONENT,
    software::API,
    software::RESOURCE,
    software::SYSTEM_KIND,
    software::DOMAIN,
    organisation::GROUP,
    organisation::USER,
    template::TEMPLATE,
    location::LOCATION,
];

/// What many entities of a kind, in any case, are called: `APIs`, `Components`, and of an
/// organisation's own kind `Policies`.
pub fn plural(name: &str) -> String {
    if let Some(kind) = find_any_case(name) {
        return kind.plural.to_owned();
    }
    let capital = capitalised(name);
    match capital.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if capital.ends_with('s') => format!("{capital}es"),
        _ => format!("{capital}s"),
    }
}

/// The kind with exactly this name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The kind with this name in any case, as references and addresses have it.
pub fn find_any_case(name: &str) -> Option<&'static Kind> {
    KINDS
        .iter()
        .find(|kind| kind.name.eq_ignore_ascii_case(name))
}

/// Kinds that configuration allows beside the known ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindSet(BTreeSet<String>);

impl KindSet {
    /// Whether the kind, in this very case, is among them.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Their names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<S: Into<String>> FromIterator<S> for KindSet {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn kinds_have_plurals() {
        let plurals = ["API", "component", "Policy", "Gateway", "Bus"].map(plural);
        assert_eq!(
            plurals,
            ["APIs", "Components", "Policies", "Gateways", "Buses"]
        );
    }
}
