//! Addresses of files on source code hosts: what a relative target beside a file means, and where
//! people edit it. Nothing is asked of the hosts; only addresses are looked at.

use percent_encoding::percent_decode_str;
use url::Url;

/// A kind of source code host, which decides how its addresses are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scm {
    /// github.com and GitHub Enterprise Server.
    GitHub,
    /// gitlab.com and GitLab on a host of its own.
    GitLab,
    /// Gitea and Forgejo.
    Gitea,
}

/// A file or folder of a repository, as an address names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RepositoryPath {
    /// User, organisation or group; groups within groups have slashes.
    pub owner: String,
    /// The repository's name.
    pub repository: String,
    /// Branch, tag or commit; `None` means the default branch.
    pub git_ref: Option<String>,
    /// From the repository's root, without a slash in front; empty is the root.
    pub path: String,
}

/// Words of an address after which a ref and a path follow.
const PATH_TYPES: [&str; 5] = ["raw", "src", "blob", "tree", "edit"];
/// Words of an address that end a repository's name.
const AFTER_NAME: [&str; 7] = ["-", "blob", "tree", "commit", "src", "raw", "edit"];

impl RepositoryPath {
    /// Takes an address apart: `https://host/owner/name/blob/ref/path`, with `/-/` in between on
    /// GitLab. The ref is one part, so that a slash in it has to be written `%2F`, or a part of
    /// the path is taken for it.
    #[must_use]
    pub fn of(address: &Url) -> Option<Self> {
        let decoded = percent_decode_str(address.path()).decode_utf8().ok()?;
        let decoded = decoded.trim_start_matches('/').trim_end_matches('/');
        let parts: Vec<&str> = decoded.split('/').collect();
        let name = AFTER_NAME
            .iter()
            .filter_map(|word| parts.iter().skip(2).position(|part| part == word))
            .min()
            .map_or_else(|| parts.len().checked_sub(1), |index| Some(index + 1))?;
        let owner = parts.get(..name).filter(|owner| !owner.is_empty())?;
        let mut rest = parts.get(name + 1..).unwrap_or_default();
        if let [dash, after @ ..] = rest
            && *dash == "-"
        {
            rest = after;
        }
        let (git_ref, path) = match rest {
            [word, git_ref, path @ ..] if PATH_TYPES.contains(word) => (Some(*git_ref), path),
            _ => (None, Default::default()),
        };
        let repository = parts.get(name)?;
        let repository = repository.strip_suffix(".git").unwrap_or(repository);
        let is_named = !repository.is_empty() && owner.iter().all(|part| !part.is_empty());
        is_named.then(|| Self {
            owner: owner.join("/"),
            repository: repository.to_owned(),
            git_ref: git_ref.map(str::to_owned),
            path: path.join("/"),
        })
    }
}

/// What `target`, written in the file at `base`, means: an absolute address; a path from the
/// repository's root, if it begins with a slash; or a path from the file's folder. `None` when
/// `base` is no address that paths can be added to.
#[must_use]
pub fn resolve(scm: Option<Scm>, target: &str, base: &str) -> Option<String> {
    if let Ok(absolute) = Url::parse(target) {
        return Some(absolute.into());
    }
    let base = Url::parse(base).ok().filter(Url::has_host)?;
    let mut found = if target.starts_with('/') {
        let mut found = base.clone();
        found.set_path(&format!("{}{target}", repository_root(&base)));
        found
    } else {
        base.join(target).ok()?
    };
    found.set_query(base.query());
    Some(match scm {
        Some(Scm::GitHub) => with_github_type(found.as_str(), "tree"),
        _ => found.into(),
    })
}

/// Where the file at `address` is edited; the address itself where the host is not known.
#[must_use]
pub fn edit_url(scm: Option<Scm>, address: &str) -> String {
    match scm {
        Some(Scm::GitHub) => with_github_type(address, "edit"),
        Some(Scm::GitLab) => ["/-/blob/", "/-/tree/"]
            .iter()
            .fold(address.to_owned(), |address, kind| {
                address.replacen(kind, "/-/edit/", 1)
            }),
        Some(Scm::Gitea) => address.replacen("/src/branch/", "/_edit/", 1),
        None => address.to_owned(),
    }
}

/// Whether an address names a commit, whose files nobody can edit.
#[must_use]
pub fn names_commit(address: &str) -> bool {
    let is_hash =
        |part: &str| part.len() >= 40 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    address.split('/').any(is_hash)
}

/// The path of an address without that of the file in the repository.
fn repository_root(address: &Url) -> &str {
    let path = address.path();
    let file = RepositoryPath::of(address).map_or(0, |found| found.path.chars().count());
    let slash = usize::from(file > 0 && path.ends_with('/'));
    let cut = path
        .char_indices()
        .rev()
        .nth((file + slash).saturating_sub(1));
    let root = match cut {
        Some((index, _)) if file > 0 => path.get(..index).unwrap_or(path),
        _ => path,
    };
    root.trim_end_matches('/')
}

/// `//host/owner/name/blob/…` with another word in the place of `blob`, `tree` or `edit`.
fn with_github_type(address: &str, kind: &str) -> String {
    let replaced = || {
        let (scheme, rest) = address.split_once("//")?;
        let mut parts: Vec<&str> = rest.split('/').collect();
        let word = parts.get_mut(3)?;
        if !matches!(*word, "blob" | "tree" | "edit") {
            return None;
        }
        *word = kind;
        (parts.len() > 4).then(|| format!("{scheme}//{}", parts.join("/")))
    };
    replaced().unwrap_or_else(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Option<(&str, &str, Option<&str>, &str)>) {
        let found = RepositoryPath::of(&Url::parse(address).unwrap());
        let expected = expected.map(|(owner, repository, git_ref, path)| RepositoryPath {
            owner: owner.to_owned(),
            repository: repository.to_owned(),
            git_ref: git_ref.map(str::to_owned),
            path: path.to_owned(),
        });
        assert_eq!(found, expected, "{address}");
    }

    #[test]
    fn addresses_name_repositories_refs_and_paths() {
        check(
            "https://github.com/acme/svc/blob/main/a/b.yaml",
            Some(("acme", "svc", Some("main"), "a/b.yaml")),
        );
        check(
            "https://github.com/acme/svc.git",
            Some(("acme", "svc", None, "")),
        );
        check(
            "https://github.com/acme/svc/",
            Some(("acme", "svc", None, "")),
        );
        check(
            "https://github.com/acme/svc/tree/v1",
            Some(("acme", "svc", Some("v1"), "")),
        );
        check(
            "https://gitlab.com/g/sub/svc/-/blob/main/b.yaml",
            Some(("g/sub", "svc", Some("main"), "b.yaml")),
        );
        check("https://github.com/acme", None);
        check("https://github.com/", None);
        check("https://github.com//svc", None);
    }

    #[test]
    fn commits_are_told_from_branches() {
        assert!(names_commit(&format!(
            "https://h/o/r/blob/{}/a.yaml",
            "a1".repeat(20)
        )));
        assert!(!names_commit("https://h/o/r/blob/main/a.yaml"));
    }
}
