// Searching for files by name and place: of the texts themselves nothing is searched.
import { MODES } from "../git/objects.mjs";
import { paged } from "../http/pages.mjs";
import { Problem } from "../http/problem.mjs";
import { file } from "../shapes/content.mjs";
import { repository as shown } from "../shapes/repository.mjs";
import { visible } from "./repositories.mjs";

const SHOWN = 1000;

const QUALIFIERS = {
  org: (value) => ({ one }) => one.owner.login.toLowerCase() === value,
  user: (value) => ({ one }) => one.owner.login.toLowerCase() === value,
  repo: (value) => ({ one }) => one.full_name.toLowerCase() === value,
  filename: (value) => ({ path }) => path.split("/").at(-1).toLowerCase().includes(value),
  extension: (value) => ({ path }) => path.toLowerCase().endsWith(`.${value}`),
  path: (value) => ({ path }) => (value === "/" ? !path.includes("/") : path.toLowerCase().startsWith(value.replace(/^\//, ""))),
};

function conditions(text) {
  const words = text.split(/\s+/).filter(Boolean);
  return words.map((word) => {
    const [, name, value] = /^(\w+):"?([^"]+)"?$/.exec(word) ?? [];
    if (!QUALIFIERS[name]) throw new Problem(422, "Validation Failed", { errors: [{ message: `the stand-in does not search for ${word}`, resource: "Search", field: "q", code: "invalid" }] });
    return QUALIFIERS[name](value.toLowerCase());
  });
}

const isFile = ({ mode }) => mode === MODES.file || mode === MODES.executable;

function found(ask, conditions) {
  return visible(ask).flatMap((one) => {
    const commit = one.git.branch(one.default_branch);
    const entries = commit ? [...one.git.objects.below(commit.tree)].filter(isFile) : [];
    return entries.filter(({ path }) => conditions.every((holds) => holds({ one, path }))).map((entry) => ({ one, commit, entry }));
  });
}

export const handlers = {
  "search/code": (ask) => {
    const { actor, at, query } = ask;
    if (actor.anonymous) actor.knows();
    const q = query.get("q") ?? "";
    if (q.trim() === "") throw new Problem(422, "Validation Failed", { errors: [{ resource: "Search", field: "q", code: "missing" }] });
    const all = found(ask, conditions(q));
    const { items, headers } = paged(all.slice(0, SHOWN), query, `${at.api}/search/code`);
    const shape = ({ one, commit, entry }) => {
      const { name, path, sha, url, git_url, html_url } = file({ at, repository: one, ref: commit.sha }, entry.path, entry);
      return { name, path, sha, url, git_url, html_url, repository: shown(at, one, actor), score: 1 };
    };
    return { headers, body: { total_count: all.length, incomplete_results: false, items: items.map(shape) } };
  },
};
