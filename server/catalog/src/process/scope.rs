//! The part of the catalog that belongs to a target which cannot be read now.

use std::path::PathBuf;

use globset::{GlobBuilder, GlobMatcher};

use super::{Owner, address::Address, owners::path_of};

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
    /// One address on the web, or all that a pattern matches.
    At(Address),
    AtMatching(GlobMatcher),
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
    pub(super) fn of_target(origin: &str, target: &Address) -> Self {
        let text = match target {
            Address::File(path) => path.to_str().unwrap_or_default(),
            Address::Url(address) => address.as_str(),
        };
        let glob = GlobBuilder::new(text).literal_separator(true).build();
        let glob = glob.ok().map(|glob| glob.compile_matcher());
        let files = match (target, glob) {
            (Address::Url(_), Some(glob)) if target.is_pattern() => Files::AtMatching(glob),
            (Address::Url(_), _) => Files::At(target.clone()),
            (Address::File(_), Some(glob)) if text.contains(['*', '?', '[', '{']) => {
                Files::Matching(glob)
            }
            (Address::File(path), _) => Files::Below(path.clone()),
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
            Files::At(address) => owner.address().as_ref() == Some(address),
            Files::AtMatching(glob) => {
                let address = owner.location.strip_prefix("url:");
                address.is_some_and(|address| glob.is_match(address))
            }
        }
    }
}
