// The GitHub App: its keys, where it is installed, and the tokens of its installations.
import { createVerify, generateKeyPairSync, randomBytes } from "node:crypto";
import { Names } from "./accounts.mjs";

const PERMISSIONS = { contents: "read", metadata: "read", members: "read" };

/** Made when it is first needed, and kept while the program runs: it takes a fifth of a second. */
let pair;
const keys = () =>
  (pair ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  }));

const decoded = (part) => JSON.parse(Buffer.from(part, "base64url").toString());

export class App {
  id = 4711;
  client_id = "Iv23liPeriluneTests";
  slug = "perilune-tests";
  name = "Perilune tests";
  owner = "perilune-tests";
  /** By the organisation's login. */
  installations = new Names();
  /** From a token to `{ installation, permissions, repositories, expires }`. */
  tokens = new Map();

  constructor(world) {
    this.world = world;
    this.created_at = world.now();
    world.user(this.owner);
  }

  get privateKey() {
    return keys().privateKey;
  }

  get publicKey() {
    return keys().publicKey;
  }

  install(org, { permissions = PERMISSIONS, repositories = null, suspended = false } = {}) {
    const organization = this.world.organization(org);
    const old = this.installations.get(org);
    const created_at = old?.created_at ?? this.world.now();
    const id = old?.id ?? this.world.id();
    return this.installations.set(org, { id, organization, permissions, repositories, suspended, created_at });
  }

  uninstall(org) {
    const gone = this.installations.get(org);
    if (!gone) throw new Error(`the app is not installed in ${org}`);
    this.installations.delete(org);
    for (const [token, { installation }] of this.tokens) if (installation === gone) this.tokens.delete(token);
  }

  /** A token for an installation, or for a part of what it may. */
  grant(installation, { permissions, repositories } = {}) {
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    const expires = Date.now() + this.world.settings.installation_token_seconds * 1000;
    const granted = {
      token,
      installation,
      permissions: permissions ?? installation.permissions,
      repositories: repositories ?? installation.repositories,
      expires,
    };
    this.tokens.set(token, granted);
    return granted;
  }

  /** Why a JSON web token is refused, in GitHub's words; nothing when it is good. */
  refusal(token) {
    const undecodable = "A JSON web token could not be decoded";
    const parts = token.split(".");
    let header, claims;
    try {
      [header, claims] = parts.slice(0, 2).map(decoded);
    } catch {
      return undecodable;
    }
    if (header?.alg !== "RS256" || typeof claims !== "object" || claims === null) return undecodable;
    const signed = createVerify("RSA-SHA256").update(`${parts[0]}.${parts[1]}`);
    if (!signed.verify(this.publicKey, Buffer.from(parts[2], "base64url"))) return undecodable;
    return this.#claims(claims);
  }

  #claims({ iat, exp, iss }) {
    const now = Date.now() / 1000;
    if (!Number.isInteger(exp)) return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    if (exp <= now) return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    if (exp > now + 600) return "'Expiration time' claim ('exp') is too far in the future";
    if (!Number.isInteger(iat) || iat > now + 5) return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
    if (![String(this.id), this.client_id].includes(String(iss))) return "Integration not found";
    return undefined;
  }
}
