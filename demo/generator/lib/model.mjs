// The organisation as plain objects, before any YAML: what the data files say and nothing else.
import { fields, files, lines, section, words } from "./read.mjs";
import { readApis } from "./apis.mjs";

const LIFECYCLES = { exp: "experimental", dep: "deprecated" };

export function readModel() {
  const { groups, users } = readOrg();
  const domains = readDomains();
  const { systems, services } = readServices();
  const others = readOthers();
  const resources = readResources();
  return { groups, users, domains, systems, components: [...services, ...others], resources, apis: readApis() };
}

function readOrg() {
  const groups = [];
  const users = [];
  for (const line of lines("org.txt")) {
    const group = /^(organization|colony|squad|guild) /.exec(line.text);
    if (group) {
      const [head, title, description] = fields(line, 3);
      const colony = groups.findLast((g) => g.type === "colony");
      const type = group[1];
      const parent = { organization: null, colony: "lunar" }[type];
      groups.push({
        name: head.slice(type.length + 1),
        type,
        title,
        description,
        parent: parent === undefined ? colony.name : parent,
        colony: type === "squad" || type === "guild" ? colony.name : null,
      });
    } else {
      const [displayName, description] = fields(line, 2);
      users.push({ name: ascii(displayName), displayName, description, group: groups.at(-1).name });
    }
  }
  return { groups, users };
}

/** A person's name as an entity name: `Aksel Rønnestad` becomes `aksel-roennestad`. */
function ascii(displayName) {
  const spelled = { å: "aa", ø: "oe", æ: "ae", ä: "ae", ö: "oe", é: "e" };
  return displayName.toLowerCase().replace(/[åøæäöé]/g, (c) => spelled[c]).replace(/\s+/g, "-");
}

function readDomains() {
  const domains = [];
  let colony = null;
  for (const line of lines("domains.txt")) {
    const heading = section(line.text);
    if (heading) {
      colony = heading;
      continue;
    }
    const [name, title, tier, owner, description] = fields(line, 5);
    domains.push({ name, title, tier, owner, description, colony });
  }
  return domains;
}

function readServices() {
  const systems = [];
  const services = [];
  for (const { name: owner, file } of files("services")) {
    let domain = null;
    for (const line of lines(file)) {
      const heading = section(line.text);
      if (heading) {
        domain = heading;
      } else if (line.text.startsWith("system ")) {
        const [name, description] = fields({ ...line, text: line.text.slice(7) }, 2);
        systems.push({ name, description, domain, owner });
      } else {
        services.push({ ...component(line, "service"), owner, system: systems.at(-1).name });
      }
    }
  }
  return { systems, services };
}

/** Libraries, websites, command line tools, documentation: `name | type | owner/system | tags | description`. */
function readOthers() {
  return lines("components.txt").map((line) => {
    const [name, type, place, tags, description, dependsOn] = fields(line, 5, 6);
    const [owner, system] = place.split("/");
    return { ...tagged(tags), name, type, description, owner, system: system ?? null, dependsOn: words(dependsOn) };
  });
}

function component(line, type) {
  const [name, tags, description, dependsOn] = fields(line, 3, 4);
  return { ...tagged(tags), name, type, description, dependsOn: words(dependsOn) };
}

/** Tags of a line; `exp` and `dep` among them are the lifecycle. */
function tagged(text) {
  const all = words(text);
  const lifecycle = all.map((t) => LIFECYCLES[t]).find(Boolean) ?? "production";
  return { tags: all.filter((t) => !LIFECYCLES[t]), lifecycle };
}

/** `name | type | owner/system | used by | description`. */
function readResources() {
  return lines("resources.txt").map((line) => {
    const [name, type, place, users, description] = fields(line, 5);
    const [owner, system] = place.split("/");
    return { name, type, owner, system, description, dependencyOf: words(users) };
  });
}
