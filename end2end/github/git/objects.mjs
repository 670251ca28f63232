// Git's objects: what is stored is named by the same SHA-1 that git gives it.
import { createHash } from "node:crypto";

export const MODES = { file: "100644", executable: "100755", symlink: "120000", submodule: "160000", dir: "040000" };

export const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

const hash = (type, body) =>
  createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex");

/** Git compares names byte by byte, as if a directory's ended with a slash. */
const place = ({ name, mode }) => Buffer.from(mode === MODES.dir ? `${name}/` : name);

const treeBody = (entries) =>
  Buffer.concat(
    entries.flatMap(({ mode, name, sha }) => [
      Buffer.from(`${mode.replace(/^0/, "")} ${name}\0`),
      Buffer.from(sha, "hex"),
    ]),
  );

const person = ({ name, email, date }) =>
  `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;

const commitBody = ({ tree, parents, author, committer, message }) =>
  [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${person(author)}`,
    `committer ${person(committer)}`,
    "",
    message,
  ].join("\n");

/** The objects of one repository. */
export class Objects {
  #all = new Map();

  get(sha, type) {
    const object = this.#all.get(sha);
    return object && (!type || object.type === type) ? object : undefined;
  }

  blob(bytes) {
    const sha = hash("blob", bytes);
    if (!this.#all.has(sha)) this.#all.set(sha, { type: "blob", sha, bytes });
    return sha;
  }

  tree(entries) {
    const sorted = entries
      .map((entry) => ({ entry, at: place(entry) }))
      .sort((one, other) => Buffer.compare(one.at, other.at))
      .map(({ entry }) => entry);
    const sha = hash("tree", treeBody(sorted));
    if (!this.#all.has(sha)) this.#all.set(sha, { type: "tree", sha, entries: sorted });
    return sha;
  }

  commit(commit) {
    const sha = hash("commit", Buffer.from(commitBody(commit)));
    this.#all.set(sha, { type: "commit", sha, ...commit });
    return sha;
  }

  /** The one object whose name begins so. */
  abbreviated(start) {
    if (!/^[0-9a-f]{4,40}$/.test(start)) return undefined;
    if (start.length === 40) return this.#all.get(start);
    const found = [...this.#all.keys()].filter((sha) => sha.startsWith(start));
    return found.length === 1 ? this.get(found[0]) : undefined;
  }

  entries(tree) {
    return this.get(tree, "tree")?.entries ?? [];
  }

  /** What stands at a path below a tree; the tree itself at the empty path. */
  at(tree, path) {
    let found = { name: "", mode: MODES.dir, sha: tree };
    for (const part of path.split("/").filter(Boolean)) {
      if (found.mode !== MODES.dir) return undefined;
      found = this.entries(found.sha).find(({ name }) => name === part);
      if (!found) return undefined;
    }
    return found;
  }

  /** Everything below a tree in git's order, directories before what is in them. */
  *below(tree, prefix = "") {
    for (const entry of this.entries(tree)) {
      const path = prefix + entry.name;
      yield { ...entry, path };
      if (entry.mode === MODES.dir) yield* this.below(entry.sha, `${path}/`);
    }
  }
}
