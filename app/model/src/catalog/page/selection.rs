//! The parts of the catalog page's state that are more than text.

use serde::{Deserialize, Serialize};

use crate::catalog::EntityRef;

/// `filters[user]`: whose entities are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PersonalFilter {
    /// Everybody's.
    #[default]
    All,
    /// Those with an `ownedBy` relation to one of the viewer's ownership refs.
    Owned,
    /// Those that the viewer has starred.
    Starred,
}

impl PersonalFilter {
    /// The word in the URL.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Owned => "owned",
            Self::Starred => "starred",
        }
    }

    /// Reads the word from a URL; unknown words mean [`PersonalFilter::All`].
    #[must_use]
    pub fn from_token(token: &str) -> Self {
        match token.trim().to_ascii_lowercase().as_str() {
            "owned" => Self::Owned,
            "starred" => Self::Starred,
            _ => Self::All,
        }
    }
}

/// One value of `filters[owners]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnerFilter {
    /// `none`: entities without an owner.
    None,
    /// `missing`: entities with an owner that the catalog does not have.
    Missing,
    /// A ref, short or full: entities that it owns.
    Entity(EntityRef),
}

impl OwnerFilter {
    /// The word in the URL for "no owner". A group of that name is written `group:none`.
    pub const NONE: &str = "none";
    /// The word in the URL for "owner does not exist". A group of that name is `group:missing`.
    pub const MISSING: &str = "missing";

    /// Reads one value. A ref without a kind means a group, without a namespace `default`.
    #[must_use]
    pub fn from_token(token: &str) -> Option<Self> {
        match token.trim() {
            "" => None,
            word if word.eq_ignore_ascii_case(Self::NONE) => Some(Self::None),
            word if word.eq_ignore_ascii_case(Self::MISSING) => Some(Self::Missing),
            text => EntityRef::parse_with(text, Some("group"), None)
                .ok()
                .map(Self::Entity),
        }
    }

    /// The value as written in a URL: `group:squad-aura`, with the namespace where it is not
    /// `default`.
    #[must_use]
    pub fn token(&self) -> String {
        match self {
            Self::None => Self::NONE.to_owned(),
            Self::Missing => Self::MISSING.to_owned(),
            Self::Entity(owner) if owner.name().contains('/') => owner.to_string(),
            Self::Entity(owner) => owner.humanized(None),
        }
    }
}

/// `sort`: a column and a direction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    /// The column's id. An id that the page does not know sorts by name.
    pub column: String,
    /// `-` before the id. Rows without a value come last in both directions.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            column: "name".to_owned(),
            descending: false,
        }
    }
}

impl Sort {
    /// Reads `name` or `-name`.
    #[must_use]
    pub fn from_token(token: &str) -> Self {
        let token = token.trim();
        let column = token.trim_start_matches('-').trim();
        if column.is_empty() {
            return Self::default();
        }
        Self {
            column: column.chars().take(100).collect(),
            descending: token.starts_with('-'),
        }
    }

    /// The value in the URL.
    #[must_use]
    pub fn token(&self) -> String {
        let sign = if self.descending { "-" } else { "" };
        format!("{sign}{}", self.column)
    }
}
