// The executable alone: copied into an empty folder it is the whole portal.
import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary, expect, start, test } from "../portal.js";
import { choosePerson, open } from "../visitor.js";

const config = `auth: { providers: { guest: {} } }
backend:
  listen: 127.0.0.1:0
  database: { client: sqlite, connection: { filename: ./portal.db } }
catalog:
  rules: [{ allow: [Component, User] }]
  locations: [{ type: file, target: ./catalog.yaml }]
`;
const catalog = `apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ann }
spec: { profile: { displayName: Ann }, memberOf: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: lighthouse, title: Lighthouse }
spec: { type: service, lifecycle: production, owner: user:ann }
`;

test("in an empty folder it serves pages that live", async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), "perilune-alone-"));
  await copyFile(binary, join(folder, "perilune"));
  expect(await readdir(folder)).toEqual(["perilune"]);
  await writeFile(join(folder, "app-config.yaml"), config);
  await writeFile(join(folder, "catalog.yaml"), catalog);
  const portal = await start(join(folder, "perilune"), folder, ["--config", "app-config.yaml"]);
  try {
    await page.goto(`${portal.address}/sign-in`);
    await choosePerson(page, "Ann");
    await open(page, `${portal.address}/catalog/default/component/lighthouse`);
    let loads = 0;
    page.on("request", (request) => {
      if (request.isNavigationRequest()) loads += 1;
    });
    const star = page.getByRole("button", { name: "Star Lighthouse" });
    const answered = page.waitForResponse(/\/api\/identity\/star$/);
    await star.click();
    expect((await answered).ok()).toBe(true);
    await expect(star).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("navigation", { name: "Main" }).getByText("Lighthouse")).toBeVisible();
    expect(loads).toBe(0);
  } finally {
    await portal.stop();
    await rm(folder, { recursive: true });
  }
});

test("its files come in the form that is asked for, for good where a name has a hash", async ({ request }) => {
  const text = await (await request.get("/settings")).text();
  const [, module] = /href="(\/pkg\/[^"]+\.wasm)"/.exec(text) ?? [];
  const sizes: Record<string, number> = {};
  for (const encoding of ["br", "gzip", "identity"]) {
    const file = await request.get(module, { headers: { "accept-encoding": encoding } });
    expect(file.headers()["content-encoding"]).toBe(encoding === "identity" ? undefined : encoding);
    expect(file.headers()["content-type"]).toBe("application/wasm");
    expect(file.headers()["cache-control"]).toContain("immutable");
    // WebAssembly begins so, however it came.
    expect((await file.body()).subarray(0, 4).toString("latin1")).toBe("\0asm");
    sizes[encoding] = Number(file.headers()["content-length"]);
    const again = await request.get(module, {
      headers: { "accept-encoding": encoding, "if-none-match": file.headers()["etag"] },
    });
    expect(again.status()).toBe(304);
  }
  expect(sizes.br).toBeLessThan(sizes.gzip);
  expect(sizes.gzip).toBeLessThan(sizes.identity);
  expect((await request.get("/pkg/perilune.none.wasm")).status()).toBe(404);
});
