// Stars belong to a person, not to a browser.
import { expect, test } from "../portal.js";
import { open, signInAs } from "../visitor.js";

const list = "/catalog?filters[kind]=domain&filters[text]=async";

test("a star set in one browser is set in the other within two seconds", async ({ page, another }) => {
  const other = await another();
  await signInAs(page, "Runa Holmvik");
  await signInAs(other, "Runa Holmvik");
  await open(page, "/catalog/default/domain/async-messaging");
  await open(other, list);
  const mine = page.getByRole("button", { name: "Star Async Messaging" });
  const theirs = other.getByRole("button", { name: "Star Async Messaging" });
  await expect(theirs).toHaveAttribute("aria-pressed", "false");
  await mine.click();
  await expect(mine).toHaveAttribute("aria-pressed", "true");
  await expect(theirs).toHaveAttribute("aria-pressed", "true", { timeout: 2000 });
  await expect(other.getByRole("navigation", { name: "Main" }).getByText("Async Messaging")).toBeVisible();
  await expect(other.getByRole("navigation", { name: "Filters" }).getByRole("link", { name: /^Starred/ })).toHaveText(/1$/);
  await theirs.click();
  await expect(mine).toHaveAttribute("aria-pressed", "false", { timeout: 2000 });
});

test("somebody else's star is not mine", async ({ page, another }) => {
  const other = await another();
  await signInAs(page, "Ask Verner");
  await signInAs(other, "Ida Marie Lundsten");
  await open(other, list);
  await open(page, list);
  const star = page.getByRole("button", { name: "Star Async Messaging" });
  const answered = page.waitForResponse(/\/api\/identity\/star$/);
  await star.click();
  await answered;
  await open(other, list);
  await expect(other.getByRole("button", { name: "Star Async Messaging" })).toHaveAttribute("aria-pressed", "false");
  const undone = page.waitForResponse(/\/api\/identity\/star$/);
  await star.click();
  await undone;
});
