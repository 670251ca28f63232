// The primary rate limit: a number of requests an hour for each who asks, and for each kind of resource.

const HOUR = 3600;
const OTHERS = { search: 30, code_search: 10 };
const now = () => Math.floor(Date.now() / 1000);

export const resourceOf = (operation) =>
  operation === "search/code" ? "code_search" : operation.startsWith("search/") ? "search" : "core";

export class Limits {
  #buckets = new Map();

  bucket(actor, resource) {
    const key = `${actor.key} ${resource}`;
    const known = this.#buckets.get(key);
    if (known && known.reset > now()) return known;
    const limit = known?.limit ?? OTHERS[resource] ?? actor.limit;
    const fresh = { resource, limit, used: 0, reset: now() + HOUR };
    this.#buckets.set(key, fresh);
    return fresh;
  }

  /** False when nothing is left. */
  take(bucket) {
    if (bucket.used >= bucket.limit) return false;
    bucket.used += 1;
    return true;
  }

  giveBack(bucket) {
    bucket.used -= 1;
  }

  /** Sets what is left: `{ limit, remaining, reset_in }`, the last in seconds. */
  set(key, { resource = "core", limit, remaining, reset_in = HOUR }) {
    const kept = this.#buckets.get(`${key} ${resource}`);
    const all = limit ?? kept?.limit ?? (OTHERS[resource] ?? 5000);
    const bucket = { resource, limit: all, used: all - (remaining ?? all), reset: now() + reset_in };
    this.#buckets.set(`${key} ${resource}`, bucket);
    return shown(bucket);
  }

  all() {
    return Object.fromEntries([...this.#buckets].map(([key, bucket]) => [key, shown(bucket)]));
  }
}

export const shown = ({ limit, used, reset, resource }) => ({ limit, used, remaining: limit - used, reset, resource });

export const headers = (bucket) =>
  Object.fromEntries(Object.entries(shown(bucket)).map(([key, value]) => [`x-ratelimit-${key}`, String(value)]));
