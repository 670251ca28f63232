// What was asked: every request, and sums by operation.

const KEPT = 10_000;

const count = (sums, key) => (sums[key] = (sums[key] ?? 0) + 1);

export class Journal {
  #requests = [];
  #operations = {};
  /** Answers that GitHub's description does not allow, and questions that nothing here answers. */
  violations = [];
  #number = 0;

  add({ operation, credential, status, ...request }) {
    this.#requests.push({ number: ++this.#number, at: new Date().toISOString(), operation, credential, status, ...request });
    if (this.#requests.length > KEPT) this.#requests.shift();
    const sums = (this.#operations[operation] ??= { total: 0, not_modified: 0, statuses: {}, credentials: {} });
    sums.total += 1;
    if (status === 304) sums.not_modified += 1;
    count(sums.statuses, status);
    count(sums.credentials, credential);
  }

  requests({ operation, after = 0 } = {}) {
    return this.#requests.filter((one) => one.number > Number(after) && (!operation || one.operation === operation));
  }

  counters() {
    const all = Object.values(this.#operations);
    const sum = (key) => all.reduce((so, one) => so + one[key], 0);
    return { total: sum("total"), not_modified: sum("not_modified"), operations: this.#operations };
  }

  clear() {
    this.#requests = [];
    this.#operations = {};
  }
}
