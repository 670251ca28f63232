// Organisations, their members and teams.
import { paged } from "../http/pages.mjs";
import { notFound } from "../http/problem.mjs";
import * as account from "../shapes/account.mjs";
import * as shape from "../shapes/team.mjs";
import { lastModified, organizationOf, organizationPath, seesTeam, teamOf } from "./find.mjs";
import { listed, visible } from "./repositories.mjs";

/** Who is no member sees those who want to be seen. */
function mayKnow(actor, organization) {
  return actor.isMember(organization) && (actor.kind === "user" || Boolean(actor.permissions.members));
}

function people(ask, users, path) {
  const { items, headers } = paged(users, ask.query, path);
  return { headers, body: items.map((user) => account.simpleUser(ask.at, user)) };
}

function members(ask, only) {
  const organization = organizationOf(ask);
  const role = ask.query.get("role") ?? "all";
  const all = organization.members.values().filter((one) => only(one, organization) && (role === "all" || one.role === role));
  return [organization, all.map(({ user }) => user)];
}

const teamPath = (at, { organization, id }, rest) => organizationPath(at, organization, `/team/${id}${rest}`);

function teams(ask, all, path) {
  const { items, headers } = paged(all.filter((one) => seesTeam(ask.actor, one)), ask.query, path);
  return { headers, body: items.map((one) => shape.team(ask.at, one)) };
}

export const handlers = {
  "orgs/get": (ask) => {
    const one = organizationOf(ask);
    return { body: account.fullOrganization(ask.at, ask.world, one), lastModified: lastModified(one.updated_at) };
  },

  "orgs/list-members": (ask) => {
    const [organization, users] = members(ask, (one, of) => one.public || mayKnow(ask.actor, of));
    return people(ask, users, organizationPath(ask.at, organization, "/members"));
  },

  "orgs/list-public-members": (ask) => {
    const [organization, users] = members(ask, (one) => one.public);
    return people(ask, users, organizationPath(ask.at, organization, "/public_members"));
  },

  "orgs/get-membership-for-user": (ask) => {
    const organization = organizationOf(ask);
    ask.actor.knows(organization);
    const member = organization.members.get(ask.params.username);
    if (!member) throw notFound();
    const { at } = ask;
    const simple = account.simpleOrganization(at, organization);
    return {
      body: {
        url: `${simple.url}/memberships/${member.user.login}`,
        state: "active",
        role: member.role,
        organization_url: simple.url,
        organization: simple,
        user: account.simpleUser(at, member.user),
      },
    };
  },

  "teams/list": (ask) => {
    const organization = organizationOf(ask);
    ask.actor.knows(organization);
    return teams(ask, organization.teams.values(), organizationPath(ask.at, organization, "/teams"));
  },

  "teams/get-by-name": (ask) => {
    const team = teamOf(ask);
    return { body: shape.fullTeam(ask.at, ask.world, team), lastModified: lastModified(team.updated_at) };
  },

  "teams/list-child-in-org": (ask) => {
    const team = teamOf(ask);
    return teams(ask, team.children, teamPath(ask.at, team, "/teams"));
  },

  "teams/list-members-in-org": (ask) => {
    const team = teamOf(ask);
    const role = ask.query.get("role") ?? "all";
    const meant = [...team.everybody].filter(([, has]) => role === "all" || has === role);
    return people(ask, meant.map(([login]) => ask.world.users.get(login)), teamPath(ask.at, team, "/members"));
  },

  "teams/get-membership-for-user-in-org": (ask) => {
    const team = teamOf(ask);
    const role = team.everybody.get(ask.world.users.get(ask.params.username)?.login);
    if (!role) throw notFound();
    const url = teamPath(ask.at, team, `/memberships/${ask.params.username}`);
    return { body: { url, role, state: "active" } };
  },

  "teams/list-repos-in-org": (ask) => {
    const team = teamOf(ask);
    const all = visible(ask, team.organization).filter(({ id }) => team.repositories.has(id));
    return listed(ask, all, teamPath(ask.at, team, "/repos"));
  },
};
