// Users and organisations as GitHub shows them.
import { nodeId } from "./links.mjs";

const avatar = (at, { id }) => `${at.site}/avatars/${id}?v=4`;

export function simpleUser(at, account) {
  const { login, id, type } = account;
  const url = `${at.api}/users/${login}`;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: avatar(at, account),
    gravatar_id: "",
    url,
    html_url: `${at.site}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}

const counts = { public_gists: 0, followers: 0, following: 0 };

/** GitHub shows an e-mail address only to those who have signed in. */
export function fullUser(at, world, account, { anonymous = false } = {}) {
  const { name = null, email = null, company = null, bio = null, created_at, updated_at } = account;
  return {
    ...simpleUser(at, account),
    name,
    company,
    blog: "",
    location: null,
    email: anonymous ? null : email,
    hireable: null,
    bio,
    twitter_username: null,
    public_repos: publicRepositories(world, account).length,
    ...counts,
    created_at,
    updated_at,
  };
}

/** What somebody is told of himself. */
export const privateUser = (at, world, user) => ({
  ...fullUser(at, world, user),
  user_view_type: "private",
  private_gists: 0,
  total_private_repos: 0,
  owned_private_repos: 0,
  disk_usage: 0,
  collaborators: 0,
  two_factor_authentication: true,
});

const publicRepositories = (world, owner) =>
  world.repositories.values().filter((one) => one.owner === owner && !one.private);

export function simpleOrganization(at, { login, id, description, ...rest }) {
  const url = `${at.api}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId("Organization", id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: avatar(at, { id, ...rest }),
    description,
  };
}

export function fullOrganization(at, world, organization) {
  const { name, email, blog, location, created_at, updated_at } = organization;
  return {
    ...simpleOrganization(at, organization),
    name,
    ...(email && { email }),
    ...(blog && { blog }),
    ...(location && { location }),
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: publicRepositories(world, organization).length,
    ...counts,
    html_url: `${at.site}/${organization.login}`,
    created_at,
    updated_at,
    archived_at: null,
    type: "Organization",
  };
}
