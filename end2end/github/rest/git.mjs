// Git's own objects: trees, blobs, commits, references.
import { notFound } from "../http/problem.mjs";
import * as shape from "../shapes/commit.mjs";
import { blobOf, notEmpty } from "./find.mjs";

/** A tree may be named by its own SHA, a commit's, a branch or a tag. */
function treeOf({ git }, name) {
  const commit = git.resolve(name);
  const sha = commit?.tree ?? git.objects.get(name, "tree")?.sha;
  if (!sha) throw notFound();
  return sha;
}

export const handlers = {
  "git/get-tree": (ask) => {
    const repository = notEmpty(ask);
    const recursive = ask.query.has("recursive");
    const limit = recursive ? ask.world.settings.tree_limit : Infinity;
    return { body: shape.tree(ask.at, repository, treeOf(repository, ask.params.tree_sha), { recursive, limit }) };
  },

  "git/get-blob": (ask) => {
    const repository = notEmpty(ask);
    const blob = blobOf(repository, ask.params.file_sha);
    return ask.media.raw ? { raw: blob.bytes } : { body: shape.blob(ask.at, repository, blob) };
  },

  "git/get-commit": (ask) => {
    const repository = notEmpty(ask);
    const commit = repository.git.objects.get(ask.params.commit_sha, "commit");
    if (!commit) throw notFound();
    return { body: shape.gitCommit(ask.at, repository, commit) };
  },

  "git/get-ref": (ask) => {
    const repository = notEmpty(ask);
    const name = `refs/${ask.params.ref.replace(/^refs\//, "")}`;
    const sha = repository.git.refs.get(name);
    if (!sha) throw notFound();
    return { body: shape.reference(ask.at, repository, [name, sha]) };
  },

  "git/list-matching-refs": (ask) => {
    const repository = notEmpty(ask);
    const found = repository.git.named(`refs/${ask.params.ref ?? ""}`);
    return { body: found.map((one) => shape.reference(ask.at, repository, one)) };
  },
};
