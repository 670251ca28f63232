// Back leads to where one was on the page before.
import { expect, test } from "../portal.js";
import { open } from "../visitor.js";

test("Back leads to the row that was opened, with the focus on it", async ({ page }) => {
  await open(page, "/catalog?limit=50");
  const row = page.locator("tbody .rowlink").nth(24);
  await page.evaluate(() => window.scrollTo(0, 700));
  // The place is kept with the next pause.
  await page.waitForFunction(() => history.state === 700);
  await row.click();
  await expect(page).toHaveURL(/\/catalog\/[^/]+\/component\//);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(/components/);
  await page.goBack();
  await expect(row).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(700);
});
