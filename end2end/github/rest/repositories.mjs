// Repositories, their branches, tags and topics.
import { paged } from "../http/pages.mjs";
import { notFound } from "../http/problem.mjs";
import * as commits from "../shapes/commit.mjs";
import * as shape from "../shapes/repository.mjs";
import { contentOf, lastModified, organizationOf, organizationPath, repositoryOf, repositoryPath } from "./find.mjs";

const TYPES = {
  all: () => true,
  member: () => true,
  public: (one) => one.visibility === "public",
  private: (one) => one.visibility !== "public",
  forks: (one) => one.fork,
  sources: (one) => !one.fork,
};

const SORTS = { created: "created_at", updated: "updated_at", pushed: "pushed_at", full_name: "full_name" };

/** By name upwards, by time downwards, unless the question says otherwise. */
function sorted(all, query) {
  const sort = SORTS[query.get("sort")] ? query.get("sort") : "created";
  const key = SORTS[sort];
  const down = (query.get("direction") ?? (sort === "full_name" ? "asc" : "desc")) === "desc";
  const value = (one) => (key === "full_name" ? one.full_name.toLowerCase() : one[key]);
  const compare = (one, other) => (value(one) < value(other) ? -1 : value(one) > value(other) ? 1 : one.id - other.id);
  return [...all].sort((one, other) => (down ? compare(other, one) : compare(one, other)));
}

export const visible = ({ world, actor, query }, owner) =>
  sorted(world.repositories.values().filter((one) => (!owner || one.owner === owner) && actor.sees(one)), query);

export function listed({ actor, at, query }, all, path) {
  const { items, headers } = paged(all, query, path);
  return { headers, body: items.map((one) => shape.repository(at, one, actor)) };
}

export const handlers = {
  "repos/list-for-org": (ask) => {
    const organization = organizationOf(ask);
    const type = TYPES[ask.query.get("type")] ?? TYPES.all;
    return listed(ask, visible(ask, organization).filter(type), organizationPath(ask.at, organization, "/repos"));
  },

  "repos/list-for-authenticated-user": (ask) => {
    if (!ask.actor.user) ask.actor.knows();
    const mine = visible(ask).filter((one) => ask.actor.isMember(one.owner));
    return listed(ask, mine, `${ask.at.api}/user/repos`);
  },

  "repos/get": (ask) => {
    const one = repositoryOf(ask);
    return { body: shape.fullRepository(ask.at, one, ask.actor), lastModified: lastModified(one.updated_at) };
  },

  "repos/get-all-topics": (ask) => ({ body: { names: repositoryOf(ask).topics } }),

  "repos/list-branches": (ask) => {
    const one = contentOf(ask);
    const { items, headers } = paged(one.git.named("refs/heads/"), ask.query, repositoryPath(ask.at, one, "/branches"));
    return { headers, body: items.map(([ref, sha]) => commits.shortBranch(ask.at, one, ref.slice("refs/heads/".length), sha)) };
  },

  "repos/get-branch": (ask) => {
    const one = contentOf(ask);
    const commit = one.git.branch(ask.params.branch);
    if (!commit) throw notFound("Branch not found");
    return { body: commits.branch(ask.at, ask.world, one, ask.params.branch, commit) };
  },

  "repos/list-tags": (ask) => {
    const one = contentOf(ask);
    const { items, headers } = paged(one.git.named("refs/tags/"), ask.query, repositoryPath(ask.at, one, "/tags"));
    return { headers, body: items.map(([ref, sha]) => commits.tag(ask.at, one, ref.slice("refs/tags/".length), sha)) };
  },
};
