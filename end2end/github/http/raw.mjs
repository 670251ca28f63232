// Files as raw.githubusercontent.com gives them: no interface, no limits, a short memory.
import { links, ticket } from "../shapes/links.mjs";
import { actor as actorOf, anonymous } from "./actor.mjs";
import { unescaped } from "./address.mjs";
import { conditional } from "./answer.mjs";
import { fault } from "./fault.mjs";
import { Problem } from "./problem.mjs";

const text = (status, words, headers = {}) => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  bytes: Buffer.from(words),
});

/** A branch's name may have slashes: the shortest that is one counts. */
function fileOf(repository, parts) {
  const { git } = repository;
  for (let length = 1; length < parts.length; length++) {
    const commit = git.resolve(parts.slice(0, length).join("/"));
    const entry = commit && git.objects.at(commit.tree, parts.slice(length).join("/"));
    const blob = entry && git.objects.get(entry.sha, "blob");
    if (blob) return blob;
  }
  return undefined;
}

function sees(world, request, repository, path, query) {
  if (query.get("token") === ticket(world, path)) return true;
  const { authorization } = request.headers;
  try {
    return actorOf(world, { authorization, address: "", operation: "raw" }).sees(repository);
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

export async function raw(stand, request, { path, query }) {
  const mode = stand.modes.take({ method: request.method, path, operation: "raw" });
  const result = (answer) => ({ answer, mode, operation: "raw", credential: request.headers.authorization ? "sent" : "none" });
  try {
    const wrong = await fault(mode, anonymous(request.socket.remoteAddress), "RAW");
    if (wrong) return result(wrong);
  } catch (error) {
    if (error instanceof Problem) return result(text(error.status, error.message, error.headers));
    throw error;
  }
  const file = path.slice("/raw/".length);
  const [owner, name, ...parts] = file.split("/").map(unescaped);
  if ([owner, name, ...parts].includes(undefined)) return result(text(400, "400: Invalid request"));
  const repository = stand.world.repositories.get(`${owner}/${name}`) ?? stand.world.renamed.get(`${owner}/${name}`);
  if (!repository || !sees(stand.world, request, repository, file, query)) return result(text(404, "404: Not Found"));
  if (repository.full_name.toLowerCase() !== `${owner}/${name}`.toLowerCase()) {
    const at = links(stand.world, request.headers.host, false);
    const location = `${at.origin}/raw/${repository.full_name}/${parts.map(encodeURIComponent).join("/")}`;
    return result(text(301, "", { location }));
  }
  const blob = fileOf(repository, parts);
  if (!blob) return result(text(404, "404: Not Found"));
  const type = blob.bytes.subarray(0, 8000).includes(0) ? "application/octet-stream" : "text/plain; charset=utf-8";
  const headers = { "content-type": type, "cache-control": "max-age=300", "x-content-type-options": "nosniff" };
  return result(conditional(request, { status: 200, headers, bytes: blob.bytes }));
}
