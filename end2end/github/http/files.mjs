// A host that is not GitHub: files for `url` locations, and all that such hosts do wrong. What it does is said in
// the question or was put there by the control interface; the question's word counts more.
import { createGzip } from "node:zlib";
import { setTimeout as sleep } from "node:timers/promises";
import { once } from "node:events";
import { unescaped } from "./address.mjs";
import { conditional, send } from "./answer.mjs";

const CHUNK = 64 * 1024;
const NUMBERS = ["delay", "slow", "size", "gzip", "drop", "declared", "status", "hops"];

function wishes(stored, query) {
  const asked = Object.fromEntries(query);
  const all = { ...stored, ...asked };
  for (const key of NUMBERS) if (all[key] !== undefined) all[key] = Number(all[key]);
  return all;
}

const bodyOf = ({ body, base64, size }) =>
  base64 !== undefined ? Buffer.from(base64, "base64") : size !== undefined ? Buffer.alloc(size, "a") : Buffer.from(body ?? "");

/** Where a redirect leads: to an address, to itself for ever, or so many times. */
function location({ redirect, loop, hops }, path) {
  if (loop !== undefined) return `${path}?loop=${Number(loop) + 1}`;
  if (hops > 0) return hops === 1 ? path : `${path}?hops=${hops - 1}`;
  return redirect;
}

/** Or gone: nobody is left to wait for. */
const drained = (response) =>
  new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });

/** Writes as long as somebody reads; `next` gives chunks until it gives nothing. */
async function stream(response, next) {
  for (let chunk = next(); chunk && !response.destroyed; chunk = next()) {
    if (!response.write(chunk)) await drained(response);
    // Others are to be served meanwhile.
    else await new Promise(setImmediate);
  }
}

async function endless(response, type) {
  response.writeHead(200, { "content-type": type });
  const chunk = Buffer.alloc(CHUNK, "a");
  await stream(response, () => chunk);
}

async function bomb(response, size, type) {
  response.writeHead(200, { "content-type": type, "content-encoding": "gzip" });
  const gzip = createGzip();
  gzip.pipe(response);
  const zeros = Buffer.alloc(CHUNK);
  let left = size;
  await stream(gzip, () => {
    const chunk = zeros.subarray(0, Math.min(left, CHUNK));
    left -= chunk.length;
    return chunk.length ? chunk : undefined;
  });
  gzip.end();
  if (!response.closed) await once(response, "close");
}

/** A piece every so many milliseconds. */
async function drip(response, bytes, wait, headers) {
  response.writeHead(200, { ...headers, "content-length": bytes.length });
  const piece = Math.max(1, Math.ceil(bytes.length / 10));
  for (let at = 0; at < bytes.length && !response.destroyed; at += piece) {
    response.write(bytes.subarray(at, at + piece));
    await sleep(wait);
  }
  response.end();
}

/** Says another length than it has. */
function misdeclared(response, bytes, declared, headers) {
  response.writeHead(200, { ...headers, "content-length": declared, connection: "close" });
  response.write(bytes, () => response.destroy());
}

const plain = (status, words, headers = {}) => ({ status, headers: { "content-type": "text/plain", ...headers }, bytes: Buffer.from(words) });

async function serve(stand, request, response, { path, query }) {
  const stored = stand.files.get(unescaped(path.slice("/files/".length)));
  const wanted = wishes(stored, query);
  if (!stored && [...query.keys()].length === 0) return send(request, response, plain(404, "not here"));
  if (wanted.authorization && request.headers.authorization !== wanted.authorization) {
    return send(request, response, plain(401, "who is it?", { "www-authenticate": "Bearer" }));
  }
  if (wanted.delay) await sleep(wanted.delay);
  const type = wanted.type ?? "text/plain; charset=utf-8";
  const to = location(wanted, path);
  if (to) return send(request, response, plain(wanted.status ?? 302, "", { location: to }));
  if (wanted.endless !== undefined) return endless(response, type);
  if (wanted.gzip !== undefined) return bomb(response, wanted.gzip, type);
  const bytes = bodyOf(wanted);
  const headers = { "content-type": type, ...(stored && { "last-modified": stored.at }), ...wanted.headers };
  if (wanted.declared !== undefined) return misdeclared(response, bytes, wanted.declared, headers);
  if (wanted.slow) return drip(response, bytes, wanted.slow, headers);
  const answer = { status: wanted.status ?? 200, headers, bytes };
  return send(request, response, conditional(request, answer, false), { drop: wanted.drop });
}

export async function files(stand, request, response, address) {
  const mode = stand.modes.take({ method: request.method, path: address.path, operation: "files" });
  if (mode?.delay) await sleep(mode.delay);
  if (mode?.drop === true) response.destroy();
  else if (mode?.status) await send(request, response, plain(mode.status, "on purpose", mode.headers));
  else await serve(stand, request, response, address);
}
