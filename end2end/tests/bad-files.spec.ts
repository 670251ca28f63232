// Files that no portal should trip over: each is a clear problem on the Problems page, and
// everything else stays as it was.
import { chmod, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../portal.js";

const entity = (name: string, more = "") =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\n${more}spec:\n  type: tool\n  lifecycle: experimental\n  owner: squad-aura\n`;

const bomb = () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const items = Array(9).fill(`*a${level}`).join(", ");
    return `a${level + 1}: &a${level + 1} [${items}]`;
  });
  return ["a0: &a0 [x, x, x, x, x, x, x, x, x]", ...levels].join("\n");
};

/** By file: what it holds, and what the page says of it. */
const bad: [string, string | Uint8Array, RegExp][] = [
  ["bomb.yaml", bomb(), /more than \d+ values/],
  ["nested.yaml", "- ".repeat(5_000), /deeper than 64/],
  ["large.yaml", `a: ${"x".repeat(5_000_000)}`, /5000003 bytes/],
  ["binary.yaml", Uint8Array.from({ length: 4096 }, (_, at) => (at * 7) % 256), /UTF-8|control|text/],
  ["script.yaml", entity("<script>alert(1)</script>"), /metadata\.name|name/],
  ["link.yaml", entity("evil-link", "  links:\n    - url: javascript:alert(1)\n"), /javascript/],
  ["twin.yaml", entity("dead-letter"), /component:default\/dead-letter/],
];

test("bad files are problems, and nothing else", async ({ page, portal }) => {
  const folder = join(portal.demo, "catalog/legacy");
  const unreadable = join(folder, "unreadable.yaml");
  const outside = join(folder, "outside.yaml");
  const files = [...bad.map(([name]) => join(folder, name)), unreadable, outside];
  try {
    for (const [name, content] of bad) await writeFile(join(folder, name), content);
    await symlink("/etc/passwd", outside);
    await writeFile(unreadable, entity("secret"));
    await chmod(unreadable, 0);
    const html = async () => (await page.request.get("/problems")).text();
    for (const file of files) {
      await expect.poll(html, { timeout: 15_000 }).toContain(file.slice(folder.length + 1));
    }
    await page.goto("/problems");
    const problems = page.getByRole("main");
    const of = (name: string) => problems.locator("section, details, article").filter({ hasText: name }).last();
    for (const [name, , words] of bad) await expect(of(name), name).toContainText(words);
    await expect(of("unreadable.yaml")).toContainText(/permission/i);
    await expect(of("outside.yaml")).toContainText(/outside|leads out/i);
    await page.screenshot({ path: "tour/bad-files.png", fullPage: true });
    await page.goto("/catalog?filters[type]=service");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("(778)");
    await page.goto("/catalog/default/component/dead-letter");
    await expect(page.getByText("An AMQP dead-letter manager").first()).toBeVisible();
    expect((await page.request.get("/healthz")).ok()).toBe(true);
  } finally {
    for (const file of files) await rm(file, { force: true });
  }
  await expect
    .poll(async () => (await page.request.get("/problems")).text(), { timeout: 15_000 })
    .not.toContain("bomb.yaml");
});
