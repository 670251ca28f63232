// Teams as GitHub shows them.
import { fullOrganization } from "./account.mjs";
import { nodeId } from "./links.mjs";

export function simpleTeam(at, team) {
  const { id, name, slug, description, privacy, organization } = team;
  const url = `${at.api}/organizations/${organization.id}/team/${id}`;
  return {
    id,
    node_id: nodeId("Team", id),
    name,
    slug,
    description,
    privacy,
    notification_setting: "notifications_enabled",
    permission: "pull",
    url,
    html_url: `${at.site}/orgs/${organization.login}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: organization.id,
  };
}

export const team = (at, one) => ({ ...simpleTeam(at, one), parent: one.parent && simpleTeam(at, one.parent) });

export const fullTeam = (at, world, one) => ({
  ...team(at, one),
  members_count: one.everybody.size,
  repos_count: one.repositories.size,
  created_at: one.created_at,
  updated_at: one.updated_at,
  organization: fullOrganization(at, world, one.organization),
});
