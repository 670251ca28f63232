// Commits, references, trees and blobs as GitHub shows them.
import { withRenames } from "../git/compare.mjs";
import { MODES } from "../git/objects.mjs";
import { simpleUser } from "./account.mjs";
import { escaped, nodeId } from "./links.mjs";

const UNSIGNED = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

const repositoryUrl = (at, repository) => `${at.api}/repos/${repository.full_name}`;
const pageUrl = (at, repository) => `${at.site}/${repository.full_name}`;

const userOf = (world, { email }) => world.users.values().find((user) => user.email === email || email.startsWith(`${user.login}@users.`));

const account = (at, world, person) => {
  const user = userOf(world, person);
  return user ? simpleUser(at, user) : null;
};

export function commit(at, world, repository, one) {
  const url = repositoryUrl(at, repository);
  const page = pageUrl(at, repository);
  return {
    sha: one.sha,
    node_id: nodeId("Commit", one.sha),
    commit: {
      author: one.author,
      committer: one.committer,
      message: one.message,
      tree: { sha: one.tree, url: `${url}/git/trees/${one.tree}` },
      url: `${url}/git/commits/${one.sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    url: `${url}/commits/${one.sha}`,
    html_url: `${page}/commit/${one.sha}`,
    comments_url: `${url}/commits/${one.sha}/comments`,
    author: account(at, world, one.author),
    committer: account(at, world, one.committer),
    parents: parents(one, `${url}/commits`, page),
  };
}

const parents = (one, url, page) =>
  one.parents.map((sha) => ({ sha, url: `${url}/${sha}`, html_url: `${page}/commit/${sha}` }));

const lines = (git, entry) => {
  const text = entry && git.objects.get(entry.sha, "blob")?.bytes;
  return !text?.length || text.includes(0) ? [] : text.toString().replace(/\n$/, "").split("\n");
};

/** Lines of one text that another does not have, each as often as it is missing. */
function missing(from, other) {
  const left = new Map();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  return from.filter((line) => {
    const many = left.get(line) ?? 0;
    left.set(line, many - 1);
    return many <= 0;
  }).length;
}

function changedFile(at, repository, sha, change) {
  const { path, status, before, after, previous } = change;
  const [old, now] = [before, after].map((entry) => lines(repository.git, entry));
  const [additions, deletions] = [missing(now, old), missing(old, now)];
  const file = escaped(path);
  return {
    sha: (after ?? before).sha,
    filename: path,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${pageUrl(at, repository)}/blob/${sha}/${file}`,
    raw_url: `${pageUrl(at, repository)}/raw/${sha}/${file}`,
    contents_url: `${repositoryUrl(at, repository)}/contents/${file}?ref=${sha}`,
    ...(previous && { previous_filename: previous }),
  };
}

/** With its files: the first 300, as on GitHub's first page. */
export function fullCommit(at, world, repository, one) {
  const changes = withRenames(repository.git.changesOf(one));
  const files = changes.map((change) => changedFile(at, repository, one.sha, change));
  const sum = (key) => files.reduce((so, file) => so + file[key], 0);
  return {
    ...commit(at, world, repository, one),
    stats: { total: sum("changes"), additions: sum("additions"), deletions: sum("deletions") },
    files: files.slice(0, 300),
  };
}

export function gitCommit(at, repository, one) {
  const url = `${repositoryUrl(at, repository)}/git`;
  return {
    sha: one.sha,
    node_id: nodeId("Commit", one.sha),
    url: `${url}/commits/${one.sha}`,
    html_url: `${pageUrl(at, repository)}/commit/${one.sha}`,
    author: one.author,
    committer: one.committer,
    tree: { sha: one.tree, url: `${url}/trees/${one.tree}` },
    message: one.message,
    parents: parents(one, `${url}/commits`, pageUrl(at, repository)),
    verification: UNSIGNED,
  };
}

export function reference(at, repository, [ref, sha]) {
  const url = `${repositoryUrl(at, repository)}/git`;
  return {
    ref,
    node_id: nodeId("Ref", `${repository.id}:${ref}`),
    url: `${url}/${escaped(ref)}`,
    object: { sha, type: "commit", url: `${url}/commits/${sha}` },
  };
}

export function shortBranch(at, repository, name, sha) {
  return { name, commit: { sha, url: `${repositoryUrl(at, repository)}/commits/${sha}` }, protected: false };
}

export function branch(at, world, repository, name, one) {
  const self = `${repositoryUrl(at, repository)}/branches/${escaped(name)}`;
  return {
    name,
    commit: commit(at, world, repository, one),
    _links: { self, html: `${pageUrl(at, repository)}/tree/${escaped(name)}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } },
    protection_url: `${self}/protection`,
  };
}

export function tag(at, repository, name, sha) {
  const url = repositoryUrl(at, repository);
  const ref = `refs/tags/${escaped(name)}`;
  return {
    name,
    zipball_url: `${url}/zipball/${ref}`,
    tarball_url: `${url}/tarball/${ref}`,
    commit: { sha, url: `${url}/commits/${sha}` },
    node_id: nodeId("Ref", `${repository.id}:${ref}`),
  };
}

const TYPES = { [MODES.dir]: "tree", [MODES.submodule]: "commit" };

function treeEntry(url, git, { path, name, mode, sha }) {
  const type = TYPES[mode] ?? "blob";
  return {
    path: path ?? name,
    mode,
    type,
    sha,
    ...(type === "blob" && { size: git.objects.get(sha, "blob").bytes.length }),
    ...(type !== "commit" && { url: `${url}/${type}s/${sha}` }),
  };
}

export function tree(at, repository, sha, { recursive, limit }) {
  const { git } = repository;
  const url = `${repositoryUrl(at, repository)}/git`;
  const all = recursive ? git.objects.below(sha) : git.objects.entries(sha);
  const entries = [];
  let truncated = false;
  for (const entry of all) {
    truncated = entries.length >= limit;
    if (truncated) break;
    entries.push(treeEntry(url, git, entry));
  }
  return { sha, url: `${url}/trees/${sha}`, tree: entries, truncated };
}

export function blob(at, repository, { sha, bytes }) {
  return {
    sha,
    node_id: nodeId("Blob", `${repository.id}:${sha}`),
    size: bytes.length,
    url: `${repositoryUrl(at, repository)}/git/blobs/${sha}`,
    content: base64(bytes),
    encoding: "base64",
  };
}

/** GitHub breaks it into lines of sixty. */
export const base64 = (bytes) => bytes.toString("base64").replace(/.{1,60}/g, "$&\n");
