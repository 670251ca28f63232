// Repositories as GitHub shows them.
import { simpleUser } from "./account.mjs";
import { nodeId } from "./links.mjs";

const TEMPLATES = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

/** Nobody stars, watches or forks here. */
const COUNTS = {
  stargazers_count: 0,
  watchers_count: 0,
  forks_count: 0,
  open_issues_count: 0,
  forks: 0,
  open_issues: 0,
  watchers: 0,
};

const FEATURES = {
  has_issues: true,
  has_projects: true,
  has_downloads: true,
  has_wiki: true,
  has_pages: false,
  has_discussions: false,
  allow_forking: true,
  web_commit_signoff_required: false,
};

const READER = { admin: false, maintain: false, push: false, triage: false, pull: true };

/** As in lists. Permissions are told to those who have signed in. */
export function repository(at, one, { anonymous = false } = {}) {
  const url = `${at.api}/repos/${one.full_name}`;
  const html_url = `${at.site}/${one.full_name}`;
  const host = new URL(at.site).host;
  const templates = Object.entries(TEMPLATES).map(([key, rest]) => [key, url + rest]);
  return {
    id: one.id,
    node_id: nodeId("Repository", one.id),
    name: one.name,
    full_name: one.full_name,
    private: one.private,
    owner: simpleUser(at, one.owner),
    html_url,
    description: one.description,
    fork: one.fork,
    url,
    ...Object.fromEntries(templates),
    created_at: one.created_at,
    updated_at: one.updated_at,
    pushed_at: one.pushed_at,
    git_url: `git://${host}/${one.full_name}.git`,
    ssh_url: `git@${host}:${one.full_name}.git`,
    clone_url: `${html_url}.git`,
    svn_url: html_url,
    homepage: one.homepage,
    size: one.size,
    language: one.language,
    ...COUNTS,
    ...FEATURES,
    mirror_url: null,
    archived: one.archived,
    disabled: one.disabled,
    license: null,
    is_template: one.is_template,
    topics: one.topics,
    visibility: one.visibility,
    default_branch: one.default_branch,
    ...(anonymous ? {} : { permissions: READER }),
  };
}

export const fullRepository = (at, one, whom) => ({
  ...repository(at, one, whom),
  temp_clone_token: null,
  ...(one.owner.type === "Organization" && { organization: simpleUser(at, one.owner), custom_properties: {} }),
  network_count: 0,
  subscribers_count: 0,
});
