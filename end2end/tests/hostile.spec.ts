import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../portal.js";

const markup = '</title></script>"><img data-hostile src=x>';

test("an address puts no markup into the document", async ({ page }) => {
  const text = encodeURIComponent(markup);
  for (const address of [
    `/catalog?filters[kind]=${text}`,
    `/catalog?filters[text]=${text}&filters[type]=${text}&sort=${text}`,
    `/catalog/default/component/${text}`,
    `/catalog-graph?rootEntityRefs[]=${text}`,
    `/sign-in?text=${text}`,
  ]) {
    const body = await (await page.request.get(address)).text();
    expect(body, address).not.toContain("<img data-hostile");
  }
});

test("an entity's words put no markup into the document", async ({ page, portal }) => {
  const words = JSON.stringify(markup);
  await writeFile(
    join(portal.demo, "catalog/components/hostile.yaml"),
    `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: hostile, title: ${words}, description: ${words}, labels: {a: b}}
spec: {type: ${words}, lifecycle: ${words}, owner: squad-aura}
`,
  );
  const address = "/catalog/default/component/hostile";
  await expect.poll(async () => (await page.request.get(address)).status()).toBe(200);
  for (const shown of [address, `${address}/source?format=json`, "/catalog?filters[text]=hostile&filters[kind]=all"]) {
    const body = await (await page.request.get(shown)).text();
    expect(body, shown).not.toContain("<img data-hostile");
  }
  await page.goto(address);
  await expect(page).toHaveTitle(`${markup} · Perilune`);
  await expect(page.locator("[data-hostile]")).toHaveCount(0);
});
