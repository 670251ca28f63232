//! Files as people know them: without the folders of the machine that the portal runs on.

use std::path::{Path, PathBuf};

/// How much of a path is shown when nothing is known of what it is below.
const TAIL: usize = 3;

/// The folders that are not shown.
pub(super) struct Base {
    folders: Vec<PathBuf>,
}

impl Base {
    /// For what a configured location leads to: its paths begin with the folder that the
    /// location is in, or below the working directory where it lies there.
    pub(super) fn of(origin: &str) -> Self {
        let here = std::env::current_dir().ok();
        let above = Path::new(path(origin)).parent().and_then(Path::parent);
        let folders = here.into_iter().chain(above.map(Path::to_path_buf));
        Self {
            folders: folders.filter(|folder| folder.parent().is_some()).collect(),
        }
    }

    /// A location for people.
    pub(super) fn shown(&self, location: &str) -> String {
        let path = path(location);
        let mut below = self.folders.iter();
        let below = below.find_map(|base| Path::new(path).strip_prefix(base).ok());
        match below {
            Some(below) => below.display().to_string(),
            None if !path.starts_with('/') => path.to_owned(),
            None => {
                let parts: Vec<&str> = path.split('/').collect();
                let tail = parts.get(parts.len().saturating_sub(TAIL)..);
                tail.unwrap_or_default().join("/")
            }
        }
    }

    /// A message without the folders in it.
    pub(super) fn without(&self, message: &str) -> String {
        let folders = self.folders.iter();
        folders.fold(message.to_owned(), |message, folder| {
            message.replace(&format!("{}/", folder.display()), "")
        })
    }
}

fn path(location: &str) -> &str {
    location.strip_prefix("file:").unwrap_or(location)
}

#[cfg(test)]
mod tests {
    use super::Base;

    #[test]
    fn a_path_begins_with_the_folder_of_its_location() {
        let base = Base::of("file:/srv/lunar/catalog/all.yaml");
        assert_eq!(
            base.shown("file:/srv/lunar/catalog/org/a.yaml"),
            "catalog/org/a.yaml"
        );
        assert_eq!(
            base.without("it is already in /srv/lunar/catalog/org/a.yaml:2"),
            "it is already in catalog/org/a.yaml:2"
        );
    }

    #[test]
    fn an_unknown_path_is_shown_by_its_end() {
        let base = Base::of("");
        assert_eq!(base.shown("file:/a/b/c/d/e.yaml"), "c/d/e.yaml");
        assert_eq!(
            base.shown("https://example.org/e.yaml"),
            "https://example.org/e.yaml"
        );
    }
}
