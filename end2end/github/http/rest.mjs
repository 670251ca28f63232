// GitHub's REST interface: what a question passes before its operation answers, and what its answer passes after.
import { randomBytes } from "node:crypto";
import { handlers } from "../rest/all.mjs";
import { links } from "../shapes/links.mjs";
import { actor as actorOf, anonymous } from "./actor.mjs";
import { bodyOf, media, named, restOf } from "./address.mjs";
import { conditional, json } from "./answer.mjs";
import { violations } from "./description.mjs";
import { fault } from "./fault.mjs";
import { headers as limitHeaders, resourceOf } from "./limits.mjs";
import { Problem, notFound, primaryLimit } from "./problem.mjs";
import { router } from "./router.mjs";

const route = router(handlers);
const VERSIONS = ["2022-11-28", "2026-03-10"];
const BODY_LIMIT = 1024 * 1024;

/** As GitHub's edge does before anything else. */
function admitted({ headers }) {
  if (!headers["user-agent"]) {
    return new Problem(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.");
  }
  const version = headers["x-github-api-version"];
  return version && !VERSIONS.includes(version) ? new Problem(400, `"${version}" is not a supported version`) : undefined;
}

function routed(stand, method, path) {
  try {
    return route(method, named(stand.world, path));
  } catch (error) {
    if (error instanceof URIError) throw new Problem(400, "Bad Request");
    throw error;
  }
}

function unanswered(stand, id) {
  if (!id) return notFound();
  const violation = `the stand-in does not answer ${id}`;
  stand.journal.violations.push({ operation: id, violations: [violation] });
  return new Problem(501, violation);
}

async function jsonBody(request) {
  const text = (await bodyOf(request, BODY_LIMIT)).toString();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, "Problems parsing JSON");
  }
}

function whole({ body, raw, type, status = 200, headers = {}, lastModified }) {
  const more = { ...headers, ...(lastModified && { "last-modified": lastModified }) };
  if (!raw) return json(status, body, more);
  return { status, bytes: raw, headers: { "content-type": type ?? "application/vnd.github.raw+json; charset=utf-8", ...more } };
}

/** Holds an answer against GitHub's description. What does not hold is told, and kept. */
function checked(stand, id, answer, accept) {
  if (!id || !answer.headers["content-type"].startsWith("application/json")) return answer;
  const form = accept.object ? "application/vnd.github.object" : undefined;
  const found = violations(id, answer.status, answer.bytes.toString(), form);
  if (found.length === 0) return answer;
  stand.journal.violations.push({ operation: id, status: answer.status, violations: found, answer: answer.bytes.toString().slice(0, 4000) });
  return json(500, { message: `not what GitHub answers: ${found.join("; ")}`, violations: found });
}

function general(request, actor, id) {
  const hidden = actor.token !== undefined;
  return {
    "x-github-request-id": id,
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": request.headers["x-github-api-version"] ?? VERSIONS[0],
    "cache-control": `${hidden ? "private" : "public"}, max-age=60, s-maxage=60`,
    vary: "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With",
    "x-content-type-options": "nosniff",
    ...(actor.scopes && { "x-oauth-scopes": actor.scopes.join(", ") }),
  };
}

const isProblem = (error) => {
  if (error instanceof Problem) return json(error.status, error.body, error.headers);
  throw error;
};

/** One question: `{ answer, actor, operation, mode }`. */
export async function rest(stand, request, { path, search, query, enterprise }) {
  const id = randomBytes(12).toString("hex").toUpperCase();
  let actor = anonymous(request.socket.remoteAddress);
  let found = {};
  let mode;
  let bucket;

  const answered = async () => {
    found = routed(stand, request.method, path);
    mode = stand.modes.take({ method: request.method, path, operation: found.id });
    const refused = admitted(request);
    if (refused) throw refused;
    actor = actorOf(stand.world, { authorization: request.headers.authorization, address: actor.name, operation: found.id ?? "" });
    bucket = stand.limits.bucket(actor, resourceOf(found.id ?? ""));
    const wrong = await fault(mode, actor, id);
    if (wrong) return wrong;
    if (found.id !== "rate-limit/get" && !stand.limits.take(bucket)) throw primaryLimit(actor, id);
    if (!found.handler) throw unanswered(stand, found.id);
    const accept = media(request.headers.accept);
    const ask = {
      actor,
      query,
      world: stand.world,
      limits: stand.limits,
      at: links(stand.world, request.headers.host, enterprise),
      params: found.params,
      rest: restOf(path, search),
      media: accept,
      body: request.method === "POST" ? await jsonBody(request) : undefined,
    };
    let result;
    try {
      result = whole(await found.handler(ask));
    } catch (error) {
      result = isProblem(error);
    }
    return conditional(request, checked(stand, found.id, result, accept));
  };

  const answer = await answered().catch(isProblem);
  bucket ??= stand.limits.bucket(actor, resourceOf(found.id ?? ""));
  // A repeated question costs nothing to those who have signed in.
  if (answer.status === 304 && !actor.anonymous) stand.limits.giveBack(bucket);
  answer.headers = { ...general(request, actor, id), ...limitHeaders(bucket), ...answer.headers };
  const operation = found.id ?? "unknown";
  return { answer, operation, mode, credential: actor.key };
}
