// What WebAssembly adds to every page: keys, the palette, stars at once.
import type { Page } from "@playwright/test";
import { expect, test } from "../portal.js";
import { open, signInAs, signOut } from "../visitor.js";

const filter = (page: Page) => page.locator("[data-page-filter]").first();

test("a key goes to a page, which is announced and has the focus", async ({ page }) => {
  await open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/problems$/);
  await expect(page.locator("#announcer")).toHaveText("Problems · Perilune");
  await expect(page.getByRole("main")).toBeFocused();
});

test("keys are dead in fields, and the palette is not", async ({ page }) => {
  await open(page, "/catalog");
  await page.keyboard.press("/");
  await expect(filter(page)).toBeFocused();
  await page.keyboard.type("?gj");
  await expect(filter(page)).toHaveValue("?gj");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or jump to" });
  await expect(palette).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  await expect(filter(page)).toBeFocused();
});

test("the palette finds entities, the nearest name first, and goes there", async ({ page }) => {
  await open(page, "/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dead-letter");
  const options = page.getByRole("option");
  await expect(options.first()).toHaveAccessibleName(/^dead-letter .*Component/);
  await page.keyboard.press("End");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/catalog\/default\/component\/dead-letter$/);
});

test("rows are walked, starred and opened by keys", async ({ page }) => {
  await signInAs(page, "Runa Holmvik");
  await open(page, "/catalog?filters[kind]=domain");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = page.locator("tbody tr").first();
  await expect(first.locator(".rowlink")).toBeFocused();
  const name = (await first.locator(".rowlink").textContent()) ?? "";
  await page.keyboard.press("s");
  await expect(page.getByRole("navigation", { name: "Main" }).getByText(name)).toBeVisible();
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("a star that the server does not take goes back, and can be tried again", async ({ page }) => {
  await signInAs(page, "Runa Holmvik");
  await open(page, "/catalog/default/component/docker-registry");
  const star = page.getByRole("button", { name: "Star docker-registry" });
  await page.route("**/api/identity/star", (route) => route.fulfill({ contentType: "application/json", body: "garbled" }));
  await star.click();
  await expect(page.getByText("docker-registry was not starred")).toBeVisible();
  await expect(star).toHaveAttribute("aria-pressed", "false");
  await page.unroute("**/api/identity/star");
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("docker-registry was not starred")).toBeHidden();
});

test("a theme is seen and kept as soon as it is chosen", async ({ page }) => {
  await open(page, "/settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator(".toast")).toContainText("Saved");
  await page.reload();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
});

test("shortcuts that are switched off do nothing", async ({ page }) => {
  await open(page, "/settings");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("switch").click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".toast")).toContainText("Saved");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await expect(sheet).toBeHidden();
});

test("signing out in one tab signs the others out", async ({ page, context }) => {
  await signInAs(page, "Runa Holmvik");
  const other = await context.newPage();
  await open(other, "/problems");
  await expect(other.getByRole("button", { name: /^Account:/ })).toBeVisible();
  await page.bringToFront();
  await page.getByRole("button", { name: /^Account:/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await expect(other.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
});

test("signing out leads home from any page", async ({ page }) => {
  await signInAs(page, "Sofie Brandal");
  await open(page, "/problems");
  await signOut(page);
  await expect(page).toHaveURL(/^[^/]+\/\/[^/]+\/$/);
});

test("the people at the sign-in follow while one types", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByText(/\d+ more: type a name/)).toBeVisible();
  const field = page.getByRole("searchbox", { name: "Name or group" });
  // The script may only be coming.
  await expect(async () => {
    await field.fill("");
    await field.pressSequentially("Sofie Brandal");
    await expect(page.getByText(/^1 of \d+ people$/)).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(field).toBeFocused();
});

test("where a page has no filter, / opens the palette", async ({ page }) => {
  await open(page, "/problems");
  await page.keyboard.press("/");
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("the palette says that there is nothing only when the catalog has answered", async ({ page }) => {
  await open(page, "/problems");
  let answer = () => {};
  const held = new Promise<void>((next) => {
    answer = next;
  });
  await page.route(/catalog\/page/, async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("qqqqq");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Searching…")).toBeVisible();
  await expect(dialog.getByText("No results")).toBeHidden();
  answer();
  await expect(dialog.getByText("No results")).toBeVisible();
});
