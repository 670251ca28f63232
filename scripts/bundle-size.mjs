// What a browser loads before a page is alive: WebAssembly, style and script, compressed as they are
// served. Fails above the budget.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const BUDGET = 400_000;
const folder = process.argv[2] ?? "target/site/pkg";

const files = readdirSync(folder)
  .filter((name) => /\.(wasm|css|js)$/.test(name))
  .map((name) => {
    const bytes = readFileSync(join(folder, name));
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return { name, size: brotliCompressSync(bytes, { params }).length };
  });
const total = files.reduce((sum, file) => sum + file.size, 0);
const kb = (size) => `${(size / 1000).toFixed(1)} KB`;

for (const { name, size } of files) console.log(`${kb(size).padStart(10)}  ${name}`);
console.log(`${kb(total).padStart(10)}  together, of ${kb(BUDGET)}`);
if (!files.some((file) => file.name.endsWith(".wasm"))) {
  console.error(`there is no WebAssembly in ${folder}: build the release first`);
  process.exit(1);
}
if (total > BUDGET) {
  console.error("the bundle is over its budget: ARCHITECTURE.md says what weighs and how to look");
  process.exit(1);
}
