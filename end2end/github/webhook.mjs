// Webhooks: GitHub's own examples (@octokit/webhooks-examples), told of the stand-in's world, signed and sent.
import { createHmac, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { webhookViolations } from "./http/description.mjs";
import { links } from "./shapes/links.mjs";
import { simpleOrganization, simpleUser } from "./shapes/account.mjs";
import { fullRepository } from "./shapes/repository.mjs";
import { team as shownTeam } from "./shapes/team.mjs";

const examples = createRequire(import.meta.url)("@octokit/webhooks-examples");
const NOTHING = "0".repeat(40);

/** Actions without an example are told as a sibling is: the same shape, another word. */
const SIBLINGS = {
  repository: { archived: "created", unarchived: "created", deleted: "created" },
  organization: { member_removed: "member_added", deleted: "member_added" },
};

function exampleOf(event, action, wanted) {
  const all = examples.find(({ name }) => name === event)?.examples ?? [];
  const named = SIBLINGS[event]?.[action] ?? action;
  const fitting = all.filter((one) => one.action === named || named === undefined);
  if (fitting.length === 0) throw new Error(`there is no example of ${[event, action].filter(Boolean).join(" ")}`);
  // Of those with the right action, the one that has most of what is told.
  const has = (one) => wanted.filter((key) => key in one).length;
  return structuredClone(fitting.toSorted((one, other) => has(other) - has(one))[0]);
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Overrides go into objects and replace everything else. */
export function merged(base, over) {
  if (!isObject(base) || !isObject(over)) return over;
  const all = { ...base };
  for (const [key, value] of Object.entries(over)) all[key] = key in base ? merged(base[key], value) : value;
  return all;
}

const seconds = (date) => Math.floor(Date.parse(date) / 1000);

function repositoryIn(at, one, example, event) {
  const now = fullRepository(at, one);
  const base = { ...example, ...now, owner: { ...example.owner, ...now.owner } };
  for (const key of ["organization", "network_count", "subscribers_count", "temp_clone_token", "permissions", "custom_properties"]) {
    if (!(key in example)) delete base[key];
  }
  if (event !== "push") return base;
  // Here, and only here, GitHub tells times as numbers, and the page's address as the repository's.
  const { login, id } = one.owner;
  return {
    ...base,
    url: now.html_url,
    created_at: seconds(one.created_at),
    pushed_at: seconds(one.pushed_at),
    owner: { ...base.owner, name: login, email: `${id}+${login}@users.noreply.github.com` },
    stargazers: 0,
    master_branch: one.default_branch,
    organization: login,
  };
}

const author = (world, { name, email }) => {
  const user = world.users.values().find((one) => one.email === email || email.startsWith(`${one.login}@users.`));
  return { name, email, ...(user && { username: user.login }) };
};

function pushedCommit(at, world, repository, commit) {
  const paths = (status) => repository.git.changesOf(commit).filter((one) => one.status === status).map(({ path }) => path);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.author.date,
    url: `${at.site}/${repository.full_name}/commit/${commit.sha}`,
    author: author(world, commit.author),
    committer: author(world, commit.committer),
    added: paths("added"),
    removed: paths("removed"),
    modified: paths("modified"),
  };
}

/** At most 2,048 commits are told, as on GitHub. */
function push(at, world, repository, { ref, before, after }) {
  const { git } = repository;
  const name = ref ?? `refs/heads/${repository.default_branch}`;
  const tip = git.objects.get(after ?? git.refs.get(name), "commit");
  const deleted = after === NOTHING || !tip;
  const from = before ?? tip?.parents[0] ?? NOTHING;
  const commits = deleted ? [] : git.between(from, tip.sha).slice(-2048).map((one) => pushedCommit(at, world, repository, one));
  const page = `${at.site}/${repository.full_name}`;
  const short = (sha) => sha.slice(0, 12);
  return {
    ref: name,
    before: from,
    after: deleted ? NOTHING : tip.sha,
    created: from === NOTHING,
    deleted,
    forced: false,
    base_ref: null,
    compare: deleted || from === NOTHING ? `${page}/compare/${name.replace(/^refs\/(heads|tags)\//, "")}` : `${page}/compare/${short(from)}...${short(tip.sha)}`,
    commits,
    head_commit: deleted ? null : pushedCommit(at, world, repository, tip),
    pusher: { name: commits.at(-1)?.author.username ?? "somebody", email: commits.at(-1)?.author.email ?? null },
  };
}

const found = (list, name, what) => {
  const one = list.get(name);
  if (!one) throw new Error(`there is no ${what} ${name}`);
  return one;
};

/** What a webhook is about, by the names in `wanted`. Things that are gone are told with overrides. */
function subjects(world, wanted) {
  const repository = wanted.repository && found(world.repositories, wanted.repository, "repository");
  const login = wanted.organization ?? (repository?.owner.type === "Organization" ? repository.owner.login : undefined);
  const organization = login && found(world.organizations, login, "organisation");
  const team = wanted.team && found(organization.teams, wanted.team, "team");
  const member = wanted.member && found(world.users, wanted.member, "user");
  const sender = wanted.sender ? found(world.users, wanted.sender, "user") : (member ?? world.users.values()[0]);
  return { repository, organization, team, member, sender };
}

function told(at, world, event, example, { repository, organization, team, member, sender }) {
  const payload = { ...example, sender: { ...example.sender, ...simpleUser(at, sender) } };
  if (repository) payload.repository = repositoryIn(at, repository, example.repository ?? {}, event);
  if (organization) payload.organization = simpleOrganization(at, organization);
  if (team) payload.team = { ...example.team, ...shownTeam(at, team) };
  if (member && "member" in example) payload.member = { ...example.member, ...simpleUser(at, member) };
  if (member && isObject(example.membership)) {
    const { role = "member" } = organization.members.get(member.login) ?? {};
    const url = `${at.api}/orgs/${organization.login}/memberships/${member.login}`;
    payload.membership = { ...example.membership, url, role, organization_url: `${at.api}/orgs/${organization.login}`, user: simpleUser(at, member) };
  }
  return payload;
}

/** What belongs to the example's world and not to ours. */
function forgotten(payload, { repository, organization, team }) {
  for (const [key, ours] of Object.entries({ repository, organization, team })) if (!ours) delete payload[key];
  delete payload.installation;
  return payload;
}

export function payloadOf(stand, host, wanted) {
  const { world } = stand;
  const { event, action, overrides = {} } = wanted;
  const about = subjects(world, wanted);
  const at = links(world, host, wanted.enterprise ?? false);
  const keys = Object.keys(about).filter((key) => about[key]);
  const example = { ...exampleOf(event, action, keys), ...(action && { action }) };
  const payload = forgotten(told(at, world, event, example, about), about);
  const installation = about.organization && world.app.installations.get(about.organization.login);
  if (installation) payload.installation = { id: installation.id, node_id: Buffer.from(`Installation:${installation.id}`).toString("base64") };
  if (event === "push") Object.assign(payload, push(at, world, about.repository, wanted));
  if (event === "ping") payload.hook = { ...payload.hook, type: about.repository ? "Repository" : "Organization", config: { ...payload.hook.config, url: wanted.target } };
  return merged(payload, overrides);
}

export const signature = (secret, body) => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** `signature` may be `wrong` or `none`; `delivery` repeats an earlier one. */
function headersOf({ event, secret, delivery = randomUUID(), signature: kind }, body) {
  const sign = secret !== undefined && kind !== "none";
  return {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/stand-in",
    accept: "*/*",
    "x-github-event": event,
    "x-github-delivery": delivery,
    "x-github-hook-id": "1",
    ...(sign && { "x-hub-signature-256": signature(kind === "wrong" ? `not ${secret}` : secret, body) }),
  };
}

/** Sends, waits for the answer, and tells both. Without a target it tells only what would be sent. */
export async function deliver(stand, host, wanted) {
  const payload = wanted.payload ?? payloadOf(stand, host, wanted);
  const found = wanted.payload || wanted.overrides ? [] : webhookViolations(wanted.event, payload.action, payload);
  if (found.length) stand.journal.violations.push({ webhook: wanted.event, action: payload.action, violations: found });
  const body = wanted.text ?? JSON.stringify(payload);
  const headers = { ...headersOf(wanted, body), ...wanted.headers };
  const sent = { delivery: headers["x-github-delivery"], headers, body, violations: found };
  if (!wanted.target) return sent;
  const answer = await fetch(wanted.target, { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.timeout(10_000) });
  return { ...sent, answer: { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() } };
}
