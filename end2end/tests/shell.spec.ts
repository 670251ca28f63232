// What surrounds every page; all of it works without WebAssembly.
import { expect, test } from "../portal.js";

test("signing in comes back to the page that asked for it", async ({ page }) => {
  await page.goto("/catalog/default/component/dead-letter");
  await page.getByRole("link", { name: "Star dead-letter", exact: true }).click();
  await page.getByRole("searchbox", { name: "Name or group" }).fill("Squad Aura");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByText(/^\d+ of 110 people$/)).toBeVisible();
  await page.locator(".people").getByRole("button").first().click();
  await expect(page).toHaveURL(/\/catalog\/default\/component\/dead-letter$/);
  await expect(page.getByRole("button", { name: /^Account:/ })).toBeVisible();
});

test("settings are kept, and the theme is there in the first paint", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByLabel("Time zone").selectOption({ label: "Copenhagen" });
  const saved = page.waitForResponse(/\/api\/identity\/settings/);
  await page.getByRole("button", { name: "Save" }).click();
  await saved;
  const answer = await page.request.get("/settings");
  expect(await answer.text()).toContain('data-theme="dark"');
  await page.goto("/settings");
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Copenhagen");
  await page.getByRole("button", { name: "Switch theme" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("problems are narrowed by address, errors first", async ({ page }) => {
  await page.goto("/problems");
  const words = await page.locator(".problems__line .status").first().innerText();
  expect(words.trim()).toBe("Error");
  await page.getByRole("navigation", { name: "Severity" }).getByRole("link", { name: /^Warnings/ }).click();
  await expect(page).toHaveURL(/severity=warning/);
  await expect(page.getByText("could run code in a reader's browser")).toBeVisible();
  await expect(page.getByText("unclosed quote")).toBeHidden();
});

test("the navigation opens as a sheet on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto("/");
  const main = page.getByRole("navigation", { name: "Main" });
  await expect(main).toBeHidden();
  await page.getByRole("button", { name: "Open navigation" }).click();
  await main.getByRole("link", { name: /^Problems/ }).click();
  await expect(page).toHaveURL(/\/problems$/);
  await expect(main).toBeHidden();
});

test("the old address of the APIs leads to the catalog", async ({ page }) => {
  await page.goto("/api-docs");
  await expect(page).toHaveURL(/\/catalog\?filters(\[|%5B)kind(\]|%5D)=api$/);
});
