// Writes demo/catalog from demo/generator/data. Run it after a change there; commit both.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { layOut } from "./lib/files.mjs";
import { readModel } from "./lib/model.mjs";

const CATALOG = fileURLToPath(new URL("../catalog/", import.meta.url));
// `all.yaml` and `legacy/` are written by hand and stay.
const GENERATED = ["org", "domains", "systems", "services", "components", "resources", "apis"];

const files = layOut(readModel());
for (const folder of GENERATED) rmSync(join(CATALOG, folder), { recursive: true, force: true });
for (const [path, text] of files) {
  const file = join(CATALOG, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
console.log(`wrote ${files.size} files to ${CATALOG}`);
