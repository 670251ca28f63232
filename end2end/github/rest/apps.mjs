// What the GitHub App asks for itself, and its installations' tokens.
import { paged } from "../http/pages.mjs";
import { notFound, Problem } from "../http/problem.mjs";
import * as shape from "../shapes/app.mjs";
import { repository } from "../shapes/repository.mjs";
import { organizationOf } from "./find.mjs";
import { visible } from "./repositories.mjs";

function installationOf({ world, params }) {
  const found = world.byId(world.app.installations, params.installation_id);
  if (!found) throw notFound();
  return found;
}

const repositoriesOf = (world, { organization, repositories }) =>
  world.repositories.values().filter((one) => one.owner === organization && (repositories === null || repositories.includes(one.name)));

/** A token is for all that the installation may, or for less. */
function wanted(world, installation, body) {
  const { permissions, repositories, repository_ids: ids } = body ?? {};
  for (const [name, access] of Object.entries(permissions ?? {})) {
    const granted = installation.permissions[name];
    if (!granted || (granted === "read" && access !== "read")) throw new Problem(422, "The permissions requested are not granted to this installation.");
  }
  if (!repositories && !ids) return { permissions };
  const known = repositoriesOf(world, installation);
  const named = known.filter((one) => repositories?.includes(one.name) || ids?.includes(one.id));
  if (named.length < (repositories?.length ?? 0) + (ids?.length ?? 0)) {
    throw new Problem(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
  }
  return { permissions, repositories: named.map(({ name }) => name) };
}

export const handlers = {
  "apps/get-authenticated": ({ at, world }) => ({ body: shape.app(at, world) }),

  "apps/list-installations": ({ at, query, world }) => {
    const { items, headers } = paged(world.app.installations.values(), query, `${at.api}/app/installations`);
    return { headers, body: items.map((one) => shape.installation(at, world, one)) };
  },

  "apps/get-installation": (ask) => ({ body: shape.installation(ask.at, ask.world, installationOf(ask)) }),

  "apps/get-org-installation": (ask) => {
    const found = ask.world.app.installations.get(organizationOf(ask).login);
    if (!found) throw notFound();
    return { body: shape.installation(ask.at, ask.world, found) };
  },

  "apps/get-repo-installation": ({ at, params, world }) => {
    const found = world.app.installations.get(params.owner);
    const known = found && repositoriesOf(world, found).some((one) => one.name === params.repo);
    if (!known) throw notFound();
    return { body: shape.installation(at, world, found) };
  },

  "apps/create-installation-access-token": (ask) => {
    const installation = installationOf(ask);
    if (installation.suspended) throw new Problem(403, "This installation has been suspended");
    const granted = ask.world.app.grant(installation, wanted(ask.world, installation, ask.body));
    return { status: 201, body: shape.installationToken(ask.at, granted, repositoriesOf(ask.world, granted.repositories ? { ...installation, ...granted } : installation)) };
  },

  "apps/list-repos-accessible-to-installation": (ask) => {
    const { actor, at, query, world } = ask;
    if (actor.kind !== "installation") throw new Problem(403, "You must authenticate with an installation access token in order to list repositories for an installation.");
    const { organization } = actor.installation;
    const mine = repositoriesOf(world, { organization, repositories: actor.repositories });
    const all = visible(ask, organization).filter((one) => mine.includes(one));
    const { items, headers } = paged(all, query, `${at.api}/installation/repositories`);
    const repository_selection = actor.repositories === null ? "all" : "selected";
    return { headers, body: { total_count: all.length, repository_selection, repositories: items.map((one) => repository(at, one)) } };
  },
};
