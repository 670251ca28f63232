import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../portal.js";

test("a saved file is on the open page within two seconds", async ({ page, portal }) => {
  const file = join(portal.demo, "catalog/services/squad-aura/dead-letter.yaml");
  const stream = page.waitForRequest(/\/events\?after=\d+$/);
  await page.goto("/catalog/default/component/dead-letter");
  await stream;
  const before = await readFile(file, "utf8");
  await writeFile(file, before.replace(/description: .*/, "description: Keeps what nobody could deliver"));
  await expect(page.getByText("Keeps what nobody could deliver").first()).toBeVisible({ timeout: 2000 });
});
