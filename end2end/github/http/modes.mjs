// What goes wrong on purpose: for requests whose path or operation matches, as often as was said.
import { randomUUID } from "node:crypto";

const LIMITS = ["primary", "secondary"];

const literal = (text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

export class Modes {
  #all = [];

  add(wanted) {
    const { path = "*", times = null, skip = 0, limit } = wanted;
    if (limit !== undefined && !LIMITS.includes(limit)) throw new Error(`no such limit: ${limit}`);
    const mode = { id: randomUUID(), ...wanted, path, times, skip, hits: 0 };
    const pattern = new RegExp(`^${path.split("*").map(literal).join(".*")}$`, "i");
    this.#all.push({ mode, pattern });
    return mode;
  }

  remove(id) {
    const kept = this.#all.filter(({ mode }) => mode.id !== id);
    const found = kept.length < this.#all.length;
    this.#all = kept;
    return found;
  }

  clear() {
    this.#all = [];
  }

  list() {
    return this.#all.map(({ mode }) => mode);
  }

  /** The first that still applies to a request. */
  take({ method, path, operation }) {
    for (const { mode, pattern } of this.#all) {
      const meant =
        pattern.test(path) &&
        (!mode.method || mode.method === method) &&
        (!mode.operation || mode.operation === operation);
      if (!meant) continue;
      mode.hits += 1;
      if (mode.hits > mode.skip && (mode.times === null || mode.hits <= mode.skip + mode.times)) return mode;
    }
    return undefined;
  }
}
