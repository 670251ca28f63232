// A newcomer's way through the catalog, with WebAssembly and without.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../portal.js";
import { chooseKind, choosePerson, rows, signInAs, signOut } from "../visitor.js";

test("filter, share, star, sign in as another, read", async ({ page, another }) => {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Catalog" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText("All components");

  await chooseKind(page, /^Domain/);
  await expect(heading).toHaveText("All domains (91)");
  const filters = page.getByRole("navigation", { name: "Filters" });
  await filters.getByRole("link", { name: /^Tier 1/ }).click();
  await expect(heading).toHaveText("All domains (28)");
  await filters.getByRole("link", { name: /^Empower/ }).click();
  await expect(page.getByRole("link", { name: "Remove filter: Colony is Empower" })).toBeVisible();
  const owners = filters.getByRole("group", { name: "Owner" });
  const aura = owners.getByRole("link", { name: /^Squad Aura/ });
  const count = Number(await aura.locator(".fopt__n").textContent());
  await aura.click();
  await expect(page.getByRole("link", { name: "Remove filter: Owner is Squad Aura" })).toBeVisible();
  const names = await rows(page);
  expect(names).toHaveLength(count);
  expect(names).toContain("Async Messaging");
  await expect(page.getByRole("status").filter({ hasText: "domains" })).toHaveText(`${count} of 91 domains`);

  const colleague = await another();
  await colleague.goto(page.url());
  expect(await rows(colleague)).toEqual(names);
  await expect(colleague.getByRole("heading", { level: 1 })).toHaveText(`All domains (${count})`);

  await page.getByRole("link", { name: "Star Async Messaging" }).click();
  await choosePerson(page, "Runa Holmvik");
  expect(await rows(page)).toEqual(names);
  const star = page.getByRole("button", { name: "Star Async Messaging" });
  await star.click();
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await expect(filters.getByRole("link", { name: /^Starred/ })).toHaveText(/1$/);
  await filters.getByRole("link", { name: /^Starred/ }).click();
  await expect(heading).toHaveText("Starred domains (1)");

  await signOut(page);
  await signInAs(page, "Ida Marie Lundsten");
  await page.goto("/catalog?filters[kind]=domain");
  await expect(page.getByRole("button", { name: "Star Async Messaging" })).toHaveAttribute("aria-pressed", "false");
  await expect(filters.getByRole("link", { name: "Starred" })).toHaveText(/0$/);

  await page.getByRole("link", { name: "Async Messaging", exact: true }).click();
  await expect(heading).toContainText("Async Messaging");
  await expect(page.getByRole("main").getByRole("link", { name: "Squad Aura" }).first()).toBeVisible();

  await signOut(page);
  await signInAs(page, "Runa Holmvik");
  await page.goto("/catalog?filters[kind]=domain&filters[user]=starred");
  await page.getByRole("button", { name: "Star Async Messaging" }).click();
  await expect.poll(async () => (await page.request.get("/catalog?filters[kind]=domain&filters[user]=starred")).text()).toContain("No stars yet");
});

test("a member of a squad sees what the squad owns", async ({ page }) => {
  await signInAs(page, "Runa Holmvik");
  await page.goto("/catalog?filters[type]=service");
  await page.getByRole("navigation", { name: "Filters" }).getByRole("link", { name: /^Owned/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Owned service components (72)");
});

test("an edited file is what the next reader gets", async ({ page, portal }) => {
  const file = join(portal.demo, "catalog/services/squad-aura/deferred-messages.yaml");
  const before = await readFile(file, "utf8");
  const words = "Hands messages over when their hour has come";
  await writeFile(file, before.replace(/description: .*/, `description: ${words}`));
  try {
    const list = "/catalog?filters[text]=hour+has+come";
    await expect.poll(async () => (await page.request.get(list)).text(), { timeout: 2000 }).toContain("deferred-messages");
    await page.goto(list);
    await expect(page.getByText(words).first()).toBeVisible();
  } finally {
    await writeFile(file, before);
  }
});
