// The GitHub App, its installations and their tokens as GitHub shows them.
import { simpleUser } from "./account.mjs";
import { nodeId } from "./links.mjs";
import { repository } from "./repository.mjs";

const EVENTS = ["membership", "organization", "push", "repository", "team"];
const PERMISSIONS = { contents: "read", metadata: "read", members: "read" };

export const app = (at, world) => ({
  id: world.app.id,
  client_id: world.app.client_id,
  slug: world.app.slug,
  node_id: nodeId("App", world.app.id),
  owner: simpleUser(at, world.users.get(world.app.owner)),
  name: world.app.name,
  description: null,
  external_url: at.site,
  html_url: `${at.site}/apps/${world.app.slug}`,
  created_at: world.app.created_at,
  updated_at: world.app.created_at,
  permissions: PERMISSIONS,
  events: EVENTS,
  installations_count: world.app.installations.size,
});

const selection = ({ repositories }) => (repositories === null ? "all" : "selected");

export const installation = (at, world, one) => ({
  id: one.id,
  account: simpleUser(at, one.organization),
  repository_selection: selection(one),
  access_tokens_url: `${at.api}/app/installations/${one.id}/access_tokens`,
  repositories_url: `${at.api}/installation/repositories`,
  html_url: `${at.site}/organizations/${one.organization.login}/settings/installations/${one.id}`,
  app_id: world.app.id,
  client_id: world.app.client_id,
  app_slug: world.app.slug,
  target_id: one.organization.id,
  target_type: "Organization",
  permissions: one.permissions,
  events: EVENTS,
  created_at: one.created_at,
  updated_at: one.created_at,
  single_file_name: null,
  has_multiple_single_files: false,
  single_file_paths: [],
  suspended_by: one.suspended ? simpleUser(at, one.organization) : null,
  suspended_at: one.suspended ? one.created_at : null,
});

/** `repositories` are told only when the token is for some of them. */
export const installationToken = (at, granted, repositories) => ({
  token: granted.token,
  expires_at: new Date(granted.expires).toISOString().replace(/\.\d+Z$/, "Z"),
  permissions: granted.permissions,
  repository_selection: selection(granted),
  ...(granted.repositories && { repositories: repositories.map((one) => repository(at, one)) }),
});
