// What a question is about, or GitHub's refusal.
import { emptyRepository, moved, notFound, Problem } from "../http/problem.mjs";

export function organizationOf({ world, params }) {
  const found = world.organizations.get(params.org);
  if (!found) throw notFound();
  return found;
}

/** What cannot be seen is not there. A former name leads on to the number. */
export function repositoryOf({ world, actor, at, params, rest }) {
  const name = `${params.owner}/${params.repo}`;
  const found = world.repositories.get(name);
  const former = found ? undefined : world.renamed.get(name);
  const meant = found ?? former;
  if (!meant || !actor.sees(meant)) throw notFound();
  if (former) throw moved(`${at.api}/repositories/${former.id}${rest}`);
  return meant;
}

/** For content: an installation needs to be allowed to read it. */
export function contentOf(ask) {
  const repository = repositoryOf(ask);
  ask.actor.reads("contents");
  return repository;
}

export function notEmpty(ask) {
  const repository = contentOf(ask);
  if (repository.git.empty) throw emptyRepository();
  return repository;
}

export function teamOf(ask) {
  const organization = organizationOf(ask);
  ask.actor.knows(organization);
  const team = organization.teams.get(ask.params.team_slug);
  if (!team || !seesTeam(ask.actor, team)) throw notFound();
  return team;
}

/** Secret teams are for their members and the organisation's owners. */
export function seesTeam(actor, team) {
  if (team.privacy !== "secret" || actor.kind === "installation") return true;
  const { login } = actor.user;
  return team.members.has(login) || team.organization.members.get(login)?.role === "admin";
}

export function blobOf(repository, sha) {
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new Problem(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
  const blob = repository.git.objects.get(sha, "blob");
  if (!blob) throw notFound();
  return blob;
}

export const lastModified = (date) => new Date(date).toUTCString();

/** Lists with pages that lead on by number. */
export const organizationPath = (at, { id }, rest) => `${at.api}/organizations/${id}${rest}`;
export const repositoryPath = (at, { id }, rest) => `${at.api}/repositories/${id}${rest}`;
