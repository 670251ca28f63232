//! The repository that files lie in, as far as its own folder tells: no `git` is started.

use std::path::{Path, PathBuf};

use catalog::check::TreeOrigin;
use catalog::source::normalized;

/// Where everything that belongs to these paths lies, and the repository's address.
pub(super) fn origin(paths: &[PathBuf], here: &Path) -> TreeOrigin {
    let paths: Vec<PathBuf> = paths
        .iter()
        .map(|path| normalized(&here.join(path)))
        .collect();
    let first = paths.first().map_or(here, PathBuf::as_path);
    match first
        .ancestors()
        .find(|folder| folder.join(".git").exists())
    {
        Some(root) => TreeOrigin {
            root: root.to_owned(),
            repository: config(root).as_deref().and_then(remote),
        },
        None => TreeOrigin {
            root: common(&paths, here),
            repository: None,
        },
    }
}

/// The working directory, or what the paths outside of it have in common.
fn common(paths: &[PathBuf], here: &Path) -> PathBuf {
    let holds_all = |folder: &Path| paths.iter().all(|path| path.starts_with(folder));
    if holds_all(here) {
        return here.to_owned();
    }
    let mut folders = paths
        .first()
        .map(|path| path.ancestors())
        .into_iter()
        .flatten();
    let found = folders.find(|folder| folder.is_dir() && holds_all(folder));
    found.unwrap_or(here).to_owned()
}

/// The text of git's configuration, also of a further working tree.
fn config(root: &Path) -> Option<String> {
    let dot = root.join(".git");
    let folder = if dot.is_dir() {
        dot
    } else {
        let text = std::fs::read_to_string(&dot).ok()?;
        let own = root.join(text.strip_prefix("gitdir:")?.trim());
        match std::fs::read_to_string(own.join("commondir")) {
            Ok(common) => own.join(common.trim()),
            Err(_) => own,
        }
    };
    std::fs::read_to_string(folder.join("config")).ok()
}

/// The address of the remote `origin`, without scheme.
fn remote(config: &str) -> Option<String> {
    let mut lines = config.lines().map(str::trim);
    lines.by_ref().find(|line| *line == "[remote \"origin\"]")?;
    let own = lines.take_while(|line| !line.starts_with('['));
    let mut urls = own.filter_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "url").then(|| value.trim())
    });
    address(urls.next()?)
}

/// `git@github.com:acme/pay.git` as `github.com/acme/pay`.
fn address(url: &str) -> Option<String> {
    let (host, path) = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        None => url.split_once(':')?,
    };
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host);
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_one = !host.is_empty() && !host.contains('/') && path.contains('/');
    is_one.then(|| format!("{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_the_same_however_they_are_written() {
        for url in [
            "https://github.com/acme/pay.git",
            "https://x-access-token:abc@github.com/acme/pay",
            "git@github.com:acme/pay.git",
            "ssh://git@github.com:22/acme/pay/",
        ] {
            assert_eq!(
                address(url).as_deref(),
                Some("github.com/acme/pay"),
                "{url}"
            );
        }
        for url in [
            "/srv/git/pay.git",
            "file:///srv/git/pay.git",
            "../pay",
            "https://github.com",
        ] {
            assert_eq!(address(url), None, "{url}");
        }
    }

    #[test]
    fn the_remote_is_origins() {
        let config = "[core]\n\turl = no\n[remote \"fork\"]\n\turl = git@h:me/pay\n\
                      [remote \"origin\"]\n\tfetch = x\n\turl = git@h:acme/pay.git\n[branch \"main\"]\n";
        assert_eq!(remote(config).as_deref(), Some("h/acme/pay"));
        assert_eq!(remote("[remote \"origin\"]\n[x]\nurl = git@h:a/b\n"), None);
    }

    #[test]
    fn a_further_working_tree_has_the_same_remote() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(
            "main/.git/config",
            "[remote \"origin\"]\nurl = git@h:acme/pay\n",
        );
        write("main/.git/worktrees/b/commondir", "../..\n");
        write("b/.git", "gitdir: ../main/.git/worktrees/b\n");
        write("b/c/x.yaml", "");
        let origin = origin(&["c/x.yaml".into()], &folder.path().join("b"));
        assert_eq!(origin.root, folder.path().join("b"));
        assert_eq!(origin.repository.as_deref(), Some("h/acme/pay"));
    }
}
