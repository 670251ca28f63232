//! A location's directory and everything below it, and nothing else.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use cap_std::{
    ambient_authority,
    fs::{Dir, File, Metadata},
};

use super::{SourceError, Stamp};

/// A directory that can be read from, and that no path leads out of.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    dir: Dir,
}

impl Tree {
    /// Opens the directory at an absolute path, given by configuration.
    ///
    /// # Errors
    /// When it is not there, or is no directory that can be read.
    pub fn open(root: &Path) -> Result<Self, SourceError> {
        let dir = Dir::open_ambient_dir(root, ambient_authority())?;
        Ok(Self {
            root: root.to_owned(),
            dir,
        })
    }

    /// The directory's absolute path.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Identity, size and times of a file inside, links followed.
    ///
    /// # Errors
    /// When it is missing, outside, or not a regular file.
    pub fn stamp(&self, path: &Path) -> Result<Stamp, SourceError> {
        let metadata = self.metadata(path)?;
        if metadata.is_file() {
            Ok(Stamp::of(&metadata))
        } else {
            Err(SourceError::NotAFile)
        }
    }

    /// The content of a file inside and the stamp it had.
    ///
    /// # Errors
    /// As [`Tree::stamp`]; also when it is larger than `limit` bytes or may not be read.
    pub fn read(&self, path: &Path, limit: usize) -> Result<(Vec<u8>, Stamp), SourceError> {
        // Asked before opening: to open a named pipe would wait for its writer.
        self.stamp(path)?;
        let file = self.dir.open(self.inside(path)?)?;
        let metadata = file.metadata()?;
        let bytes = read_at_most(file, limit, metadata.len())?;
        Ok((bytes, Stamp::of(&metadata)))
    }

    pub(super) fn metadata(&self, path: &Path) -> Result<Metadata, SourceError> {
        let inside = self.inside(path)?;
        if inside.as_os_str().is_empty() {
            return Ok(self.dir.dir_metadata()?);
        }
        Ok(self.dir.metadata(inside)?)
    }

    pub(super) fn read_dir(&self, path: &Path) -> Result<cap_std::fs::ReadDir, SourceError> {
        let inside = self.inside(path)?;
        if inside.as_os_str().is_empty() {
            return Ok(self.dir.entries()?);
        }
        Ok(self.dir.read_dir(inside)?)
    }

    fn inside<'p>(&self, path: &'p Path) -> Result<&'p Path, SourceError> {
        path.strip_prefix(&self.root)
            .map_err(|_| SourceError::Outside)
    }
}

fn read_at_most(file: File, limit: usize, bytes: u64) -> Result<Vec<u8>, SourceError> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    let too_large = |bytes| SourceError::TooLarge { bytes, limit };
    if bytes > most {
        return Err(too_large(bytes));
    }
    let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
    // The size may have grown since, or be unknown, as in /proc.
    file.take(most.saturating_add(1))
        .read_to_end(&mut content)?;
    if content.len() > limit {
        return Err(too_large(most.saturating_add(1)));
    }
    Ok(content)
}
