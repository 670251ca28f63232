// What tests ask of the stand-in. A line is a method, a path, and what it does with the names in the path, the body and the query.
import { changes } from "../git/compare.mjs";
import { EMPTY_TREE } from "../git/objects.mjs";
import { describe } from "../world/description.mjs";
import { load } from "../world/directory.mjs";
import { deliver } from "../webhook.mjs";

const named = ({ owner, repo }) => `${owner}/${repo}`;

const repositoryTold = (one) => ({
  id: one.id,
  full_name: one.full_name,
  visibility: one.visibility,
  default_branch: one.default_branch,
  archived: one.archived,
  topics: one.topics,
  refs: Object.fromEntries(one.git.refs),
});

function commitTold({ git }, branch, commit, before) {
  const all = changes(git.objects, before?.tree ?? EMPTY_TREE, commit.tree);
  const paths = (status) => all.filter((one) => one.status === status).map(({ path }) => path);
  const blobs = all.filter(({ after }) => after).map(({ path, after }) => [path, after.sha]);
  return {
    sha: commit.sha,
    before: before?.sha ?? "0".repeat(40),
    tree: commit.tree,
    branch,
    added: paths("added"),
    modified: paths("modified"),
    removed: paths("removed"),
    blobs: Object.fromEntries(blobs),
  };
}

function commit({ world }, names, body) {
  const repository = world.known(named(names));
  const branch = body.branch ?? repository.default_branch;
  const before = repository.git.branch(branch);
  return commitTold(repository, branch, world.commit(repository, { ...body, branch }), before);
}

function setRef({ world }, names, { sha, from }) {
  const { git } = world.known(named(names));
  const commit = git.resolve(sha ?? from ?? "");
  if (!commit) throw new Error("neither sha nor from names a commit");
  git.refs.set(`refs/${names.ref}`, commit.sha);
  return { ref: `refs/${names.ref}`, sha: commit.sha };
}

function removeRef({ world }, names) {
  if (!world.known(named(names)).git.refs.delete(`refs/${names.ref}`)) throw new Error(`there is no refs/${names.ref}`);
}

const appTold = ({ app }) => ({
  id: app.id,
  client_id: app.client_id,
  slug: app.slug,
  private_key: app.privateKey,
  public_key: app.publicKey,
  installations: app.installations.values().map(({ id, organization }) => ({ id, organization: organization.login })),
});

function reset(stand, _, body) {
  stand.reset();
  describe(stand.world, body);
}

export const TABLE = [
  ["POST", "/reset", reset],
  ["POST", "/world", ({ world }, _, body) => describe(world, body)],
  ["POST", "/load", ({ world }, _, { directory, ...wanted }) => load(world, directory, wanted)],

  ["PUT", "/users/{login}", ({ world }, { login }, body) => ({ id: world.user(login, body).id })],
  ["PUT", "/organizations/{org}", ({ world }, { org }, body) => ({ id: world.organization(org, body).id })],
  ["PUT", "/organizations/{org}/members/{login}", ({ world }, { org, login }, body) => ({ id: world.member(org, { ...body, login }).id })],
  ["DELETE", "/organizations/{org}/members/{login}", ({ world }, { org, login }) => world.removeMember(org, login)],
  ["PUT", "/organizations/{org}/teams/{slug}", ({ world }, { org, slug }, body) => ({ id: world.team(org, { ...body, slug }).id })],
  ["DELETE", "/organizations/{org}/teams/{slug}", ({ world }, { org, slug }) => ({ id: world.removeTeam(org, slug).id })],

  ["GET", "/repositories/{owner}/{repo}", ({ world }, names) => repositoryTold(world.known(named(names)))],
  ["PUT", "/repositories/{owner}/{repo}", ({ world }, names, body) => repositoryTold(world.repository(named(names), body))],
  ["DELETE", "/repositories/{owner}/{repo}", ({ world }, names) => ({ id: world.remove(named(names)).id })],
  ["POST", "/repositories/{owner}/{repo}/rename", ({ world }, names, { name }) => repositoryTold(world.rename(named(names), name))],
  ["POST", "/repositories/{owner}/{repo}/commits", commit],
  ["PUT", "/repositories/{owner}/{repo}/refs/{ref}", setRef],
  ["DELETE", "/repositories/{owner}/{repo}/refs/{ref}", removeRef],

  ["PUT", "/tokens/{token}", ({ world }, { token }, body) => world.token(token, body)],
  ["DELETE", "/tokens/{token}", ({ world }, { token }) => void (world.tokens.delete(token) || world.app.tokens.delete(token))],
  ["GET", "/app", ({ world }) => appTold(world)],
  ["PUT", "/installations/{org}", ({ world }, { org }, body) => ({ id: world.app.install(org, body).id })],
  ["DELETE", "/installations/{org}", ({ world }, { org }) => world.app.uninstall(org)],

  ["GET", "/limits", ({ limits }) => limits.all()],
  ["PUT", "/limits/{credential}", ({ limits }, { credential }, body) => limits.set(credential, body)],
  ["GET", "/modes", ({ modes }) => modes.list()],
  ["POST", "/modes", ({ modes }, _, body) => modes.add(body)],
  ["DELETE", "/modes", ({ modes }) => modes.clear()],
  ["DELETE", "/modes/{id}", ({ modes }, { id }) => {
    if (!modes.remove(id)) throw new Error(`there is no mode ${id}`);
  }],

  ["GET", "/counters", ({ journal }) => journal.counters()],
  ["GET", "/requests", ({ journal }, _, __, query) => journal.requests(Object.fromEntries(query))],
  ["DELETE", "/requests", ({ journal }) => journal.clear()],
  ["GET", "/violations", ({ journal }) => journal.violations],

  ["POST", "/webhooks", (stand, _, body, __, host) => deliver(stand, host, body)],
  ["PUT", "/files/{path}", ({ files }, { path }, body) => void files.set(path, { ...body, at: new Date().toUTCString() })],
  ["DELETE", "/files/{path}", ({ files }, { path }) => void files.delete(path)],
];
