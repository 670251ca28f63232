// A repository's content: objects, references, commits. History is a line: a commit made here has one parent.
import { changes } from "./compare.mjs";
import { edit } from "./edit.mjs";
import { EMPTY_TREE, MODES, Objects } from "./objects.mjs";

const bytesOf = ({ content, base64, symlink }) =>
  base64 === undefined ? Buffer.from(symlink ?? content ?? "") : Buffer.from(base64, "base64");

const modeOf = (change) =>
  change.symlink !== undefined ? MODES.symlink : change.executable ? MODES.executable : MODES.file;

export class Git {
  objects = new Objects();
  /** From `refs/heads/main` to a commit. */
  refs = new Map();

  get empty() {
    return this.refs.size === 0;
  }

  branch(name) {
    return this.objects.get(this.refs.get(`refs/heads/${name}`), "commit");
  }

  named(prefix) {
    return [...this.refs].filter(([name]) => name.startsWith(prefix)).sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** The commit that a branch, a tag, a whole reference or the start of a SHA names. */
  resolve(ref) {
    for (const name of [ref, `refs/${ref}`, `refs/heads/${ref}`, `refs/tags/${ref}`]) {
      if (name.startsWith("refs/") && this.refs.has(name)) return this.objects.get(this.refs.get(name), "commit");
    }
    const object = this.objects.abbreviated(ref);
    return object?.type === "commit" ? object : undefined;
  }

  /** Writes a commit on a branch: what it is made of is described in the README. */
  commit(branch, { message, author, committer = author, changes: wanted = [] }) {
    const parent = this.branch(branch);
    const before = parent?.tree ?? EMPTY_TREE;
    const tree = edit(this.objects, before, wanted.flatMap((change) => this.#edits(before, change)));
    const sha = this.objects.commit({ tree, parents: parent ? [parent.sha] : [], author, committer, message });
    this.refs.set(`refs/heads/${branch}`, sha);
    return this.objects.get(sha);
  }

  #edits(tree, change) {
    const { path, from } = change;
    if (typeof path !== "string") throw new Error("a change has a path");
    if (change.delete) {
      if (!this.objects.at(tree, path)) throw new Error(`there is no ${path} to delete`);
      return [[path, null]];
    }
    if (change.submodule) return [[path, { mode: MODES.submodule, sha: change.submodule }]];
    if (from === undefined) return [[path, { mode: modeOf(change), sha: this.objects.blob(bytesOf(change)) }]];
    const moved = this.objects.at(tree, from);
    if (!moved) throw new Error(`there is no ${from} to move`);
    const edited = change.content !== undefined || change.base64 !== undefined;
    const sha = edited ? this.objects.blob(bytesOf(change)) : moved.sha;
    return [[from, null], [path, { mode: moved.mode, sha }]];
  }

  parentTree(commit) {
    return this.objects.get(commit.parents[0], "commit")?.tree ?? EMPTY_TREE;
  }

  changesOf(commit) {
    return changes(this.objects, this.parentTree(commit), commit.tree);
  }

  /** Commits from one back to the first, those alone that touched a path when one is given. */
  *history(commit, path = "") {
    for (let now = commit; now; now = this.objects.get(now.parents[0], "commit")) {
      if (path === "" || this.#touched(now, path)) yield now;
    }
  }

  #touched(commit, path) {
    const [now, before] = [commit.tree, this.parentTree(commit)].map((tree) => this.objects.at(tree, path));
    return now?.sha !== before?.sha || now?.mode !== before?.mode;
  }

  /** The commits after one, up to another, oldest first. */
  between(before, after) {
    const found = [];
    for (const commit of this.history(this.objects.get(after, "commit"))) {
      if (commit.sha === before) break;
      found.unshift(commit);
    }
    return found;
  }

  /** The URL that `.gitmodules` has for a submodule. */
  submodule(tree, path) {
    const file = this.objects.at(tree, ".gitmodules");
    const text = file ? this.objects.get(file.sha).bytes.toString() : "";
    const section = text.split(/^\[/m).find((part) => part.split("\n").some((line) => line.trim() === `path = ${path}`));
    return /url = (\S+)/.exec(section ?? "")?.[1] ?? null;
  }

  /** Bytes of all blobs of a branch. */
  size(branch) {
    const commit = this.branch(branch);
    let bytes = 0;
    if (commit) for (const { sha } of this.objects.below(commit.tree)) bytes += this.objects.get(sha, "blob")?.bytes.length ?? 0;
    return bytes;
  }
}
