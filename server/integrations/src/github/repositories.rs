//! The repositories of an organisation.

use serde::{Deserialize, Serialize};

use super::GitHub;
use crate::ReadError;

/// Who may see a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Who may see the organisation.
    Internal,
    /// Who was let in.
    Private,
}

/// A repository, as far as discovery needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    /// Without the owner.
    pub name: String,
    /// `None` in an empty repository.
    pub default_branch: Option<String>,
    /// Whether nobody can change it.
    #[serde(default)]
    pub archived: bool,
    /// Whether it is a copy of another.
    #[serde(default)]
    pub fork: bool,
    /// Absent on old Enterprise Servers.
    pub visibility: Option<Visibility>,
    /// Lower case.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The time of the last push, as GitHub writes it.
    pub pushed_at: Option<String>,
}

impl GitHub {
    /// All repositories of an organisation that the portal may see, by name.
    ///
    /// # Errors
    /// When one of the pages cannot be read: then nothing is known of the organisation.
    pub async fn repositories(&self, organization: &str) -> Result<Vec<Repository>, ReadError> {
        let path = format!("/orgs/{organization}/repos?per_page=100&type=all&sort=full_name");
        self.pages(organization, &path).await
    }
}
