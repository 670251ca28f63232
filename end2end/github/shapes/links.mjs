// Addresses in answers: they lead back to where the question came from.
import { createHmac } from "node:crypto";

const HOST = /^[\w.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$/i;

export const escaped = (path) => path.split("/").map(encodeURIComponent).join("/");

/** The ticket in a private file's download URL: it opens this file and nothing else. */
export const ticket = (world, path) => createHmac("sha256", world.secret).update(path).digest("hex").slice(0, 29);

/** `enterprise` is a question below `/api/v3`. */
export function links(world, host, enterprise) {
  const origin = `http://${HOST.test(host ?? "") ? host : "127.0.0.1"}`;
  const site = world.settings.site ?? origin;
  return {
    origin,
    api: enterprise ? `${origin}/api/v3` : origin,
    site,
    raw: (repository, ref, path) => {
      const file = `${repository.full_name}/${escaped(ref)}/${escaped(path)}`;
      return `${origin}/raw/${file}${repository.private ? `?token=${ticket(world, file)}` : ""}`;
    },
  };
}

export const nodeId = (kind, id) => Buffer.from(`${kind}:${id}`).toString("base64");
