// Lays the entities out in files, as the teams of a real organisation would keep them.
import * as entity from "./entities.mjs";
import { define } from "./definitions.mjs";
import { relations } from "./relations.mjs";
import { documents } from "./yaml.mjs";

/** Path below `catalog/` to text, for everything that is generated. */
export function layOut(model) {
  const files = new Map();
  const add = (path, source, entities) => files.set(path, `# From generator/data/${source}\n${documents(entities)}`);
  const owners = [...new Set(model.components.map((c) => c.owner))].sort();
  const colonies = model.groups.filter((g) => g.type === "colony").map((g) => g.name);

  add("org/lunar.yaml", "org.txt", model.groups.filter((g) => !g.colony).map(entity.group));
  for (const colony of colonies) {
    const squads = model.groups.filter((g) => g.colony === colony);
    add(`org/${colony}.yaml`, "org.txt", squads.flatMap((g) => [entity.group(g), ...people(model, g.name)]));
    add(`domains/${colony}.yaml`, "domains.txt", model.domains.filter((d) => d.colony === colony).map(entity.domain));
  }
  add("org/leads.yaml", "org.txt", model.groups.filter((g) => !g.colony).flatMap((g) => people(model, g.name)));

  const related = relations(model);
  const write = (c) => entity.component(c, related.get(c.name));
  for (const owner of owners) {
    const source = `services/${owner}.txt`;
    const systems = model.systems.filter((s) => s.owner === owner);
    if (systems.length > 0) add(`systems/${owner}.yaml`, source, systems.map(entity.system));
    const services = model.components.filter((c) => c.owner === owner && c.type === "service");
    if (owner === "squad-aura") {
      for (const c of services) add(`services/${owner}/${c.name}.yaml`, source, [write(c)]);
    } else if (services.length > 0) {
      add(`services/${owner}.yaml`, source, services.map(write));
    }
    const others = model.components.filter((c) => c.owner === owner && c.type !== "service");
    if (others.length > 0) add(`components/${owner}.yaml`, "components.txt", others.map(write));
    const resources = model.resources.filter((r) => r.owner === owner);
    if (resources.length > 0) add(`resources/${owner}.yaml`, "resources.txt", resources.map(entity.resource));
  }

  const component = new Map(model.components.map((c) => [c.name, c]));
  for (const group of [...new Set(model.apis.map((a) => a.group))]) {
    const apis = model.apis.filter((a) => a.group === group);
    add(`apis/${group}.yaml`, `apis/${group}.txt`, apis.map((a) => entity.api(a, component.get(a.provider))));
    for (const a of apis.filter((a) => !a.inline)) files.set(`apis/definitions/${a.file}`, define(a));
  }
  return files;
}

function people(model, group) {
  return model.users.filter((u) => u.group === group).map(entity.user);
}
