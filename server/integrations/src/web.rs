//! The reader of everything: each address by what its host is.

use std::sync::Arc;

use async_trait::async_trait;
use model::catalog::scm::{RepositoryPath, Scm};
use url::Url;

use crate::{
    Allowed, Answer, Content, GitHub, Integrations, ReadError, Repository, UrlReader,
    config::host_and_port, people, site::Site,
};

/// Reads addresses of the hosts that configuration knows.
pub struct Readers {
    allowed: Arc<Allowed>,
    integrations: Integrations,
    github: Vec<Arc<GitHub>>,
    site: Site,
}

impl Readers {
    /// Makes ready to read.
    ///
    /// # Errors
    /// In words, when a key or address of the configuration cannot be used.
    pub fn new(integrations: Integrations, allowed: Allowed) -> Result<Self, String> {
        let allowed = Arc::new(allowed);
        let github = integrations.github.iter().cloned();
        let github = github.map(|host| GitHub::new(host).map(Arc::new));
        Ok(Self {
            github: github.collect::<Result<_, _>>()?,
            site: Site::new(Arc::clone(&allowed)).map_err(|error| error.to_string())?,
            allowed,
            integrations,
        })
    }

    /// The GitHub that a host is.
    #[must_use]
    pub fn github(&self, host: &str) -> Option<&Arc<GitHub>> {
        self.github.iter().find(|known| known.host() == host)
    }

    /// Every GitHub that is known.
    #[must_use]
    pub fn githubs(&self) -> &[Arc<GitHub>] {
        &self.github
    }

    /// The places that may be read, for people.
    #[must_use]
    pub fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    fn on_github(&self, address: &Url) -> Option<&Arc<GitHub>> {
        self.github(&host_and_port(address)?)
    }
}

#[async_trait]
impl UrlReader for Readers {
    fn permits(&self, address: &Url) -> Result<(), ReadError> {
        self.allowed.check(address).map(drop)
    }

    fn scm(&self, address: &Url) -> Option<Scm> {
        self.integrations.scm(address)
    }

    async fn read(
        &self,
        address: &Url,
        known: Option<&str>,
        limit: usize,
    ) -> Result<Answer<Content>, ReadError> {
        self.permits(address)?;
        let Some(github) = self.on_github(address) else {
            return self.site.read(address, known, limit).await;
        };
        if let Some(organization) = people::organization_of(address) {
            return people::page(github, organization, known).await;
        }
        let file = RepositoryPath::of(address).ok_or(ReadError::Address)?;
        github.file(&file, known, limit).await
    }

    async fn repositories(
        &self,
        host: &str,
        organization: &str,
    ) -> Result<Vec<Repository>, ReadError> {
        let github = self.github(host);
        let github = github.ok_or_else(|| ReadError::NotAllowed(host.to_owned()))?;
        github.repositories(organization).await
    }

    async fn search(
        &self,
        pattern: &Url,
        known: Option<&str>,
    ) -> Result<Answer<Vec<Url>>, ReadError> {
        self.permits(pattern)?;
        let github = self.on_github(pattern).ok_or_else(|| {
            ReadError::Pattern("only repositories on GitHub can be searched".to_owned())
        })?;
        let wanted = RepositoryPath::of(pattern).ok_or(ReadError::Address)?;
        Ok(match github.matching(&wanted, known).await? {
            Answer::Unchanged => Answer::Unchanged,
            Answer::New { value, validator } => Answer::New {
                value: value
                    .iter()
                    .filter_map(|file| github.address(file))
                    .collect(),
                validator,
            },
        })
    }
}
