// An answer is a status, headers and bytes; it is sent in one place.
import { createHash } from "node:crypto";

export const JSON_TYPE = "application/json; charset=utf-8";

export const json = (status, value, headers = {}) => ({
  status,
  headers: { "content-type": JSON_TYPE, ...headers },
  bytes: Buffer.from(JSON.stringify(value)),
});

export const etag = (bytes, weak = true) => `${weak ? "W/" : ""}"${createHash("sha256").update(bytes).digest("hex")}"`;

const opaque = (tag) => tag.trim().replace(/^W\//, "");

function unchanged(request, { etag: tag, "last-modified": modified }) {
  const { "if-none-match": none, "if-modified-since": since } = request.headers;
  if (none !== undefined) return none.trim() === "*" || none.split(",").some((one) => opaque(one) === opaque(tag));
  return since !== undefined && modified !== undefined && Date.parse(modified) <= Date.parse(since);
}

/** Marks what was read with its hash, and answers 304 when that is what the asker has. */
export function conditional(request, answer, weak = true) {
  if (!["GET", "HEAD"].includes(request.method) || answer.status !== 200) return answer;
  const headers = { ...answer.headers, etag: etag(answer.bytes, weak) };
  if (!unchanged(request, headers)) return { ...answer, headers };
  const { "content-type": type, ...kept } = headers;
  return { status: 304, headers: kept, bytes: Buffer.alloc(0) };
}

const ended = (response) => new Promise((resolve) => response.once("close", resolve));

/** `mode` may spoil it: `drop` ends the connection after so many bytes, `garbage` cuts the text in half. */
export async function send(request, response, { status, headers, bytes }, mode = {}) {
  const whole = mode.garbage ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
  const silent = status === 304 || status === 204;
  response.writeHead(status, { ...headers, ...(silent ? {} : { "content-length": whole.length }) });
  const closed = ended(response);
  if (request.method === "HEAD" || silent) response.end();
  else if (typeof mode.drop !== "number") response.end(whole);
  else response.write(whole.subarray(0, mode.drop), () => response.destroy());
  await closed;
}
