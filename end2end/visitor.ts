// What people do on every page, with a script or without.
import { expect, type Page } from "@playwright/test";

/** Opens a page whose script is at work: the event stream is the last thing that it starts. */
export async function open(page: Page, address: string): Promise<void> {
  // The page before may be opening its own only now.
  let arrived = false;
  page.once("framenavigated", () => {
    arrived = true;
  });
  const stream = page.waitForRequest((request) => arrived && /\/events\?/.test(request.url()));
  await page.goto(address);
  await stream;
}

/** From the sign-in page on: chooses a person by name. */
export async function choosePerson(page: Page, name: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Name or group" }).fill(name);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByText(/^1 of \d+ people$/)).toBeVisible();
  await page.locator(".people").getByRole("button").click();
  await expect(page.getByRole("button", { name: `Account: ${name}` })).toBeVisible();
}

export async function signInAs(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in");
  await choosePerson(page, name);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account:/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
}

/** The names of the list's rows, in order. */
export async function rows(page: Page): Promise<string[]> {
  return page.locator("tbody .rowlink").allTextContents();
}

/** Chooses a kind: at once with a script, with the form's button without. */
export async function chooseKind(page: Page, kind: RegExp): Promise<void> {
  const select = page.getByRole("combobox", { name: "Kind" });
  const label = await select.getByRole("option", { name: kind }).textContent();
  await select.selectOption({ label: label ?? "" });
  const show = page.getByRole("button", { name: "Show", exact: true });
  if (await show.isVisible()) await show.click();
}
