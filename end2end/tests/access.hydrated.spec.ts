// Every page in both themes and widths: no serious finding of axe, no second direction to scroll.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { addresses } from "../addresses.js";
import { expect, test } from "../portal.js";
import { open, signInAs } from "../visitor.js";

test.use({ tolerated: /status of 404/ });

async function findings(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].failureSummary]);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [360, 1440]) {
    for (const signedIn of [false, true]) {
      const who = signedIn ? "signed in" : "a stranger";
      test(`nothing keeps people out at ${width} px, ${colorScheme}, ${who}`, async ({ page }) => {
        test.setTimeout(120_000);
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        if (signedIn) await signInAs(page, "Sofie Brandal");
        for (const { path } of addresses.filter((address) => Boolean(address.signedIn) === signedIn)) {
          await page.goto(path);
          expect(await findings(page), path).toEqual([]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(width);
        }
      });
    }
    test(`nothing that opens keeps people out at ${width} px, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await open(page, "/catalog?filters[kind]=domain&filters[tier]=1");
      const openers = width === 360 ? ["Filters"] : ["Columns", "Export"];
      for (const opener of openers) {
        const summary = page.locator("summary", { hasText: opener });
        await summary.click();
        expect(await findings(page), opener).toEqual([]);
        await page.keyboard.press("Escape");
      }
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await findings(page), "palette").toEqual([]);
    });
  }
}
