//! What a location stands on: its directory, if it has one, and the web.

use std::{path::Path, sync::Arc, time::SystemTime};

use integrations::Commit;
use model::catalog::JsonPath;

use super::address::Address;
use crate::{
    source::{Renewal, SourceError, Stamp, Tree, Web, expand},
    yaml::{Limits, Position, Positions, decode, split_documents},
};

/// Reads what a location leads to.
pub(super) struct Ground {
    pub(super) tree: Option<Tree>,
    pub(super) web: Arc<Web>,
    pub(super) renewal: Renewal,
}

/// What tells a changed file from an unchanged one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    File(Stamp),
    Web(u64),
}

/// The content of a file.
pub(super) struct Found {
    pub(super) bytes: Bytes,
    pub(super) version: Version,
    pub(super) commit: Option<Commit>,
}

/// Bytes that are ours, or shared with what was read of the web.
pub(super) enum Bytes {
    Own(Vec<u8>),
    Shared(Arc<[u8]>),
}

/// The files that a target stands for, in order.
#[derive(Default)]
pub(super) struct Files {
    pub(super) files: Vec<Address>,
    /// Directories that were looked into.
    pub(super) directories: Vec<std::path::PathBuf>,
    pub(super) bad: Vec<(Address, SourceError)>,
    /// Whether the files were found by looking into directories.
    pub(super) is_directory: bool,
}

impl Version {
    /// Whether an equal version at a later time proves that the content is the one of `read_at`.
    pub(super) fn proves_content_of(&self, read_at: SystemTime) -> bool {
        match self {
            Self::File(stamp) => stamp.proves_content_of(read_at),
            Self::Web(_) => true,
        }
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl Ground {
    pub(super) fn read(&self, address: &Address, limit: usize) -> Result<Found, SourceError> {
        match address {
            Address::File(path) => {
                let (bytes, stamp) = self.tree()?.read(path, limit)?;
                Ok(Found {
                    bytes: Bytes::Own(bytes),
                    version: Version::File(stamp),
                    commit: None,
                })
            }
            Address::Url(address) => {
                let text = self.web.content(address, self.renewal)?;
                if text.bytes.len() > limit {
                    let bytes = u64::try_from(text.bytes.len()).unwrap_or(u64::MAX);
                    return Err(SourceError::TooLarge { bytes, limit });
                }
                Ok(Found {
                    bytes: Bytes::Shared(text.bytes),
                    version: Version::Web(text.version),
                    commit: text.commit,
                })
            }
        }
    }

    pub(super) fn version(&self, address: &Address) -> Result<Version, SourceError> {
        match address {
            Address::File(path) => self.tree()?.stamp(path).map(Version::File),
            Address::Url(address) => self.web.version(address, self.renewal).map(Version::Web),
        }
    }

    pub(super) fn expand(&self, target: &Address) -> Result<Files, SourceError> {
        match target {
            Address::File(path) => self.expand_path(path),
            Address::Url(address) if target.is_pattern() => {
                let files = self.web.files(address, self.renewal)?;
                Ok(Files {
                    files: files.iter().cloned().map(Address::Url).collect(),
                    ..Files::default()
                })
            }
            Address::Url(_) => {
                self.version(target)?;
                Ok(Files {
                    files: vec![target.clone()],
                    ..Files::default()
                })
            }
        }
    }

    fn expand_path(&self, path: &Path) -> Result<Files, SourceError> {
        let found = expand(self.tree()?, path)?;
        let bad = found.bad.into_iter();
        Ok(Files {
            files: found.files.into_iter().map(Address::File).collect(),
            directories: found.directories,
            bad: bad
                .map(|bad| (Address::File(bad.path), bad.error))
                .collect(),
            is_directory: found.is_directory,
        })
    }

    /// Where a part of the document that begins at `line` stands now; the line itself when the
    /// file has changed since.
    pub(super) fn locate(&self, address: &Address, line: u32, part: &JsonPath) -> Position {
        let find = || {
            let found = self.read(address, Limits::FILE_BYTES).ok()?;
            let text = decode(&found.bytes).ok()?;
            let documents = split_documents(text);
            let document = documents
                .iter()
                .find(|document| document.content_line() == line)?;
            let segments: Vec<String> = part.segments().collect();
            Positions::of(*document).value_at(segments.iter().map(String::as_str))
        };
        find().unwrap_or(Position { line, column: 1 })
    }

    /// Nothing on the web stands in a directory.
    fn tree(&self) -> Result<&Tree, SourceError> {
        self.tree.as_ref().ok_or(SourceError::Outside)
    }
}
