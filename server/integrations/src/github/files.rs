//! Files of a repository: contents, and trees for patterns.

use globset::GlobBuilder;
use model::catalog::scm::RepositoryPath;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    GitHub, Repository,
    client::{JSON, RAW, parse},
};
use crate::{Answer, Commit, Content, ReadError};

/// What stays as it is in a part of a path.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// The most files that one pattern may stand for.
const MOST_FILES: usize = 1_000;
/// A tree of 100,000 files, which is the most that GitHub tells.
const MOST_TREE: usize = 48 << 20;
/// One commit, with the statistics of its files.
const MOST_COMMIT: usize = 4 << 20;

#[derive(Serialize, Deserialize)]
struct Tree {
    tree: Vec<Node>,
    truncated: bool,
}

#[derive(Serialize, Deserialize)]
struct Node {
    path: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct CommitAnswer {
    sha: String,
    author: Option<Login>,
    commit: CommitDetail,
}

#[derive(Deserialize)]
struct Login {
    login: String,
}

#[derive(Deserialize)]
struct CommitDetail {
    author: Option<Signature>,
}

#[derive(Deserialize)]
struct Signature {
    name: Option<String>,
}

impl GitHub {
    /// The content of a file, with the last commit that changed it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn file(
        &self,
        file: &RepositoryPath,
        known: Option<&str>,
        limit: usize,
    ) -> Result<Answer<Content>, ReadError> {
        if file.path.is_empty() {
            return Err(ReadError::Missing);
        }
        let path = format!(
            "{}/contents/{}{}",
            repository(file),
            path(&file.path),
            at(file, '?', "ref")
        );
        Ok(
            match self.get(&file.owner, &path, RAW, known, limit).await? {
                Answer::Unchanged => Answer::Unchanged,
                Answer::New { value, validator } => Answer::New {
                    value: Content {
                        bytes: value.body,
                        commit: self.last_commit(file).await,
                    },
                    validator,
                },
            },
        )
    }

    /// The files in a repository that a glob matches, in order; on the default branch, by its
    /// name, where the pattern names none.
    ///
    /// # Errors
    /// When the tree cannot be read, or is too large for GitHub to tell.
    pub async fn matching(
        &self,
        pattern: &RepositoryPath,
        known: Option<&str>,
    ) -> Result<Answer<Vec<RepositoryPath>>, ReadError> {
        let glob = GlobBuilder::new(pattern.path.trim_start_matches('/'))
            .literal_separator(true)
            .build();
        let glob = glob
            .map_err(|error| ReadError::Pattern(error.kind().to_string()))?
            .compile_matcher();
        let branch = self.branch(pattern).await?;
        let git_ref = utf8_percent_encode(&branch, PART);
        let path = format!("{}/git/trees/{git_ref}?recursive=1", repository(pattern));
        let answer = self.get(&pattern.owner, &path, JSON, known, MOST_TREE);
        let Answer::New { value, validator } = answer.await? else {
            return Ok(Answer::Unchanged);
        };
        let tree: Tree = parse(&value.body)?;
        if tree.truncated {
            let text = "the repository is too large to be searched; name the files one by one";
            return Err(ReadError::Answer(text.to_owned()));
        }
        let files = tree.tree.into_iter().filter(|node| node.kind == "blob");
        let mut paths: Vec<String> = files
            .map(|node| node.path)
            .filter(|path| glob.is_match(path))
            .collect();
        if paths.len() > MOST_FILES {
            return Err(ReadError::TooMany(MOST_FILES));
        }
        paths.sort_unstable();
        let file = |path| RepositoryPath {
            path,
            git_ref: Some(branch.clone()),
            ..pattern.clone()
        };
        Ok(Answer::New {
            value: paths.into_iter().map(file).collect(),
            validator,
        })
    }

    /// The branch that a path is on.
    async fn branch(&self, path: &RepositoryPath) -> Result<String, ReadError> {
        if let Some(git_ref) = path.git_ref.as_ref().filter(|git_ref| *git_ref != "HEAD") {
            return Ok(git_ref.clone());
        }
        let (found, _): (Repository, _) = self.list(&path.owner, &repository(path)).await?;
        found.default_branch.ok_or(ReadError::Missing)
    }

    /// The address of a file for people.
    #[must_use]
    pub fn address(&self, file: &RepositoryPath) -> Option<Url> {
        let host = self.host();
        let git_ref = file.git_ref.as_deref().unwrap_or("HEAD");
        let git_ref = utf8_percent_encode(git_ref, PART);
        let (owner, repository, path) = (&file.owner, &file.repository, path(&file.path));
        let address = format!("https://{host}/{owner}/{repository}/blob/{git_ref}/{path}");
        Url::parse(&address).ok()
    }

    /// Who changed a file last; nobody when GitHub does not say, which keeps no file out.
    async fn last_commit(&self, file: &RepositoryPath) -> Option<Commit> {
        let path = format!(
            "{}/commits?path={}&per_page=1{}",
            repository(file),
            utf8_percent_encode(&file.path, PART),
            at(file, '&', "sha")
        );
        let answer = self.get(&file.owner, &path, JSON, None, MOST_COMMIT).await;
        let Ok(Answer::New { value, .. }) = answer else {
            return None;
        };
        let commits: Vec<CommitAnswer> = parse(&value.body).ok()?;
        let last = commits.into_iter().next()?;
        let login = last.author.map(|author| author.login);
        let name = || last.commit.author?.name;
        Some(Commit {
            id: last.sha,
            author: login.or_else(name),
        })
    }
}

fn repository(file: &RepositoryPath) -> String {
    let part = |text| utf8_percent_encode(text, PART);
    format!("/repos/{}/{}", part(&file.owner), part(&file.repository))
}

fn path(path: &str) -> String {
    let parts = path.split('/').map(|part| utf8_percent_encode(part, PART));
    let parts: Vec<String> = parts.map(|part| part.to_string()).collect();
    parts.join("/")
}

/// The parameter that names the ref; without one GitHub takes the default branch.
fn at(file: &RepositoryPath, separator: char, name: &str) -> String {
    let git_ref = file.git_ref.as_deref().filter(|git_ref| *git_ref != "HEAD");
    git_ref.map_or_else(String::new, |git_ref| {
        format!("{separator}{name}={}", utf8_percent_encode(git_ref, PART))
    })
}
