// Pictures of every page in both themes and widths, to look at: end2end/tour/.
import { join } from "node:path";
import { addresses } from "../addresses.js";
import { expect, test } from "../portal.js";
import { signInAs } from "../visitor.js";

test.use({ tolerated: /status of 404/ });

const folder = join(import.meta.dirname, "../tour");

for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, height] of [[360, 800], [1440, 900]]) {
    test(`the tour at ${width} px, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height });
      const ordered = [...addresses].sort((a, b) => Number(Boolean(a.signedIn)) - Number(Boolean(b.signedIn)));
      let signedIn = false;
      for (const address of ordered) {
        if (address.signedIn && !signedIn) {
          await signInAs(page, "Sofie Brandal");
          signedIn = true;
        }
        await page.goto(address.path);
        await page.evaluate(() => document.fonts.ready);
        const name = `${address.name}-${width}-${colorScheme}.png`;
        const picture = await page.screenshot({ path: join(folder, name) });
        expect(picture.byteLength, name).toBeGreaterThan(5000);
      }
    });
  }
}
