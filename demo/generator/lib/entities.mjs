// Turns the model into catalog entities, key order as a person would write them.
import { Block } from "./yaml.mjs";
import { define } from "./definitions.mjs";

const API_VERSION = "backstage.io/v1alpha1";
const GITHUB = "https://github.com/lunar-example";
const LANGUAGES = new Set(["go", "kotlin", "java", "typescript", "python", "rust", "swift", "dotnet", "shell"]);

export function group(g) {
  return {
    apiVersion: API_VERSION,
    kind: "Group",
    metadata: { name: g.name, title: g.title, description: g.description, ...(g.colony && { links: teamLinks(g.name) }) },
    spec: {
      type: g.type,
      profile: { displayName: g.title, email: `${g.name}@lunar.example` },
      parent: g.parent,
      children: [],
      colony: g.colony && `group:default/${g.colony}`,
    },
  };
}

function teamLinks(name) {
  return [
    { url: `https://chat.lunar.example/channels/${name}`, title: "Chat", icon: "comment" },
    { url: `https://oncall.lunar.example/teams/${name}`, title: "On call", icon: "phone" },
  ];
}

export function user(u) {
  return {
    apiVersion: API_VERSION,
    kind: "User",
    metadata: { name: u.name, description: u.description },
    spec: {
      profile: { displayName: u.displayName, email: `${u.name.replaceAll("-", ".")}@lunar.example` },
      memberOf: [u.group],
    },
  };
}

export function domain(d) {
  return {
    apiVersion: API_VERSION,
    kind: "Domain",
    metadata: {
      name: d.name,
      title: d.title,
      description: d.description,
      annotations: { "backstage.io/edit-url": `${GITHUB}/domains/edit/main/${d.colony}/${d.name}.yaml` },
    },
    spec: { owner: d.owner, tier: d.tier, colony: `group:default/${d.colony}` },
  };
}

export function system(s) {
  return {
    apiVersion: API_VERSION,
    kind: "System",
    metadata: {
      name: s.name,
      description: s.description,
      annotations: { "backstage.io/edit-url": `${GITHUB}/domains/edit/main/systems/${s.name}.yaml` },
    },
    spec: { owner: s.owner, domain: s.domain },
  };
}

export function component(c, relations) {
  return {
    apiVersion: API_VERSION,
    kind: "Component",
    metadata: {
      name: c.name,
      description: c.description,
      ...(LANGUAGES.has(c.tags[0]) && { labels: { "lunar.example/language": c.tags[0] } }),
      annotations: repository(c.name),
      tags: c.tags,
      links: links(c),
    },
    spec: {
      type: c.type,
      lifecycle: c.lifecycle,
      owner: c.owner,
      system: c.system,
      providesApis: list(relations.provides),
      consumesApis: list(relations.consumes),
      dependsOn: list(relations.dependsOn),
    },
  };
}

/** Where the source is: every repository says its slug, most an edit link, a third a view link. */
function repository(name) {
  const file = "catalog-info.yaml";
  return {
    "github.com/project-slug": `lunar-example/${name}`,
    ...(share(name, "view") < 34 && { "backstage.io/view-url": `${GITHUB}/${name}/blob/main/${file}` }),
    ...(share(name, "edit") < 80 && { "backstage.io/edit-url": `${GITHUB}/${name}/edit/main/${file}` }),
  };
}

function links(c) {
  const source = { url: `${GITHUB}/${c.name}`, title: "Repository", icon: "github" };
  if (c.type === "website") return [source, { url: `https://${c.name}.lunar.example/`, title: "Open", icon: "external" }];
  if (c.type !== "service") return [source];
  const care = c.owner === "squad-aura" ? 12 : 0;
  const all = [
    [100, source],
    [88 + care, { url: `https://grafana.lunar.example/d/${c.name}`, title: "Dashboard", icon: "gauge" }],
    [81 + care, { url: `https://runbooks.lunar.example/${c.name}`, title: "Run book", icon: "book" }],
    [70 + 2 * care, { url: `https://logs.lunar.example/?service=${c.name}&env=prod`, title: "Logs", icon: "list" }],
    [55, { url: `https://chat.lunar.example/channels/${c.owner}`, title: "Chat", icon: "comment" }],
  ];
  return all.filter(([percent, link]) => share(c.name, link.title) < percent).map(([, link]) => link);
}

export function resource(r) {
  return {
    apiVersion: API_VERSION,
    kind: "Resource",
    metadata: {
      name: r.name,
      description: r.description,
      annotations: { "backstage.io/edit-url": `${GITHUB}/cloud-resources/edit/main/${r.owner}/${r.name}.yaml` },
    },
    spec: { type: r.type, owner: r.owner, system: r.system },
  };
}

export function api(a, provider) {
  return {
    apiVersion: API_VERSION,
    kind: "API",
    metadata: {
      name: a.name,
      title: a.title,
      description: a.description,
      annotations: { "github.com/project-slug": `lunar-example/${a.provider}` },
    },
    spec: {
      type: a.type,
      lifecycle: a.lifecycle,
      owner: provider.owner,
      system: provider.system,
      definition: a.inline ? new Block(define(a)) : { $text: `./definitions/${a.file}` },
    },
  };
}

function list(refs) {
  return refs.length > 0 ? refs : undefined;
}

/** A number from 0 to 99 that depends on the words alone, so that every run writes the same. */
function share(...words) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(words.join("/"))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash ^ (hash >>> 15)) % 100;
}
