import { expect, test } from "../portal.js";

test("the home page counts what the catalog has", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lunar");
  const count = (kind: string) =>
    page.locator("dt", { hasText: new RegExp(`^${kind}$`) }).locator("xpath=following-sibling::dd[1]");
  await expect(count("Domain")).toHaveText("91");
  await expect(count("User")).toHaveText("110");
});

test("an unknown address is a 404 with a way home", async ({ page }) => {
  const answer = await page.request.get("/no/such/page");
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain("There is no page at this address");
});
