// Writes a tree anew where paths changed; each directory is hashed once, however many paths it has.
import { EMPTY_TREE, MODES } from "./objects.mjs";

function grouped(changes) {
  const root = new Map();
  for (const [path, entry] of changes) {
    const parts = path.split("/");
    if (parts.some((part) => part === "")) throw new Error(`not a path in a repository: "${path}"`);
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      if (!(folder.get(part) instanceof Map)) folder.set(part, new Map());
      folder = folder.get(part);
    }
    folder.set(parts.at(-1), entry);
  }
  return root;
}

function rebuilt(objects, tree, changes) {
  const entries = new Map(objects.entries(tree).map((entry) => [entry.name, entry]));
  for (const [name, change] of changes) {
    if (change === null) entries.delete(name);
    else if (!(change instanceof Map)) entries.set(name, { name, ...change });
    else {
      const old = entries.get(name);
      const sha = rebuilt(objects, old?.mode === MODES.dir ? old.sha : undefined, change);
      if (sha === EMPTY_TREE) entries.delete(name);
      else entries.set(name, { name, mode: MODES.dir, sha });
    }
  }
  return objects.tree([...entries.values()]);
}

/** The tree after changes: pairs of a path and `{ mode, sha }`, or null to remove what is there. */
export const edit = (objects, tree, changes) => rebuilt(objects, tree, grouped(changes));
