// What became of an entity: a file is saved, and its page says what has changed.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../portal.js";

const page_of = "/catalog/default/component/data-cleaner";

test("a saved change is in the entity's history, field by field", async ({ page, portal }) => {
  const file = join(portal.demo, "catalog/services/squad-aura/data-cleaner.yaml");
  const before = await readFile(file, "utf8");
  const html = async () => (await page.request.get(`${page_of}/history`)).text();
  const words = `Sweeps what is older than ${Date.now()} days`;
  try {
    await writeFile(file, before.replace(/description: .*/, `description: ${words}`));
    await expect.poll(html, { timeout: 2000 }).toContain(words);
  } finally {
    await writeFile(file, before);
  }
  await expect.poll(async () => (await html()).split("<del>").length, { timeout: 2000 }).toBeGreaterThan(2);

  await page.goto(page_of);
  await page.getByRole("link", { name: "History" }).click();
  const history = page.getByRole("region", { name: "History" });
  const revisions = history.getByRole("listitem");
  const [newest, changed] = [revisions.nth(0), revisions.nth(1)];
  await expect(newest).toContainText("Changed");
  await expect(newest.getByText("metadata.description")).toBeVisible();
  await expect(newest.getByRole("deletion")).toHaveText(words);
  await expect(changed.getByRole("insertion")).toHaveText(words);
  await expect(revisions.last()).toContainText("Appeared");
  await expect(history.getByText("catalog/services/squad-aura/data-cleaner.yaml").first()).toBeVisible();
});
