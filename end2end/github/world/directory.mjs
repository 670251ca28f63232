// Repositories from a directory on disk: each `organisation/repository/` below it becomes one, with one commit.
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

const folders = (path) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();

/** What a checkout keeps for itself is no part of it. */
function* changes(root, prefix = "") {
  for (const name of readdirSync(join(root, prefix))) {
    const path = prefix + name;
    const stat = lstatSync(join(root, path));
    if (stat.isSymbolicLink()) yield { path, symlink: readlinkSync(join(root, path)) };
    else if (stat.isDirectory() && path !== ".git") yield* changes(root, `${path}/`);
    else if (stat.isFile()) yield { path, base64: readFileSync(join(root, path), "base64"), executable: (stat.mode & 0o100) !== 0 };
  }
}

/** Existing repositories get a commit that replaces all that is there. */
export function load(world, directory, { message = "Load", ...wanted } = {}) {
  const loaded = [];
  for (const org of folders(directory)) {
    for (const name of folders(join(directory, org))) {
      const repository = world.repository(`${org}/${name}`, wanted);
      const all = [...changes(join(directory, org, name))];
      const kept = new Set(all.map(({ path }) => path));
      const { git, default_branch } = repository;
      const tree = git.branch(default_branch)?.tree;
      const gone = tree ? [...git.objects.below(tree)].filter(({ path, mode }) => mode !== "040000" && !kept.has(path)) : [];
      const { sha } = world.commit(repository, { message, changes: [...gone.map(({ path }) => ({ path, delete: true })), ...all] });
      loaded.push({ full_name: repository.full_name, sha });
    }
  }
  return loaded;
}
