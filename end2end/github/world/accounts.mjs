// Who there is: users, organisations and their members, teams.

export const slugOf = (name) => name.toLowerCase().replace(/[^a-z0-9._]+/g, "-").replace(/^-+|-+$/g, "");

const lower = (text) => String(text).toLowerCase();

/** A map whose keys are compared as GitHub does, without regard to case. */
export class Names {
  #all = new Map();
  get = (name) => this.#all.get(lower(name));
  has = (name) => this.#all.has(lower(name));
  delete = (name) => this.#all.delete(lower(name));
  values = () => [...this.#all.values()];
  get size() {
    return this.#all.size;
  }
  set(name, value) {
    this.#all.set(lower(name), value);
    return value;
  }
}

export class Team {
  /** From login to `member` or `maintainer`. */
  members = new Map();
  /** From a repository's id to `pull`, `triage`, `push`, `maintain` or `admin`. */
  repositories = new Map();

  constructor(organization, id, name, now) {
    Object.assign(this, { organization, id, name, slug: slugOf(name), created_at: now, updated_at: now });
    Object.assign(this, { description: null, privacy: "closed", parent: null });
  }

  get children() {
    return this.organization.teams.values().filter((team) => team.parent === this);
  }

  /** Members of child teams are members. */
  get everybody() {
    const all = new Map(this.children.flatMap((team) => [...team.everybody]));
    for (const [login, role] of this.members) all.set(login, role);
    return all;
  }
}

export class Organization {
  type = "Organization";
  teams = new Names();
  /** From login to `{ role: "admin" | "member", public }`. */
  members = new Names();

  constructor(id, login, now) {
    Object.assign(this, { id, login, created_at: now, updated_at: now, name: login, description: null });
  }
}

export class User {
  type = "User";

  constructor(id, login, now) {
    Object.assign(this, { id, login, created_at: now, updated_at: now, name: null, email: null });
  }
}
