//! Which of a portal's files are files of this tree. A checkout and the portal have the same files
//! below different folders, or one of them has a repository's address: what is below is the same.

use std::{
    collections::HashMap,
    path::{Component, Path, PathBuf},
};

/// A folder here, and how the portal's locations begin that are files below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The folder; absolute.
    pub folder: PathBuf,
    /// `file:/srv/catalog` or `url:https://github.com/acme/pay/blob/main`, without a slash.
    pub prefix: String,
}

/// What is known of the tree before any entity has been compared.
#[derive(Debug, Clone, Default)]
pub struct TreeOrigin {
    /// The folder in which everything of this repository lies.
    pub root: PathBuf,
    /// The repository's address without scheme: `github.com/acme/pay`.
    pub repository: Option<String>,
}

impl Place {
    /// The file of this tree that a location of the portal's stands for.
    pub(super) fn file(&self, location: &str) -> Option<PathBuf> {
        let below = location.strip_prefix(&self.prefix)?;
        let below = below.strip_prefix('/').filter(|below| !below.is_empty())?;
        let parts = Path::new(below).components();
        // Whatever a portal answers, it names nothing outside of the folder.
        parts
            .clone()
            .all(|part| matches!(part, Component::Normal(_)))
            .then(|| self.folder.join(below))
    }

    /// What a file and a location have in common at their ends is below, the rest is the place.
    fn of(file: &Path, location: &str) -> Option<Self> {
        let (kind, target) = location.split_once(':')?;
        let mut here: Vec<&str> = file.to_str()?.split('/').collect();
        let mut there: Vec<&str> = target.split('/').collect();
        let all = here.len();
        while here.len() > 1 && there.len() > 1 && here.last() == there.last() {
            here.pop();
            there.pop();
        }
        let folder = match here.join("/") {
            root if root.is_empty() => PathBuf::from("/"),
            folder => PathBuf::from(folder),
        };
        (here.len() < all).then(|| Self {
            folder,
            prefix: format!("{kind}:{}", there.join("/")),
        })
    }
}

/// The place that most of what is both here and there agrees on; where that is none, the one
/// that a repository's address tells. `None` when nothing does.
pub(super) fn find<'a>(
    origin: &TreeOrigin,
    both: impl Iterator<Item = (&'a Path, &'a str)>,
    portal: impl Iterator<Item = &'a str>,
) -> Option<Place> {
    let ours = both.filter(|(_, location)| origin.may_be(location));
    let places = ours.filter_map(|(file, location)| Place::of(file, location));
    most(places).or_else(|| {
        let prefixes = portal.filter_map(|location| origin.prefix_of(location));
        most(prefixes).map(|prefix| Place {
            folder: origin.root.clone(),
            prefix,
        })
    })
}

/// What is there most often; of several, the first in order.
fn most<T: Ord + std::hash::Hash>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    let best = counts.into_iter().max_by(|(a, more), (b, fewer)| {
        let by_count = more.cmp(fewer);
        by_count.then_with(|| b.cmp(a))
    });
    best.map(|(item, _)| item)
}

impl TreeOrigin {
    /// Whether a location can be a file of this repository: an address is one of its own.
    pub(super) fn may_be(&self, location: &str) -> bool {
        match (&self.repository, location.strip_prefix("url:")) {
            (Some(_), Some(_)) => self.prefix_of(location).is_some(),
            _ => true,
        }
    }

