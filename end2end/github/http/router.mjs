// From a path to an operation of GitHub's description, and to what answers it here.
import { operations } from "./description.mjs";

/** Parameters that go over slashes. */
const LONG = new Set(["path", "ref", "branch", "tree_sha"]);
/** Of what is not answered here, this alone: `/commits/{ref}/status` is not a commit's name. */
const ONLY_PATH = new Set(["path"]);

function pattern(template, long = LONG) {
  const source = template
    .replace(/[.+?^$()|[\]\\]/g, "\\$&")
    .replace(/\/\{(\w+)\}/g, (_, name) => (name === "path" ? `(?:/(?<path>.*))?` : `/(?<${name}>${long.has(name) ? ".+" : "[^/]+"})`));
  return new RegExp(`^${source}/?$`);
}

/** How much of a template is fixed: the more, the sooner it is tried. */
const fixed = (template) => template.split("/").filter((part) => part && !part.startsWith("{")).length;

/** Ways that still work on GitHub, though its description forgot them. */
const FORMER = [
  ["GET", "/repos/{owner}/{repo}/git/refs", "git/list-matching-refs"],
  ["GET", "/repos/{owner}/{repo}/git/refs/{ref}", "git/get-ref"],
];

function unescaped(params) {
  return Object.fromEntries(Object.entries(params ?? {}).map(([key, value]) => [key, decodeURIComponent(value ?? "")]));
}

export function router(handlers) {
  const routes = Object.entries(handlers).map(([id, handler]) => {
    const operation = operations.get(id);
    if (!operation) throw new Error(`GitHub has no operation ${id}`);
    return { id, handler, method: operation.method, template: operation.path };
  });
  for (const [method, template, id] of FORMER) routes.push({ id, handler: handlers[id], method, template });
  routes.sort((one, other) => fixed(other.template) - fixed(one.template));
  for (const route of routes) route.pattern = pattern(route.template);
  const rest = [...operations].map(([id, { method, path }]) => ({ id, method, template: path }));

  /** The route, or the operation that GitHub would answer and the stand-in does not. */
  return (method, path) => {
    const asked = method === "HEAD" ? "GET" : method;
    for (const route of routes) {
      if (route.method !== asked) continue;
      const found = route.pattern.exec(path);
      if (found) return { ...route, params: unescaped(found.groups) };
    }
    const unknown = rest.find((one) => one.method === asked && pattern(one.template, ONLY_PATH).test(path));
    return { id: unknown?.id, params: {} };
  };
}
