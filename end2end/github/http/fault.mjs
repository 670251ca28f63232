// What a mode answers in place of what would have been said.
import { setTimeout as sleep } from "node:timers/promises";
import { json } from "./answer.mjs";
import { Problem, notFound, primaryLimit, secondaryLimit } from "./problem.mjs";

const WORDS = { 401: "Bad credentials", 403: "Forbidden", 404: "Not Found", 500: "Server Error", 502: "Server Error", 503: "Service Unavailable" };

const seconds = (after) => Math.floor(Date.now() / 1000) + after;

function limited(mode, actor, id) {
  if (mode.limit === "secondary") return secondaryLimit(id, mode.status, mode.retry_after);
  const problem = primaryLimit(actor, id);
  const reset = seconds(mode.reset_in ?? 3600);
  problem.headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };
  return problem;
}

const problemFor = (status) => (status === 404 ? notFound() : new Problem(status, WORDS[status] ?? "Stand-in"));

/** Waits, then the answer that a mode gives; nothing when the question is to be answered. */
export async function fault(mode, actor, id) {
  if (!mode) return undefined;
  if (mode.delay) await sleep(mode.delay);
  if (mode.limit) throw limited(mode, actor, id);
  const headers = mode.headers ?? {};
  if (mode.text !== undefined) {
    return { status: mode.status ?? 200, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, bytes: Buffer.from(mode.text) };
  }
  if (mode.body !== undefined) return json(mode.status ?? 200, mode.body, headers);
  if (mode.status === undefined) return undefined;
  const problem = problemFor(mode.status);
  return json(mode.status, problem.body, headers);
}
