// What WebAssembly adds to the list: it follows while one types and chooses.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../portal.js";
import { open, rows } from "../visitor.js";

test("the list follows while one types, in one step of the history", async ({ page }) => {
  await open(page, "/catalog?filters[kind]=domain");
  const field = page.getByRole("searchbox", { name: "Filter domains" });
  const steps = await page.evaluate(() => history.length);
  await page.keyboard.press("/");
  await page.keyboard.type("messaging", { delay: 30 });
  await expect(page).toHaveURL(/filters\[text\]=messaging$/);
  await expect(page.locator("tbody .rowlink").first()).toHaveText("Async Messaging");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("messaging");
  expect(await page.evaluate(() => history.length)).toBe(steps + 1);
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(field).toHaveValue("");
  await page.goBack();
  await expect(field).toHaveValue("messaging");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^All domains \(\d\)$/);
});

test("Space ticks a value, and a press beside a menu only closes it", async ({ page }) => {
  await open(page, "/catalog?filters[kind]=domain");
  const tier = page.getByRole("navigation", { name: "Filters" }).getByRole("link", { name: /^Tier 1/ });
  await tier.focus();
  await page.keyboard.press("Space");
  await expect(tier).toHaveAttribute("aria-current", "true");
  const menu = page.locator("details.menu", { hasText: "Columns" });
  await menu.locator("summary").click();
  const row = await page.locator("tbody tr").nth(20).boundingBox();
  await page.mouse.click(row!.x + 40, row!.y + 10);
  await expect(menu.getByRole("checkbox").first()).toBeHidden();
  await expect(page).toHaveURL(/\/catalog\?/);
});

test("a filter keeps the focus, and Back walks the filters", async ({ page }) => {
  await open(page, "/catalog?filters[kind]=domain");
  const heading = page.getByRole("heading", { level: 1 });
  const filters = page.getByRole("navigation", { name: "Filters" });
  const tier = filters.getByRole("link", { name: /^Tier 1/ });
  await tier.focus();
  await page.keyboard.press("Enter");
  await expect(heading).toHaveText("All domains (28)");
  await expect(tier).toBeFocused();
  await expect(tier).toHaveAttribute("aria-current", "true");
  await filters.getByRole("link", { name: /^Tier 2/ }).click();
  await expect(heading).toHaveText("All domains (69)");
  await page.goBack();
  await expect(heading).toHaveText("All domains (28)");
  await page.goBack();
  await expect(heading).toHaveText("All domains (91)");
  await page.goForward();
  await expect(heading).toHaveText("All domains (28)");
});

test("the menu of columns stays open for the next tick, and Escape closes it", async ({ page }) => {
  await open(page, "/catalog?filters[kind]=domain");
  const columns = page.locator("details", { has: page.getByText("Columns", { exact: true }) });
  await columns.locator("summary").click();
  await columns.getByRole("checkbox", { name: "Namespace" }).check();
  await expect(page.getByRole("columnheader", { name: "Namespace" })).toBeVisible();
  await columns.getByRole("checkbox", { name: "Type" }).check();
  await expect(page.getByRole("columnheader", { name: "Type" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(columns.getByRole("checkbox", { name: "Type" })).toBeHidden();
  await expect(columns.locator("summary")).toBeFocused();
});

test("the sheet of filters stays open while one chooses", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await open(page, "/catalog?filters[kind]=domain");
  await page.locator("summary", { hasText: "Filters" }).click();
  await page.getByRole("link", { name: /^Tier 1/ }).click();
  await expect(page.getByRole("button", { name: "Show 28 domains" })).toBeVisible();
  await page.getByRole("link", { name: /^Empower/ }).click();
  await page.getByRole("button", { name: /^Show \d domains$/ }).click();
  await expect(page.getByRole("link", { name: /^Tier 1/ })).toBeHidden();
});

test("the list's place for filters can be given to the table", async ({ page }) => {
  await open(page, "/catalog?filters[kind]=domain");
  const filters = page.getByRole("navigation", { name: "Filters" });
  await page.getByRole("button", { name: "Hide filters" }).click();
  await expect(filters).toBeHidden();
  await open(page, "/catalog");
  await expect(filters).toBeHidden();
  const place = page.getByRole("button", { name: "Show filters" });
  await expect(place).toHaveAttribute("aria-expanded", "false");
  await place.focus();
  await page.keyboard.press("Space");
  await expect(filters).toBeVisible();
});

test("a saved file is in the open list within two seconds", async ({ page, portal }) => {
  const file = join(portal.demo, "catalog/services/squad-aura/curl.yaml");
  const before = await readFile(file, "utf8");
  await open(page, "/catalog?filters[owners]=group:squad-aura&filters[text]=curl");
  const names = await rows(page);
  await writeFile(file, before.replace(/description: .*/, "description: Mirrors one image, and says so"));
  try {
    await expect(page.getByText("Mirrors one image, and says so").first()).toBeVisible({ timeout: 2000 });
    expect(await rows(page)).toEqual(names);
  } finally {
    await writeFile(file, before);
  }
});
