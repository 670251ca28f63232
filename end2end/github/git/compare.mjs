// What differs between two trees, and which commit touched a path.
import { MODES } from "./objects.mjs";

const isDir = (entry) => entry?.mode === MODES.dir;

function* files(objects, entry, path) {
  if (!entry) return;
  if (!isDir(entry)) yield [path, entry];
  else for (const below of objects.below(entry.sha, `${path}/`)) if (!isDir(below)) yield [below.path, below];
}

function* differing(objects, before, after, prefix) {
  const old = new Map(objects.entries(before).map((entry) => [entry.name, entry]));
  const now = new Map(objects.entries(after).map((entry) => [entry.name, entry]));
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(name), now.get(name)];
    const path = prefix + name;
    if (one?.sha === other?.sha && one?.mode === other?.mode) continue;
    if (isDir(one) && isDir(other)) yield* differing(objects, one.sha, other.sha, `${path}/`);
    else if (one && other && !isDir(one) && !isDir(other)) yield { path, status: "modified", before: one, after: other };
    else {
      for (const [at, entry] of files(objects, one, path)) yield { path: at, status: "removed", before: entry };
      for (const [at, entry] of files(objects, other, path)) yield { path: at, status: "added", after: entry };
    }
  }
}

/** Files that were added, modified or removed, in the order of their paths. */
export const changes = (objects, before, after) =>
  [...differing(objects, before, after, "")].sort((one, other) => (one.path < other.path ? -1 : 1));

/** The same, with a file that moved unchanged as one entry. */
export function withRenames(list) {
  const removed = new Map(list.filter(({ status }) => status === "removed").map((one) => [one.before.sha, one]));
  const moved = new Set();
  const renamed = list.map((change) => {
    const from = change.status === "added" ? removed.get(change.after.sha) : undefined;
    if (!from || moved.has(from)) return change;
    moved.add(from);
    return { ...change, status: "renamed", previous: from.path, before: from.before };
  });
  return renamed.filter((change) => !moved.has(change));
}
