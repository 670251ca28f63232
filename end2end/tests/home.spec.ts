import { expect, test } from "../portal.js";

test("the home page counts what the catalog has", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome to Lunar");
  const catalog = page.getByRole("region", { name: "Catalog" });
  await expect(catalog.getByRole("link", { name: "91 Domains" })).toBeVisible();
  await catalog.getByRole("link", { name: "110 Users" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/^All users.*110/);
});

test("the search of the home page looks at every kind", async ({ page }) => {
  await page.goto("/");
  const field = page.getByRole("searchbox", { name: "Search services, APIs, teams, people" });
  await field.fill("dead-letter");
  await field.press("Enter");
  await expect(page).toHaveURL(/filters.*text/);
  await expect(page.locator("tbody .rowlink").first()).toBeVisible();
});

test("an unknown address is a 404 with a way home", async ({ page }) => {
  const answer = await page.request.get("/no/such/page");
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain("There is no page at this address");
});
