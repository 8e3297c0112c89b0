/** Looking after accounts: finding, inviting, keeping out and letting in, and answering who cannot sign in. */
import type { Page } from "@playwright/test";
import { ADMIN, COLLEAGUE, PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";

test.use({ site: { name: "admin" } });

const grid = (page: Page) => page.getByRole("grid", { name: "Accounts" });
const row = (page: Page, name: string) =>
  grid(page).getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

/** Chooses `action` in the menu of the account `name`. */
const choose = async (page: Page, name: string, action: string) => {
  await row(page, name).getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
};

/** Answers the question `question` with `verb`. */
const confirm = async (page: Page, question: string, verb: string) => {
  const dialog = page.getByRole("alertdialog", { name: question });
  await dialog.getByRole("button", { name: verb, exact: true }).click();
  await expect(dialog).toHaveCount(0);
};

test.describe("an administrator", () => {
  test.beforeEach(async ({ page, shell, signInPage }) => {
    await signInPage.signIn(ADMIN.email);
    await shell.navigation.getByRole("link", { name: "Administration" }).click();
    await expect(shell.heading("Accounts")).toBeVisible();
  });

  test("finds an account; the address says which", async ({ page }) => {
    await page.getByRole("searchbox", { name: "Search accounts" }).fill(COLLEAGUE.name);
    await expect(page.getByText("1 account", { exact: true })).toBeVisible();
    await page.getByRole("combobox", { name: "Status" }).selectOption({ label: "Active" });
    await expect(page).toHaveURL((url) => url.searchParams.get("status") === "active");
    await page.reload();
    await expect(page.getByText("1 account", { exact: true })).toBeVisible();
    await grid(page).getByRole("link", { name: COLLEAGUE.name, exact: true }).click();
    const details = page.getByRole("dialog", { name: COLLEAGUE.name });
    await expect(details.getByText(COLLEAGUE.email)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL((url) => !url.searchParams.has("user"));
  });

  test("keeps somebody out and takes it back", async ({ api, page }) => {
    expect(await api.trySigningIn(COLLEAGUE.email, PASSWORD)).toBe(200);
    await choose(page, COLLEAGUE.name, "Deactivate");
    const question = page.getByRole("alertdialog", { name: `Deactivate ${COLLEAGUE.name}?` });
    await expect(question.getByText("They are signed out everywhere")).toBeVisible();
    await page.keyboard.press("Escape");
    expect(await api.trySigningIn(COLLEAGUE.email, PASSWORD)).toBe(200);

    await choose(page, COLLEAGUE.name, "Deactivate");
    await confirm(page, `Deactivate ${COLLEAGUE.name}?`, "Deactivate");
    await expect(page.getByText(`${COLLEAGUE.name} is deactivated and signed out everywhere.`)).toBeVisible();
    await expect(row(page, COLLEAGUE.name).getByText("Deactivated")).toBeVisible();
    expect(await api.trySigningIn(COLLEAGUE.email, PASSWORD)).not.toBe(200);

    await page.getByRole("button", { name: "Undo" }).click();
    await expect(row(page, COLLEAGUE.name).getByText("Active")).toBeVisible();
    expect(await api.trySigningIn(COLLEAGUE.email, PASSWORD)).toBe(200);
  });

  test("cannot lock the own account", async ({ page }) => {
    await row(page, ADMIN.name).getByRole("button", { name: `Actions for ${ADMIN.name}` }).click();
    await expect(page.getByRole("menuitem", { name: /Deactivate/ })).toHaveAttribute("aria-disabled", "true");
    await expect(page.getByText("Not possible for your own account")).toBeVisible();
  });

  test("signs somebody out everywhere", async ({ api, browser, page, baseURL }) => {
    const elsewhere = await browser.newContext({ baseURL });
    const other = await elsewhere.newPage();
    await other.goto("/login");
    await other.getByRole("textbox", { name: "Email, employee number or username" }).fill(COLLEAGUE.email);
    await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await other.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(other.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();

    await page.reload();
    await choose(page, COLLEAGUE.name, "Sign out everywhere");
    await confirm(page, `Sign ${COLLEAGUE.name} out everywhere?`, "Sign out everywhere");
    await expect(page.getByText(`${COLLEAGUE.name} is signed out everywhere.`)).toBeVisible();
    await other.reload();
    await expect(other).toHaveURL(/\/login/);
    await elsewhere.close();
    expect(await api.isUp()).toBe(true);
  });

  test("invites somebody; what is taken is said beside the field", async ({ backend, page, shell, witness }) => {
    witness.excuseStatus(409);
    await page.getByRole("link", { name: "Invite somebody" }).click();
    await expect(shell.heading("Invite somebody")).toBeVisible();
    const send = page.getByRole("button", { name: "Send invitation" });
    await send.click();
    await expect(page.getByRole("group", { name: /need attention/ })).toBeVisible();
    const field = (name: string) => page.getByRole("textbox", { name, exact: true });
    await field("Name").fill("Ada Lovelace");
    await field("Email").fill(SALES.email);
    await field("Employee number").fill("EMP2001");
    await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Sales" });
    await page.getByRole("combobox", { name: "Team" }).selectOption({ index: 1 });
    await send.click();
    await expect(field("Email")).toHaveAccessibleDescription(/Somebody else has this already/);
    await expect(field("Email")).toBeFocused();
    // What is typed is kept once the typing pauses.
    const kept = () => page.evaluate(() => sessionStorage.getItem("portico.draft.invitation"));
    await expect.poll(kept).not.toBeNull();
    await page.reload();
    await expect(page.getByText("This is what you entered before and had not saved.")).toBeVisible();
    await expect(field("Name")).toHaveValue("Ada Lovelace");
    await field("Email").fill("ada@portico.example");
    await send.click();
    await expect(page.getByText("Ada Lovelace is invited.")).toBeVisible();
    await expect(shell.heading("Accounts")).toBeVisible();
    await expect(row(page, "Ada Lovelace").getByText("Invited")).toBeVisible();
    const outbox = await fetch(`${backend.url}/dev/outbox`, { headers: { accept: "application/json" } });
    expect(JSON.stringify(await outbox.json())).toContain("ada@portico.example");
  });

  test("answers who cannot sign in", async ({ backend, page, shell }) => {
    const asked = await fetch(`${backend.url}/api/v1/auth/reset/request-admin`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-portico": "1", origin: backend.url },
      body: JSON.stringify({ identifier: COLLEAGUE.email, reason: "My phone is gone" }),
    });
    expect(asked.ok).toBe(true);
    await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Requests" }).click();
    await expect(shell.heading("Requests")).toBeVisible();
    const request = page.getByRole("listitem").filter({ hasText: "My phone is gone" });
    await request.getByRole("button", { name: "Send password reset" }).click();
    const dialog = page.getByRole("dialog", { name: `Send ${COLLEAGUE.name} a password reset?` });
    await dialog.getByRole("textbox", { name: "Note" }).fill("Called back");
    await dialog.getByRole("button", { name: "Send password reset" }).click();
    await expect(page.getByText(`${COLLEAGUE.name} gets a mail to set a new password.`)).toBeVisible();
    await expect(request.getByText("Reset sent")).toBeVisible();
    await expect(request.getByText("Called back")).toBeVisible();
  });
});

test("nobody else gets there, and everybody is told which right is missing", async ({ page, shell, signInPage, witness }) => {
  await signInPage.signIn();
  const entry = shell.navigation.getByRole("link", { name: "Administration" });
  await expect(entry).toHaveAttribute("aria-disabled", "true");
  await expect(entry).toHaveAccessibleDescription("You have no right to see accounts");
  for (const [path, title, reason] of [
    ["/admin/users", "Accounts", "You have no right to see accounts."],
    ["/admin/requests", "Requests", "You have no right to see accounts."],
    ["/admin/users/new", "Invite somebody", "You have no right to invite people."],
  ]) {
    await page.goto(path);
    await expect(shell.heading(title)).toBeVisible();
    await expect(page.getByText(reason)).toBeVisible();
  }
  expect(witness.requests.filter((request) => request.url().includes("/api/v1/admin/"))).toEqual([]);
});
