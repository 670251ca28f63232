//! Why an address could not be read, in words for the catalog's authors.

use chrono::{DateTime, Utc};

/// Why an address could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not an `http` or `https` address, or one with a way out of its path.
    #[error("this is not an address that can be read")]
    Address,
    /// The configuration does not name it.
    #[error("{0} is not among the places that this portal reads")]
    NotAllowed(String),
    /// Its host has an address inside a network that only the configuration may open.
    #[error("{0} is an address inside a private network")]
    Private(String),
    /// 404 or 410; on GitHub also what the portal's token may not see.
    #[error("there is no such file, or the portal may not see it")]
    Missing,
    /// 401 or 403.
    #[error("the host refuses access with status {0}")]
    Refused(u16),
    /// The host wants to be left alone.
    #[error("{host} allows no more requests until {}", .until.format("%H:%M:%S UTC"))]
    RateLimited {
        /// Whose limit it is.
        host: String,
        /// When to ask again.
        until: DateTime<Utc>,
    },
    /// Larger than what is read at all.
    #[error("the file has more than {0} bytes")]
    TooLarge(usize),
    /// No answer, or none that ended, in time.
    #[error("the host did not answer in time")]
    Timeout,
    /// Too many redirects, or in a circle.
    #[error("the address leads on and on")]
    Redirects,
    /// A status that says that it went wrong over there.
    #[error("the host answers with status {0}")]
    Status(u16),
    /// No connection.
    #[error("the host cannot be reached: {0}")]
    Unreachable(String),
    /// An answer that makes no sense.
    #[error("the host's answer makes no sense: {0}")]
    Answer(String),
    /// More files than are read below one address.
    #[error("there are more than {0} files here")]
    TooMany(usize),
    /// A glob that cannot be understood.
    #[error("the pattern is not valid: {0}")]
    Pattern(String),
}

impl ReadError {
    /// What would have been right.
    #[must_use]
    pub fn expected(&self) -> String {
        match self {
            Self::Address => "an address such as https://github.com/org/repo/blob/main/catalog-info.yaml".to_owned(),
            Self::NotAllowed(_) => "an address below those in backend.reading.allow, or of an organisation that the catalog is configured with".to_owned(),
            Self::Private(_) => "a host on the internet, or one that backend.reading.allow names exactly".to_owned(),
            Self::Missing => "a file that exists, in a repository that the portal's token may read".to_owned(),
            Self::Refused(_) => "a host that lets the portal read; its token may be wrong or expired".to_owned(),
            Self::RateLimited { .. } => "patience: it is tried again then".to_owned(),
            Self::TooLarge(limit) => format!("at most {limit} bytes"),
            Self::Timeout | Self::Unreachable(_) => "a host that answers; it is tried again".to_owned(),
            Self::Redirects => "an address that leads somewhere in five steps".to_owned(),
            Self::Status(_) => "status 200; it is tried again".to_owned(),
            Self::Answer(_) => "an answer as the host's interface describes it".to_owned(),
            Self::TooMany(limit) => format!("at most {limit} files below one address"),
            Self::Pattern(_) => "a glob such as services/**/catalog-info.yaml".to_owned(),
        }
    }
}
