// Where a question goes: GitHub Enterprise Server's prefix is taken off, numbers become names.

export function parsed(request) {
  const [raw, search = ""] = request.url.split(/\?(.*)/s);
  const enterprise = raw === "/api/v3" || raw.startsWith("/api/v3/");
  const path = (enterprise ? raw.slice("/api/v3".length) : raw) || "/";
  return { path, search: search ? `?${search}` : "", query: new URLSearchParams(search), enterprise };
}

/** `/repositories/7/…` and `/organizations/7/team/8/…` are what pages and redirects lead to. */
export function named(world, path) {
  const [, kind, id, , team, rest = ""] = /^\/(repositories|organizations)\/(\d+)(\/team\/(\d+))?(\/.*)?$/.exec(path) ?? [];
  if (kind === "repositories") {
    const repository = world.byId(world.repositories, id);
    return repository ? `/repos/${repository.full_name}${team ? `/team/${team}` : ""}${rest}` : path;
  }
  const organization = kind && world.byId(world.organizations, id);
  if (!organization) return path;
  const found = team && world.byId(organization.teams, team);
  return `/orgs/${organization.login}${found ? `/teams/${found.slug}` : team ? `/team/${team}` : ""}${rest}`;
}

/** Nothing for what is not text. */
export function unescaped(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** What follows the repository's name. */
export const restOf = (path, search) => path.split("/").slice(4).map((part) => `/${part}`).join("") + search;

export function media(accept = "") {
  const has = (name) => new RegExp(`application/vnd\\.github\\.(v3\\.)?${name}\\b`).test(accept);
  return { raw: has("raw"), object: has("object"), sha: has("sha") };
}

export async function bodyOf(request, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) throw new Error("the body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
