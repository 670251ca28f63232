// Checks the organisation: counts that the portal's pages promise, uniqueness, and that the committed
// YAML is what the data says. Exits 1 with every complaint.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { layOut } from "./lib/files.mjs";
import { define } from "./lib/definitions.mjs";
import { readModel } from "./lib/model.mjs";

const CATALOG = fileURLToPath(new URL("../catalog/", import.meta.url));
const model = readModel();
const complaints = [];
const expect = (what, actual, wanted) => actual === wanted || complaints.push(`${what}: ${actual}, expected ${wanted}`);

const services = model.components.filter((c) => c.type === "service");
expect("domains", model.domains.length, 91);
expect("users", model.users.length, 110);
expect("members of squad-aura", model.users.filter((u) => u.group === "squad-aura").length, 5);
expect("services", services.length, 778);
expect("services of squad-aura", services.filter((c) => c.owner === "squad-aura").length, 72);

unique("description", everything().map((e) => e.description.toLowerCase()));
unique("definition", model.apis.map(define));
for (const [kind, entities] of Object.entries(model)) unique(`name in ${kind}`, entities.map((e) => e.name.toLowerCase()));

for (const e of everything()) {
  if (!/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(e.name) || e.name.length > 63) complaints.push(`name ${e.name}`);
  for (const tag of e.tags ?? []) if (!/^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(tag)) complaints.push(`tag ${tag} of ${e.name}`);
}
resolve("owner", [...model.domains, ...model.systems, ...model.components, ...model.resources], model.groups, (e) => e.owner);
resolve("colony", model.domains, model.groups, (e) => e.colony);
resolve("domain", model.systems, model.domains, (e) => e.domain);
resolve("system", [...model.components, ...model.resources], model.systems, (e) => e.system);

const files = layOut(model);
const found = readdirSync(CATALOG, { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile())
  .map((f) => join(f.parentPath ?? f.path, f.name).slice(CATALOG.length))
  .filter((path) => path !== "all.yaml" && !path.startsWith("legacy/"));
for (const path of found) if (!files.has(path)) complaints.push(`${path} is no longer generated`);
for (const [path, text] of files) {
  if (!found.includes(path) || readFileSync(join(CATALOG, path), "utf8") !== text) complaints.push(`${path} differs from the data; run generate.mjs`);
}

for (const complaint of complaints) console.error(complaint);
const counts = Object.entries(model).map(([kind, entities]) => `${entities.length} ${kind}`);
console.log(`${counts.join(", ")}; ${services.length} services; ${complaints.length} complaints`);
process.exit(complaints.length > 0 ? 1 : 0);

function everything() {
  return Object.values(model).flat();
}

function unique(what, values) {
  const seen = new Set();
  for (const value of values) {
    if (seen.has(value)) complaints.push(`${what} repeats: ${value.slice(0, 80)}`);
    seen.add(value);
  }
}

function resolve(field, entities, targets, of) {
  const names = new Set(targets.map((t) => t.name));
  for (const e of entities) if (of(e) && !names.has(of(e))) complaints.push(`${field} ${of(e)} of ${e.name} does not exist`);
}
