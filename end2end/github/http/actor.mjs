// Who asks, and what they may see: nobody, a user's token, an installation's token, or the app itself.
import { badCredentials, notFound, Problem, requiresAuthentication } from "./problem.mjs";

const INSTALLATION_REFUSED = "Resource not accessible by integration";
const SCOPE_REFUSED = "Resource not accessible by personal access token";

const includes = (repositories, repository) =>
  repositories === null || repositories.some((one) => one.toLowerCase() === repository.name.toLowerCase());

class Anonymous {
  kind = "anonymous";
  limit = 60;

  constructor(address) {
    Object.assign(this, { key: `anonymous ${address}`, name: address, anonymous: true });
  }
  sees = (repository) => !repository.private;
  reads() {}
  knows() {
    throw requiresAuthentication();
  }
  isMember = () => false;
}

class TokenOfUser {
  kind = "user";
  limit = 5000;

  constructor({ token, user, scopes, repositories }) {
    Object.assign(this, { token, user, scopes, repositories, key: `user ${user.login}`, name: `user ID ${user.id}` });
  }
  isMember = (owner) => owner === this.user || Boolean(owner.members?.has(this.user.login));
  sees = (repository) =>
    !repository.private ||
    (this.scopes.includes("repo") && this.isMember(repository.owner) && includes(this.repositories, repository));
  reads() {}
  /** Teams and hidden members are for members whose token may read organisations. */
  knows(organization) {
    if (!this.isMember(organization)) throw notFound();
    const may = ["read:org", "write:org", "admin:org"].some((scope) => this.scopes.includes(scope));
    if (!may) throw new Problem(403, SCOPE_REFUSED);
  }
}

class TokenOfInstallation {
  kind = "installation";
  limit = 5000;

  constructor({ token, installation, permissions, repositories }) {
    const { id } = installation;
    Object.assign(this, { token, installation, permissions, repositories });
    Object.assign(this, { key: `installation ${id}`, name: `installation ID ${id}` });
  }
  isMember = (owner) => owner === this.installation.organization;
  sees = (repository) =>
    !repository.private || (this.isMember(repository.owner) && includes(this.repositories, repository));
  reads(permission) {
    if (!this.permissions[permission]) throw new Problem(403, INSTALLATION_REFUSED);
  }
  knows(organization) {
    if (!this.isMember(organization)) throw notFound();
    this.reads("members");
  }
}

class AppItself {
  kind = "app";
  limit = 5000;
  constructor(token, app) {
    Object.assign(this, { token, key: `app ${app.id}`, name: `app ID ${app.id}` });
  }
}

/** The operations that the app itself asks, and nobody else. */
export const asksAsApp = (operation) =>
  /^apps\/(?!list-repos-accessible)/.test(operation);

function fromToken(world, token) {
  const user = world.tokens.get(token);
  if (user) return new TokenOfUser(user);
  const granted = world.app.tokens.get(token);
  if (!granted || granted.expires <= Date.now()) throw badCredentials();
  if (granted.installation.suspended) throw new Problem(403, "This installation has been suspended");
  return new TokenOfInstallation(granted);
}

export const anonymous = (address) => new Anonymous(address);

export function actor(world, { authorization, address, operation }) {
  if (authorization === undefined) {
    if (asksAsApp(operation)) throw badCredentials("A JSON web token could not be decoded");
    return anonymous(address);
  }
  const [, scheme, credential] = /^(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
  const token =
    scheme?.toLowerCase() === "basic"
      ? Buffer.from(credential, "base64").toString().split(":").at(-1)
      : /^(token|bearer)$/i.test(scheme ?? "") ? credential : undefined;
  if (!token) throw badCredentials();
  if (asksAsApp(operation)) {
    const refusal = world.app.refusal(token);
    if (refusal) throw refusal === "Integration not found" ? notFound(refusal) : badCredentials(refusal);
    return new AppItself(token, world.app);
  }
  return fromToken(world, token);
}
