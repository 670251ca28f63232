// Files and directories by path.
import { MODES } from "../git/objects.mjs";
import { notFound, Problem } from "../http/problem.mjs";
import * as shape from "../shapes/content.mjs";
import { contentOf, lastModified } from "./find.mjs";

function commitOf(repository, ref) {
  if (repository.git.empty) throw notFound("This repository is empty.");
  const commit = repository.git.resolve(ref);
  if (!commit) throw notFound(`No commit found for the ref ${ref}`);
  return commit;
}

/** A link to a file of the same repository stands for the file. */
function followed(objects, commit, path, entry) {
  if (shape.typeOf(entry) !== "symlink") return undefined;
  const parts = path.split("/").slice(0, -1);
  for (const part of objects.get(entry.sha).bytes.toString().split("/")) {
    if (part === ".." && parts.pop() === undefined) return undefined;
    else if (part !== ".." && part !== ".") parts.push(part);
  }
  const target = objects.at(commit.tree, parts.join("/"));
  return target && shape.typeOf(target) === "file" ? target : undefined;
}

const tooLarge = () =>
  new Problem(403, "This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API, but you can always clone the repository via Git in order to obtain it.", {
    errors: [{ resource: "Blob", field: "data", code: "too_large" }],
  });

function fileAnswer(ask, place, path, entry) {
  const { bytes } = place.repository.git.objects.get(entry.sha);
  if (bytes.length > shape.RAW_LIMIT) throw tooLarge();
  if (ask.media.raw) return { raw: bytes };
  return { body: shape.file(place, path, entry) };
}

function answer(ask, place, commit, path, entry) {
  const { objects } = place.repository.git;
  const type = shape.typeOf(entry);
  if (type === "dir") {
    const entries = objects.entries(entry.sha).slice(0, ask.world.settings.directory_limit);
    if (ask.media.object) return { body: shape.directoryAsObject(place, path, entry, entries) };
    return { body: shape.directory(place, path, entries) };
  }
  if (type === "submodule") {
    return { body: shape.submodule(place, path, entry, place.repository.git.submodule(commit.tree, path)) };
  }
  const target = followed(objects, commit, path, entry);
  if (type === "symlink" && !target && !ask.media.raw) return { body: shape.symlink(place, path, entry) };
  return fileAnswer(ask, place, path, target ?? entry);
}

function content(ask, find) {
  const repository = contentOf(ask);
  const ref = ask.query.get("ref") || repository.default_branch;
  const commit = commitOf(repository, ref);
  const path = find(repository.git.objects, commit);
  const entry = path === undefined ? undefined : repository.git.objects.at(commit.tree, path);
  if (!entry) throw notFound();
  const [touched] = repository.git.history(commit, path);
  return {
    ...answer(ask, { at: ask.at, repository, ref }, commit, path, entry),
    lastModified: lastModified((touched ?? commit).committer.date),
  };
}

const isReadme = ({ name, mode }) => /^readme(\.\w+)?$/i.test(name) && mode !== MODES.dir;

export const handlers = {
  "repos/get-content": (ask) => content(ask, () => ask.params.path.split("/").filter(Boolean).join("/")),
  "repos/get-readme": (ask) => content(ask, (objects, commit) => objects.entries(commit.tree).find(isReadme)?.name),
};
