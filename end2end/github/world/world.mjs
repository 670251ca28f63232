// Everything that the stand-in knows. It is made and changed by the control interface alone.
import { randomBytes } from "node:crypto";
import { App } from "./app.mjs";
import { Names, Organization, Team, User, slugOf } from "./accounts.mjs";
import { Repository } from "./repository.mjs";

const SETTINGS = {
  /** Where pages are, `html_url`; the stand-in's own address when it is null. */
  site: null,
  /** Entries of a recursive tree before it is cut, and of a directory. */
  tree_limit: 100_000,
  directory_limit: 1_000,
  installation_token_seconds: 3600,
};

const seconds = (date = new Date()) => new Date(date).toISOString().replace(/\.\d+Z$/, "Z");

export class World {
  #id = 1000;
  id = () => ++this.#id;
  now = () => seconds();
  users = new Names();
  organizations = new Names();
  /** By `owner/name`, in the order in which they were made. */
  repositories = new Names();
  /** Former names, to the repository that had them. */
  renamed = new Names();
  /** From a token to what it may: `{ login, scopes, repositories }`. */
  tokens = new Map();
  settings = { ...SETTINGS };
  app = new App(this);
  /** Signs the download URLs of private files. */
  secret = randomBytes(16);
  account(login) {
    return this.organizations.get(login) ?? this.users.get(login);
  }

  byId(list, id) {
    return list.values().find((one) => String(one.id) === String(id));
  }

  organization(login, wanted = {}) {
    const made = this.organizations.get(login) ?? this.organizations.set(login, new Organization(this.id(), login, this.now()));
    for (const key of ["name", "description", "email", "blog", "location"]) if (wanted[key] !== undefined) made[key] = wanted[key];
    for (const member of wanted.members ?? []) this.member(login, member);
    for (const team of wanted.teams ?? []) this.team(login, team);
    return made;
  }

  user(login, wanted = {}) {
    const made = this.users.get(login) ?? this.users.set(login, new User(this.id(), login, this.now()));
    for (const key of ["name", "email", "bio", "company"]) if (wanted[key] !== undefined) made[key] = wanted[key];
    return made;
  }

  member(org, wanted) {
    const { login, role = "member", public: open = false, ...rest } = typeof wanted === "string" ? { login: wanted } : wanted;
    const user = this.user(login, rest);
    this.organization(org).members.set(login, { user, role, public: open });
    return user;
  }

  team(org, wanted) {
    const organization = this.organization(org);
    const slug = wanted.slug ?? slugOf(wanted.name);
    const team =
      organization.teams.get(slug) ??
      organization.teams.set(slug, new Team(organization, this.id(), wanted.name ?? slug, this.now()));
    Object.assign(team, { slug, updated_at: this.now() });
    for (const key of ["name", "description", "privacy"]) if (wanted[key] !== undefined) team[key] = wanted[key];
    if (wanted.parent !== undefined) {
      const parent = wanted.parent === null ? null : organization.teams.get(wanted.parent);
      if (parent === undefined) throw new Error(`there is no team ${wanted.parent}`);
      for (let above = parent; above; above = above.parent) if (above === team) throw new Error("a team is not below itself");
      team.parent = parent;
    }
    if (wanted.members) {
      team.members.clear();
      for (const one of wanted.members) this.#joins(team, typeof one === "string" ? { login: one } : one);
    }
    for (const [name, permission] of Object.entries(wanted.repositories ?? {})) {
      team.repositories.set(this.known(`${org}/${name}`).id, permission);
    }
    return team;
  }

  #joins(team, { login, role = "member" }) {
    if (!team.organization.members.has(login)) this.member(team.organization.login, login);
    team.members.set(this.users.get(login).login, role);
  }

  /** A team that is gone takes its children with it. */
  removeTeam(org, slug) {
    const team = this.organizations.get(org)?.teams.get(slug);
    if (!team) throw new Error(`there is no team ${slug}`);
    for (const child of team.children) this.removeTeam(org, child.slug);
    team.organization.teams.delete(slug);
    return team;
  }

  removeMember(org, login) {
    const organization = this.organizations.get(org);
    if (!organization?.members.delete(login)) throw new Error(`${login} is no member of ${org}`);
    for (const team of organization.teams.values()) team.members.delete(this.users.get(login).login);
  }

  known(fullName) {
    const repository = this.repositories.get(fullName);
    if (!repository) throw new Error(`there is no repository ${fullName}`);
    return repository;
  }

  repository(fullName, wanted = {}) {
    const [owner, name, more] = fullName.split("/");
    if (!name || more !== undefined) throw new Error(`not a repository's name: ${fullName}`);
    let made = this.repositories.get(fullName);
    if (!made) {
      made = new Repository(this.id(), this.account(owner) ?? this.organization(owner), name, this.now());
      this.repositories.set(fullName, made);
      this.renamed.delete(fullName);
    }
    made.describe(wanted, this.now());
    if (wanted.files) this.commit(made, { message: "Begin", changes: changesOf(wanted.files) });
    return made;
  }

  commit(repository, { branch = repository.default_branch, message = "Change", author = {}, changes }) {
    const known = this.users.get(author.login ?? "");
    const who = {
      name: author.name ?? known?.name ?? author.login ?? "Somebody",
      email: author.email ?? known?.email ?? `${author.login ?? "somebody"}@users.noreply.github.com`,
      date: seconds(author.date),
    };
    return repository.commit(branch, { message, author: who, changes }, this.now());
  }

  remove(fullName) {
    const repository = this.known(fullName);
    this.repositories.delete(fullName);
    for (const former of repository.former) this.renamed.delete(former);
    return repository;
  }

  rename(fullName, wanted) {
    const repository = this.known(fullName);
    const to = wanted.includes("/") ? wanted : `${repository.owner.login}/${wanted}`;
    const [owner, name] = to.split("/");
    if (this.repositories.has(to)) throw new Error(`there is a repository ${to} already`);
    this.repositories.delete(fullName);
    repository.former.push(repository.full_name);
    this.renamed.set(repository.full_name, repository);
    this.renamed.delete(to);
    Object.assign(repository, { name, owner: this.account(owner) ?? this.organization(owner), updated_at: this.now() });
    return this.repositories.set(to, repository);
  }

  token(token, { login, scopes = ["repo", "read:org", "user:email"], repositories = null }) {
    if (!login) throw new Error("a token is somebody's: login is missing");
    const user = this.user(login);
    this.tokens.set(token, { token, user, scopes, repositories });
  }
}

export const changesOf = (files) =>
  Object.entries(files).map(([path, file]) => ({ path, ...(typeof file === "string" ? { content: file } : file) }));
