// Files and directories as GitHub's contents interface shows them.
import { MODES } from "../git/objects.mjs";
import { base64 } from "./commit.mjs";
import { escaped } from "./links.mjs";

/** Above this a file's JSON has no content, above 100 MB there is none at all. */
export const JSON_LIMIT = 1024 * 1024;
export const RAW_LIMIT = 100 * 1024 * 1024;

const TYPES = { [MODES.dir]: "dir", [MODES.symlink]: "symlink", [MODES.submodule]: "submodule" };
export const typeOf = ({ mode }) => TYPES[mode] ?? "file";

const bytesOf = (repository, { sha }) => repository.git.objects.get(sha, "blob")?.bytes;

/** What all kinds have. `place` is `{ at, repository, ref }`. */
function common({ at, repository, ref }, path, entry) {
  const type = typeOf(entry);
  const kind = type === "dir" || type === "submodule" ? "tree" : "blob";
  const repositoryUrl = `${at.api}/repos/${repository.full_name}`;
  const url = `${repositoryUrl}/contents/${escaped(path)}?ref=${encodeURIComponent(ref)}`;
  const git_url = type === "submodule" ? null : `${repositoryUrl}/git/${kind}s/${entry.sha}`;
  const html_url = type === "submodule" ? null : `${at.site}/${repository.full_name}/${kind}/${escaped(ref)}/${escaped(path)}`;
  return {
    name: path.split("/").at(-1),
    path,
    sha: entry.sha,
    size: bytesOf(repository, entry)?.length ?? 0,
    url,
    html_url,
    git_url,
    download_url: kind === "blob" ? at.raw(repository, ref, path) : null,
    type,
    _links: { self: url, git: git_url, html: html_url },
  };
}

/** In a directory's list GitHub calls a submodule a file. */
function listed(place, path, entry) {
  const shown = common(place, path, entry);
  return { ...shown, type: shown.type === "submodule" ? "file" : shown.type };
}

export function directory(place, path, entries) {
  const prefix = path === "" ? "" : `${path}/`;
  return entries.map((entry) => listed(place, prefix + entry.name, entry));
}

export const directoryAsObject = (place, path, entry, entries) => ({
  ...common(place, path, entry),
  entries: directory(place, path, entries),
});

export function file(place, path, entry) {
  const bytes = bytesOf(place.repository, entry);
  const small = bytes.length <= JSON_LIMIT;
  return {
    ...common(place, path, entry),
    type: "file",
    content: small ? base64(bytes) : "",
    encoding: small ? "base64" : "none",
  };
}

export const symlink = (place, path, entry) => ({
  ...common(place, path, entry),
  target: bytesOf(place.repository, entry).toString(),
});

export const submodule = (place, path, entry, submodule_git_url) => ({
  ...common(place, path, entry),
  submodule_git_url,
});
