// The catalog's list: every control is a link or a form and works without WebAssembly too.
import { expect, test } from "../portal.js";
import { rows } from "../visitor.js";

test("a header sorts, and again the other way", async ({ page }) => {
  await page.goto("/catalog?filters[kind]=domain");
  const head = page.getByRole("columnheader", { name: "Tier" });
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(page.locator("tbody tr").first()).toContainText("Tier 1");
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(page.locator("tbody tr").first()).toContainText("Tier 3");
  await expect(page.locator("[aria-sort]")).toHaveCount(1);
});

test("pages follow one another and hold every row once", async ({ page }) => {
  await page.goto("/catalog?filters[kind]=domain&limit=20");
  const foot = page.getByRole("navigation", { name: "Pages" });
  const seen: string[] = [];
  for (const range of ["1–20", "21–40", "41–60", "61–80", "81–91"]) {
    await expect(foot).toContainText(`${range} of 91`);
    seen.push(...(await rows(page)));
    const next = foot.getByRole("link", { name: "Next" });
    if ((await next.getAttribute("aria-disabled")) === null) await next.click();
  }
  expect(new Set(seen).size).toBe(91);
  await foot.getByRole("link", { name: "Previous" }).click();
  await expect(foot).toContainText("61–80 of 91");
  await foot.getByRole("link", { name: "100 rows a page" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(91);
});

test("every count is the number of rows that its link shows", async ({ page }) => {
  await page.goto("/catalog?filters[kind]=api&limit=500");
  const filters = page.getByRole("navigation", { name: "Filters" });
  const links = await filters.locator(".fopt--check").evaluateAll((links) =>
    links.map((link) => ({
      href: (link as HTMLAnchorElement).href,
      count: Number(link.querySelector(".fopt__n")?.textContent),
    })),
  );
  expect(links.length).toBeGreaterThan(10);
  for (const { href, count } of links) {
    const answer = await page.request.get(href);
    expect((await answer.text()).match(/<tr data-row/g) ?? [], href).toHaveLength(count);
  }
});

test("the text filter is a form that keeps the rest", async ({ page }) => {
  await page.goto("/catalog?filters[kind]=domain&filters[tier]=1&sort=-name");
  const field = page.getByRole("searchbox", { name: "Filter domains" });
  await field.fill("account");
  await field.press("Enter");
  await expect(page.getByRole("link", { name: "Remove filter: Text has account" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Remove filter: Tier is Tier 1" })).toBeVisible();
  const names = await rows(page);
  expect(names).toEqual([...names].sort((a, b) => b.localeCompare(a, "en")));
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All domains (91)");
  await expect(field).toHaveValue("");
});

test("columns are chosen, kept in the address, and given back", async ({ page }) => {
  await page.goto("/catalog?filters[kind]=domain");
  const columns = page.locator("details", { has: page.getByText("Columns", { exact: true }) });
  await columns.locator("summary").click();
  await columns.getByRole("checkbox", { name: "Namespace" }).check();
  const apply = columns.getByRole("button", { name: "Apply" });
  if (await apply.isVisible()) await apply.click();
  await expect(page.getByRole("columnheader", { name: "Namespace" })).toBeVisible();
  await expect(page).toHaveURL(/columns=.*namespace/);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Namespace" })).toBeVisible();
  await columns.locator("summary").click();
  await columns.getByRole("link", { name: "The usual ones" }).click();
  await expect(page.getByRole("columnheader", { name: "Namespace" })).toBeHidden();
});

test("an owner that does not exist can be asked for", async ({ page }) => {
  await page.goto("/catalog?filters[owners]=missing");
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.locator("tbody tr")).toContainText("does not exist");
});

test("an empty list says why and what to do", async ({ page }) => {
  await page.goto("/catalog?filters[kind]=domain&filters[tier]=1&filters[text]=no+such+words");
  await expect(page.getByText("No domains match")).toBeVisible();
  await expect(page.getByText("Tier is Tier 1; Text has no such words")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page.locator("tbody tr").first()).toBeVisible();
  await page.goto("/catalog?filters[user]=owned");
  await expect(page.getByText("Sign in to see what you own")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("on a phone the filters are a sheet", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto("/catalog?filters[kind]=domain");
  const tier = page.getByRole("link", { name: /^Tier 1/ });
  await expect(tier).toBeHidden();
  await page.locator("summary", { hasText: "Filters" }).click();
  await tier.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All domains (28)");
  const width = await page.evaluate(() => document.documentElement.scrollWidth).catch(() => 360);
  expect(width).toBeLessThanOrEqual(360);
});

test("an unknown kind leads to the kinds that are there", async ({ page }) => {
  await page.goto("/catalog?filters[kind]=nosuch");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Unknown kind/);
  await page.getByRole("main").locator(".empty").getByRole("link", { name: "Domains" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All domains (91)");
});
