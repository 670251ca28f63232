//! What sign-in and settings show.

use std::str::FromStr;

use model::catalog::EntityRef;
use model::catalog::page::RefLabel;
use serde::{Deserialize, Serialize};

/// One user that a guest may choose to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GuestChoice {
    /// The user.
    pub user: RefLabel,
    /// Their title.
    pub description: Option<String>,
    /// Their direct groups' names.
    pub groups: Vec<String>,
}

/// What the sign-in page offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignInOptions {
    /// Whether `auth.providers.guest` is configured.
    pub guest: bool,
    /// The users that match the text, by name; at most 50.
    pub users: Vec<GuestChoice>,
    /// How many users there are.
    pub total: u32,
}

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The word in the cookie, the form and `data-theme`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = std::convert::Infallible;

    /// Never fails: an unknown word is the system's theme.
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Ok(match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        })
    }
}

/// What a visitor has set: of a signed-in user in the database, mirrored in a cookie; else in the
/// cookie alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// `utc`, or empty for the browser's own zone, or an IANA name.
    pub time_zone: String,
    /// Whether single-key shortcuts act.
    pub shortcuts: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            time_zone: String::new(),
            shortcuts: true,
        }
    }
}

/// A starred or visited entity, for lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityCard {
    /// Name and link.
    pub entity: RefLabel,
    /// As the entity writes it.
    pub kind: String,
    /// `spec.type`.
    pub spec_type: Option<String>,
    /// `metadata.description`, cut.
    pub description: Option<String>,
    /// When it was visited or starred, RFC 3339 in UTC.
    pub at: Option<String>,
}

/// The answer to a click on a star.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Starred {
    /// Which entity.
    pub entity_ref: EntityRef,
    /// Whether it is starred now.
    pub on: bool,
}
