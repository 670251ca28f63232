import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../portal.js";

const pages = [
  "/",
  "/catalog?filters[kind]=domain",
  "/catalog/default/component/dead-letter",
  "/catalog/default/group/squad-aura",
  "/catalog/default/component/dead-letter/source",
  "/catalog-graph?rootEntityRefs[]=component:default/dead-letter&maxDepth=1",
  "/problems",
  "/sign-in",
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [360, 1440]) {
    test(`nothing keeps people out at ${width} px, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const address of pages) {
        await page.goto(address);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(serious.map(({ id, nodes }) => [address, id, nodes[0].html])).toEqual([]);
      }
    });
  }
}
