//! The part of the catalog that belongs to a target which cannot be read now.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use super::{Owner, owners::path_of};

/// Entities of these files stay as they are until the target can be read again.
#[derive(Debug)]
pub(super) struct Scope {
    origin: String,
    files: Files,
}

#[derive(Debug)]
enum Files {
    All,
    Below(PathBuf),
    Matching(GlobMatcher),
}

impl Scope {
    /// Everything that came from a configured location.
    pub(super) fn all_of(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            files: Files::All,
        }
    }

    /// What a target stood for: the file, what was below the directory, what the glob matched.
    pub(super) fn of_target(origin: &str, target: &Path) -> Self {
        let glob = target.to_str().and_then(|target| {
            let glob = GlobBuilder::new(target).literal_separator(true).build();
            glob.ok().map(|glob| glob.compile_matcher())
        });
        let files = match glob {
            Some(glob) if target.to_string_lossy().contains(['*', '?', '[', '{']) => {
                Files::Matching(glob)
            }
            _ => Files::Below(target.to_owned()),
        };
        Self {
            origin: origin.to_owned(),
            files,
        }
    }

    pub(super) fn covers(&self, owner: &Owner) -> bool {
        if *self.origin != *owner.origin {
            return false;
        }
        let path = path_of(&owner.location);
        match &self.files {
            Files::All => true,
            Files::Below(target) => path.is_some_and(|path| path.starts_with(target)),
            Files::Matching(glob) => path.is_some_and(|path| glob.is_match(path)),
        }
    }
}
