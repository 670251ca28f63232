//! Paths as text: joined and cleaned without asking the file system.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..` parts; `..` at the root stays there, as in every Unix.
#[must_use]
pub fn normalized(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// Whether a part of the path has a character that means something in a glob.
pub(super) fn is_pattern(part: &str) -> bool {
    part.contains(['*', '?', '[', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_worked_out() {
        let check = |path: &str, clean: &str| {
            assert_eq!(normalized(Path::new(path)), Path::new(clean));
        };
        check("/a/./b/../c.yaml", "/a/c.yaml");
        check("/a/../../b", "/b");
        check("/a/b/", "/a/b");
    }
}
