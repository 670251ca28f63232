// The history of a repository, or of a path in it.
import { paged } from "../http/pages.mjs";
import { notFound, Problem } from "../http/problem.mjs";
import * as shape from "../shapes/commit.mjs";
import { lastModified, notEmpty, repositoryPath } from "./find.mjs";

const between = (query) => {
  const [since, until] = ["since", "until"].map((key) => Date.parse(query.get(key) ?? ""));
  return ({ committer }) => !(Date.parse(committer.date) < since) && !(Date.parse(committer.date) > until);
};

const by = (author) => (commit) =>
  !author || commit.author.email === author || commit.author.email.startsWith(`${author}@`) || commit.author.name === author;

export const handlers = {
  "repos/list-commits": (ask) => {
    const { at, query, world } = ask;
    const repository = notEmpty(ask);
    const start = repository.git.resolve(query.get("sha") || repository.default_branch);
    if (!start) throw notFound();
    const path = (query.get("path") ?? "").replace(/^\/+|\/+$/g, "");
    const meant = [...repository.git.history(start, path)].filter(between(query)).filter(by(query.get("author")));
    const { items, headers } = paged(meant, query, repositoryPath(at, repository, "/commits"));
    return { headers, body: items.map((one) => shape.commit(at, world, repository, one)) };
  },

  "repos/get-commit": (ask) => {
    const repository = notEmpty(ask);
    const commit = repository.git.resolve(ask.params.ref);
    if (!commit) throw new Problem(422, `No commit found for SHA: ${ask.params.ref}`);
    if (ask.media.sha) return { raw: Buffer.from(commit.sha), type: "application/vnd.github.sha; charset=utf-8" };
    return {
      body: shape.fullCommit(ask.at, ask.world, repository, commit),
      lastModified: lastModified(commit.committer.date),
    };
  },
};
