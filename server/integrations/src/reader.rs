//! What reads addresses for the catalog and for templates: one trait, so that tests can have a
//! world of their own.

use async_trait::async_trait;
use model::catalog::scm::Scm;
use url::Url;

use crate::{ReadError, Repository};

/// What an address has, or that it is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// As when it was given the validator that was sent along.
    Unchanged,
    /// This is there now.
    New {
        /// What is there.
        value: T,
        /// To be sent along the next time.
        validator: Option<String>,
    },
}

/// The content of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The last commit that changed it, where the host says so.
    pub commit: Option<Commit>,
}

/// A commit, as far as the history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its hash, in hex.
    pub id: String,
    /// Who wrote it: the host's login where there is one, else the name.
    pub author: Option<String>,
}

/// Reads addresses.
#[async_trait]
pub trait UrlReader: Send + Sync {
    /// Whether the portal may read an address at all.
    ///
    /// # Errors
    /// Why not.
    fn permits(&self, address: &Url) -> Result<(), ReadError>;

    /// The kind of host that an address is on, which says how paths beside it are resolved.
    fn scm(&self, address: &Url) -> Option<Scm>;

    /// The content at an address, at most `limit` bytes. `known` is the validator of the content
    /// that the caller has.
    ///
    /// # Errors
    /// When it may not, or cannot be read.
    async fn read(
        &self,
        address: &Url,
        known: Option<&str>,
        limit: usize,
    ) -> Result<Answer<Content>, ReadError>;

    /// The addresses of the files that a pattern stands for, in order.
    ///
    /// # Errors
    /// When it may not, or cannot be read; where the host cannot be searched.
    async fn search(
        &self,
        pattern: &Url,
        known: Option<&str>,
    ) -> Result<Answer<Vec<Url>>, ReadError>;

    /// The repositories of an organisation.
    ///
    /// # Errors
    /// When they cannot be listed: then nothing is known of any.
    async fn repositories(
        &self,
        host: &str,
        organization: &str,
    ) -> Result<Vec<Repository>, ReadError>;
}

/// Reads nothing: where the catalog comes from files alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoReader;

#[async_trait]
impl UrlReader for NoReader {
    fn permits(&self, address: &Url) -> Result<(), ReadError> {
        Err(ReadError::NotAllowed(address.to_string()))
    }

    fn scm(&self, _address: &Url) -> Option<Scm> {
        None
    }

    async fn read(
        &self,
        address: &Url,
        _known: Option<&str>,
        _limit: usize,
    ) -> Result<Answer<Content>, ReadError> {
        Err(ReadError::NotAllowed(address.to_string()))
    }

    async fn search(
        &self,
        pattern: &Url,
        _known: Option<&str>,
    ) -> Result<Answer<Vec<Url>>, ReadError> {
        Err(ReadError::NotAllowed(pattern.to_string()))
    }

    async fn repositories(
        &self,
        host: &str,
        _organization: &str,
    ) -> Result<Vec<Repository>, ReadError> {
        Err(ReadError::NotAllowed(host.to_owned()))
    }
}
