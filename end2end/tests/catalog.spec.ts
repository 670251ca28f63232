import { expect, test } from "../portal.js";

test("filters narrow the list, and the link shares them", async ({ page, context }) => {
  await page.goto("/catalog?filters[kind]=domain");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All domains (91)");
  const filters = page.getByRole("navigation", { name: "Filters" });
  await filters.getByRole("link", { name: /^Tier 1/ }).click();
  await expect(page.getByText("28 of 91")).toBeVisible();
  await filters.getByRole("link", { name: /^Empower/ }).click();
  await expect(page).toHaveURL(/filters.*colony/);
  await filters.getByRole("link", { name: /^Squad Aura/ }).click();
  await expect(page.getByRole("link", { name: "Remove filter: Owner is Squad Aura" })).toBeVisible();
  const names = await page.locator("tbody .rowlink").allTextContents();
  expect(names).toContain("Async Messaging");
  const colleague = await context.newPage();
  await colleague.goto(page.url());
  expect(await colleague.locator("tbody .rowlink").allTextContents()).toEqual(names);
});

test("squad-aura owns 72 of 778 services", async ({ page }) => {
  await page.goto("/catalog?filters[kind]=component&filters[type]=service");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All service components (778)");
  await page.goto("/catalog?filters[type]=service&filters[owners]=group:squad-aura");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All service components (72)");
});

test("an entity has its owner, its domain and its relations", async ({ page }) => {
  await page.goto("/catalog/default/component/dead-letter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("dead-letter");
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: "Squad Aura" }).first()).toBeVisible();
  await expect(main.getByRole("link", { name: "Async Messaging" }).first()).toBeVisible();
  await page.goto("/catalog/default/component/dead-letter/source?format=json");
  await expect(main).toContainText("component:default/dead-letter");
});

test("a name that does not exist is answered with the nearest", async ({ page }) => {
  const answer = await page.request.get("/catalog/default/component/dead-lettr");
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain("/catalog/default/component/dead-letter");
});

test("every deliberate problem is shown with its place", async ({ page }) => {
  await page.goto("/problems");
  for (const file of ["mainframe-bridge.yaml", "unowned.yaml", "tags-and-links.yaml"]) {
    await expect(page.getByRole("heading", { name: new RegExp(file) })).toBeVisible();
  }
  await expect(page.getByText("unclosed quote")).toBeVisible();
});

test("a star belongs to who set it", async ({ page }) => {
  await page.goto("/sign-in");
  await page.locator(".people").getByRole("button").first().click();
  await expect(page.getByRole("button", { name: /^Account:/ })).toBeVisible();
  await page.goto("/catalog/default/component/dead-letter");
  const star = page.getByRole("button", { name: "Star dead-letter" });
  await expect(star).toHaveAttribute("aria-pressed", "false");
  await star.click();
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await expect
    .poll(async () => (await page.request.get("/catalog?filters[user]=starred")).text())
    .toContain("Starred components");
  await page.goto("/catalog?filters[user]=starred");
  await expect(page.locator("tbody .rowlink")).toHaveText(["dead-letter"]);
  await page.getByRole("button", { name: /^Account:/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
});

test("an export is exactly what is filtered", async ({ page }) => {
  const csv = await page.request.get("/catalog/export.csv?filters[kind]=domain&filters[tier]=1");
  expect((await csv.text()).trim().split("\r\n")).toHaveLength(29);
  const json = await page.request.get("/catalog/export.json?filters[kind]=user");
  expect(await json.json()).toHaveLength(110);
});

test("a query that makes no sense is read as far as it does", async ({ page }) => {
  for (const query of ["filters[kind]=%FF%00", "filters[[[=1&limit=-5&offset=x", "sort=;drop&columns=%%%", "filters[owners]=:/:"]) {
    const answer = await page.request.get(`/catalog?${query}`);
    expect(answer.status(), query).toBe(200);
  }
});
