// The control interface: `/_control/…`, JSON, for programs on this machine.
import { bodyOf } from "../http/address.mjs";
import { json, send } from "../http/answer.mjs";
import { TABLE } from "./table.mjs";

const PREFIX = "/_control";
/** A world of a thousand repositories in one piece. */
const BODY_LIMIT = 512 * 1024 * 1024;
const LOOPBACK = /^(::1|(::ffff:)?127\.)/;
const LONG = ["ref", "path"];

const lines = TABLE.map(([method, template, act]) => {
  const source = template.replace(/\{(\w+)\}/g, (_, name) => `(?<${name}>${LONG.includes(name) ? ".+" : "[^/]+"})`);
  return { method, act, pattern: new RegExp(`^${PREFIX}${source}$`) };
});

function lineFor(method, path) {
  for (const { act, pattern, ...line } of lines) {
    const found = line.method === method ? pattern.exec(path) : undefined;
    if (found) return { act, names: Object.fromEntries(Object.entries(found.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)])) };
  }
  return undefined;
}

/** A page in a browser sends where it comes from; no test's program does. */
const allowed = (request) => LOOPBACK.test(request.socket.remoteAddress ?? "") && request.headers.origin === undefined;

async function answer(stand, request, { path, query }) {
  if (!allowed(request)) return json(403, { message: "for programs on this machine" });
  try {
    const line = lineFor(request.method, path);
    if (!line) return json(404, { message: `no control ${request.method} ${path}` });
    const text = (await bodyOf(request, BODY_LIMIT)).toString();
    const told = await line.act(stand, line.names, text ? JSON.parse(text) : {}, query, request.headers.host);
    return told === undefined ? { status: 204, headers: {}, bytes: Buffer.alloc(0) } : json(200, told);
  } catch (error) {
    return json(400, { message: error.message });
  }
}

export const isControl = (path) => path.startsWith(`${PREFIX}/`);

export const control = async (stand, request, response, address) => send(request, response, await answer(stand, request, address));
