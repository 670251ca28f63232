//! Where a catalog file is: below a configured directory, or on the web.

use std::path::{Path, PathBuf};

use model::catalog::scm;
use url::Url;

use crate::source::{Web, normalized};

/// The absolute path, or the address of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Address {
    File(PathBuf),
    Url(Url),
}

impl Address {
    /// The address that a location reference in text names, if it is of a kind that is read.
    pub(super) fn of_location(location: &str) -> Option<Self> {
        match location.split_once(':')? {
            ("file", path) => Some(Self::File(PathBuf::from(path))),
            ("url", address) => Url::parse(address).ok().map(Self::Url),
            _ => None,
        }
    }

    /// `file:/a/b` or `url:https://…`.
    pub(super) fn location(&self) -> String {
        match self {
            Self::File(path) => format!("file:{}", path.display()),
            Self::Url(address) => format!("url:{address}"),
        }
    }

    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Url(_) => None,
        }
    }

    /// What a target that is written in this file means.
    pub(super) fn resolve(&self, target: &str, web: &Web) -> Option<Self> {
        match self {
            Self::File(file) => {
                let directory = file.parent().unwrap_or(file);
                Some(Self::File(normalized(&directory.join(target))))
            }
            Self::Url(base) => {
                let address = scm::resolve(web.scm(base), target, base.as_str())?;
                Url::parse(&address).ok().map(Self::Url)
            }
        }
    }

    /// Whether it stands for files that have to be looked for. Files say so themselves.
    pub(super) fn is_pattern(&self) -> bool {
        matches!(self, Self::Url(address) if address.path().contains('*'))
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Url(address) => address.fmt(f),
        }
    }
}
