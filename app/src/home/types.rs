//! What the home page shows.

use serde::{Deserialize, Serialize};

/// `home:` of the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HomeConfig {
    /// Boxes of links.
    pub toolboxes: Vec<Toolbox>,
    /// Links for those who are new.
    pub getting_started: Vec<Tool>,
}

/// A box of links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolbox {
    /// The heading.
    pub title: String,
    /// The links.
    pub tools: Vec<Tool>,
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// The name.
    pub title: String,
    /// A few words.
    #[serde(default)]
    pub description: String,
    /// http(s), or a path of ours.
    pub url: String,
    /// An icon of our sprite.
    #[serde(default)]
    pub icon: String,
}

/// Everything on the home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HomePage {
    /// `organization.name`.
    pub organization: String,
    /// From the configuration.
    pub config: HomeConfig,
    /// Kinds, as entities write them, and how many there are.
    pub catalog: Vec<(String, u32)>,
    /// How many errors the catalog has.
    pub problems: u32,
}
