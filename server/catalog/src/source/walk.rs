//! Looks through a directory and those below it for files that are wanted.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use cap_std::fs::DirEntry;

use super::{Expansion, SourceError, Stamp, Tree};

/// The most files that one target may stand for.
pub const MAX_FILES: usize = 100_000;

/// Something below a target that cannot be read.
#[derive(Debug)]
pub struct Bad {
    /// Its absolute path.
    pub path: PathBuf,
    /// Why.
    pub error: SourceError,
}

/// Every wanted file below `start`, hidden ones (`.git`) only when asked for. A directory is
/// visited once, however many links lead to it.
pub(super) fn walk(
    tree: &Tree,
    start: &Path,
    hidden: bool,
    wanted: &dyn Fn(&Path) -> bool,
) -> Expansion {
    let mut walk = Walk {
        tree,
        hidden,
        wanted,
        waiting: vec![start.to_owned()],
        seen: HashSet::new(),
        found: Expansion::default(),
    };
    while let Some(directory) = walk.waiting.pop() {
        if walk.found.files.len() > MAX_FILES {
            walk.found.files.truncate(MAX_FILES);
            walk.bad(start.to_owned(), SourceError::TooMany(MAX_FILES));
            break;
        }
        walk.enter(directory);
    }
    walk.found.files.sort();
    walk.found
}

struct Walk<'a> {
    tree: &'a Tree,
    hidden: bool,
    wanted: &'a dyn Fn(&Path) -> bool,
    waiting: Vec<PathBuf>,
    seen: HashSet<(u64, u64)>,
    found: Expansion,
}

impl Walk<'_> {
    fn enter(&mut self, directory: PathBuf) {
        match self.tree.metadata(&directory) {
            Ok(metadata) if !self.seen.insert(Stamp::of(&metadata).identity()) => return,
            Ok(_) => {}
            Err(SourceError::Missing) => return,
            Err(error) => return self.bad(directory, error),
        }
        match self.tree.read_dir(&directory) {
            Ok(entries) => {
                for entry in entries.flatten() {
                    self.look_at(&directory, &entry);
                }
                self.found.directories.push(directory);
            }
            Err(error) => self.bad(directory, error),
        }
    }

    fn look_at(&mut self, directory: &Path, entry: &DirEntry) {
        let name = entry.file_name();
        let path = directory.join(&name);
        let Some(name) = name.to_str() else {
            return self.bad(path, SourceError::Name);
        };
        if name.starts_with('.') && !self.hidden {
            return;
        }
        let Ok(kind) = entry.file_type() else { return };
        if kind.is_dir() {
            self.waiting.push(path);
        } else if kind.is_symlink() {
            self.follow(path);
        } else if (self.wanted)(&path) {
            self.found.files.push(path);
        }
    }

    fn follow(&mut self, path: PathBuf) {
        match self.tree.metadata(&path) {
            Ok(metadata) if metadata.is_dir() => self.waiting.push(path),
            Ok(_) if (self.wanted)(&path) => self.found.files.push(path),
            Ok(_) => {}
            Err(error @ SourceError::Outside) => self.bad(path, error),
            Err(error) if (self.wanted)(&path) => self.bad(path, error),
            Err(_) => {}
        }
    }

    fn bad(&mut self, path: PathBuf, error: SourceError) {
        self.found.bad.push(Bad { path, error });
    }
}
