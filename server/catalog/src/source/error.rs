//! Why a source could not be read, in words for the catalog's authors.

use std::io;

use chrono::{DateTime, Utc};
use integrations::ReadError;

/// Why a file or directory could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Nothing is there, or a link leads nowhere.
    #[error("there is no such file or directory")]
    Missing,
    /// The path, or a link on the way, leads out of the location's tree.
    #[error("the path leads out of the location's directory")]
    Outside,
    /// A device, a socket, a directory.
    #[error("this is not a regular file")]
    NotAFile,
    /// Larger than what is read at all.
    #[error("the file has {bytes} bytes")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The most that is read.
        limit: usize,
    },
    /// Its name is not text and cannot be written in a location.
    #[error("the name is not UTF-8 text")]
    Name,
    /// A glob that cannot be understood.
    #[error("the pattern is not valid: {0}")]
    Pattern(String),
    /// More files than are read below one target.
    #[error("there are more than {0} files here")]
    TooMany(usize),
    /// An address on the web.
    #[error("{error}{}", since(*.last_good))]
    Web {
        /// Why it cannot be read now.
        error: ReadError,
        /// When it last could, if since the portal was started.
        last_good: Option<DateTime<Utc>>,
    },
    /// An address on the web that is being read for the first time.
    #[error("this is being read")]
    Pending,
    /// What the operating system says.
    #[error("the file cannot be read: {0}")]
    Io(io::Error),
}

impl SourceError {
    /// What would have been right.
    #[must_use]
    pub fn expected(&self) -> String {
        match self {
            Self::Missing => "a file or directory that exists".to_owned(),
            Self::Outside => {
                "a path inside the directory of the configured location, without links out of it"
                    .to_owned()
            }
            Self::NotAFile => "a regular file".to_owned(),
            Self::TooLarge { limit, .. } => format!("at most {limit} bytes"),
            Self::Name => "a name in UTF-8".to_owned(),
            Self::Pattern(_) => "a glob such as services/**/catalog-info.yaml".to_owned(),
            Self::TooMany(limit) => format!("at most {limit} files below one target"),
            Self::Web { error, .. } => error.expected(),
            Self::Pending => "a moment's patience".to_owned(),
            Self::Io(_) => "a file that the portal's user may read".to_owned(),
        }
    }
}

impl SourceError {
    /// Whether nothing is there, which is no problem where it is optional.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        let missing = ReadError::Missing;
        matches!(self, Self::Missing)
            || matches!(self, Self::Web { error, .. } if *error == missing)
    }
}

fn since(last_good: Option<DateTime<Utc>>) -> String {
    let since =
        |at: DateTime<Utc>| format!("; what was read until {} stays", at.format("%F %R UTC"));
    last_good.map(since).unwrap_or_default()
}

impl From<io::Error> for SourceError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            // A path that leaves the capability is refused by the library, not by the system.
            io::ErrorKind::PermissionDenied if error.raw_os_error().is_none() => Self::Outside,
            _ => Self::Io(error),
        }
    }
}
