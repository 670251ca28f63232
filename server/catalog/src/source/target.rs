//! What a target means: a file, a directory, or a glob.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use super::{Bad, SourceError, Tree, path::is_pattern, walk::walk};

/// The files that a target stands for, in order of their paths.
#[derive(Debug, Default)]
pub struct Expansion {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The directories that were looked into: a new file in one of them may belong to the target.
    pub directories: Vec<PathBuf>,
    /// What was in the way.
    pub bad: Vec<Bad>,
    /// Whether the files were found by looking into directories, not named one by one.
    pub is_directory: bool,
}

/// The directory that nothing read for a configured target may lie outside of: the target
/// itself if it is a directory, the part before the first pattern of a glob, else the file's
/// directory.
#[must_use]
pub fn root_of(target: &Path) -> PathBuf {
    if target.is_dir() {
        return target.to_owned();
    }
    if is_glob(target) && !target.exists() {
        return literal_part(target);
    }
    target.parent().unwrap_or(target).to_owned()
}

/// Finds the files of an absolute target. A name that exists is that file even when it looks
/// like a pattern.
///
/// # Errors
/// [`SourceError::Missing`] when nothing is there, also for a glob without any match.
pub fn expand(tree: &Tree, target: &Path) -> Result<Expansion, SourceError> {
    match tree.metadata(target) {
        Ok(metadata) if metadata.is_dir() => Ok(walk_directory(tree, target)),
        Ok(_) => Ok(Expansion {
            files: vec![target.to_owned()],
            ..Expansion::default()
        }),
        Err(SourceError::Missing) if is_glob(target) => expand_glob(tree, target),
        Err(error) => Err(error),
    }
}

fn walk_directory(tree: &Tree, target: &Path) -> Expansion {
    Expansion {
        is_directory: true,
        ..walk(tree, target, false, &is_yaml)
    }
}

/// Whether a file is, by its name alone, among those that a target stands for.
#[must_use]
pub fn stands_for(target: &Path, file: &Path) -> bool {
    if target == file {
        return true;
    }
    let below = file.starts_with(target) && is_yaml(file);
    let glob = target.to_str().filter(|_| is_glob(target));
    below
        || glob
            .and_then(|glob| matcher(glob).ok())
            .is_some_and(|glob| glob.is_match(file))
}

fn matcher(pattern: &str) -> Result<GlobMatcher, SourceError> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.map(|glob| glob.compile_matcher())
        .map_err(|error| SourceError::Pattern(error.kind().to_string()))
}

fn expand_glob(tree: &Tree, target: &Path) -> Result<Expansion, SourceError> {
    let text = target.to_str().ok_or(SourceError::Name)?;
    let matcher = matcher(text)?;
    let names_hidden = text.contains("/.");
    let found = walk(tree, &literal_part(target), names_hidden, &|path| {
        matcher.is_match(path)
    });
    if found.files.is_empty() && found.bad.is_empty() {
        return Err(SourceError::Missing);
    }
    Ok(found)
}

/// Whether a directory as a target stands for this file among others.
#[must_use]
pub fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn is_glob(target: &Path) -> bool {
    target.to_str().is_some_and(is_pattern)
}

fn literal_part(target: &Path) -> PathBuf {
    target
        .components()
        .take_while(|part| !part.as_os_str().to_str().is_some_and(is_pattern))
        .collect()
}