    /// `url:https://github.com/acme/pay/blob/main/a.yaml` as `url:https://github.com/acme/pay/blob/main`,
    /// of this repository. A branch with a slash in its name is taken for one without.
    fn prefix_of(&self, location: &str) -> Option<String> {
        let repository = self.repository.as_ref()?;
        let (scheme, address) = location.strip_prefix("url:")?.split_once("://")?;
        let own = address.get(..repository.len())?;
        let rest = address.get(repository.len()..)?.strip_prefix('/')?;
        if !own.eq_ignore_ascii_case(repository) {
            return None;
        }
        // GitLab has a dash before the word, Gitea `branch` after it.
        let mut parts = rest.split('/');
        let mut length = own.len();
        for part in parts.by_ref() {
            length += 1 + part.len();
            if !matches!(part, "-" | "blob" | "tree" | "raw" | "src" | "branch") {
                break;
            }
        }
        let prefix = address.get(..length)?;
        (length > own.len()).then(|| format!("url:{scheme}://{prefix}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(file: &str, location: &str) -> Option<(String, String)> {
        let place = Place::of(Path::new(file), location)?;
        Some((place.folder.display().to_string(), place.prefix))
    }

    fn found(repository: Option<&str>, both: &[(&str, &str)], portal: &[&str]) -> Option<String> {
        let origin = TreeOrigin {
            root: "/w/pay".into(),
            repository: repository.map(str::to_owned),
        };
        let both = both
            .iter()
            .map(|(file, location)| (Path::new(*file), *location));
        let place = find(&origin, both, portal.iter().copied())?;
        Some(format!("{} {}", place.folder.display(), place.prefix))
    }

    #[test]
    fn a_place_is_what_differs_before_equal_ends() {
        let some = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(
            place("/w/pay/a/x.yaml", "file:/srv/catalog/a/x.yaml"),
            some("/w/pay", "file:/srv/catalog")
        );
        assert_eq!(
            place("/w/pay/x.yaml", "url:https://h/acme/pay/blob/main/x.yaml"),
            some("/w/pay", "url:https://h/acme/pay/blob/main")
        );
        assert_eq!(place("/srv/x.yaml", "file:/srv/x.yaml"), some("/", "file:"));
        assert_eq!(place("/w/x.yaml", "file:/srv/y.yaml"), None);
        assert_eq!(place("/w/x.yaml", ""), None);
    }

    #[test]
    fn files_are_found_again_and_nothing_outside() {
        let place = Place {
            folder: "/w".into(),
            prefix: "file:/srv".to_owned(),
        };
        assert_eq!(place.file("file:/srv/a/x.yaml"), Some("/w/a/x.yaml".into()));
        for other in [
            "file:/srv",
            "file:/srv/",
            "file:/srv2/a",
            "file:/srv/../etc",
            "url:/srv/a",
        ] {
            assert_eq!(place.file(other), None, "{other}");
        }
        let same = Place::of(Path::new("/srv/x.yaml"), "file:/srv/x.yaml").unwrap();
        assert_eq!(same.file("file:/srv/y.yaml"), Some("/srv/y.yaml".into()));
    }

    #[test]
    fn what_most_files_agree_on_is_the_place() {
        let both = [
            ("/w/pay/moved/x.yaml", "file:/srv/pay/x.yaml"),
            ("/w/pay/a.yaml", "file:/srv/pay/a.yaml"),
            ("/w/pay/b.yaml", "file:/srv/pay/b.yaml"),
        ];
        assert_eq!(found(None, &both, &[]).as_deref(), Some("/w file:/srv"));
        assert_eq!(found(None, &[], &["file:/srv/pay/a.yaml"]), None);
    }

    #[test]
    fn another_repositorys_file_is_no_sign() {
        let both = [(
            "/w/pay/x.yaml",
            "url:https://github.com/acme/other/blob/main/x.yaml",
        )];
        let portal = [
            both[0].1,
            "url:https://github.com/Acme/Pay/blob/main/gone.yaml",
            "url:https://github.com/acme/payments/blob/main/gone.yaml",
        ];
        assert_eq!(
            found(Some("github.com/acme/pay"), &both, &portal).as_deref(),
            Some("/w/pay url:https://github.com/Acme/Pay/blob/main")
        );
        let lab = ["url:https://gitlab.com/a/b/-/blob/main/x.yaml"];
        assert_eq!(
            found(Some("gitlab.com/a/b"), &[], &lab).as_deref(),
            Some("/w/pay url:https://gitlab.com/a/b/-/blob/main")
        );
    }
}
