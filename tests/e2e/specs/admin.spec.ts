/** Looking after accounts: finding, inviting, keeping out and letting in, and answering who cannot sign in. */
import type { Browser, Page } from "@playwright/test";
import { ADMIN, COLLEAGUE, MANAGER, PASSWORD, SALES } from "../support/accounts";
import type { Backend } from "../support/backend";
import { expect, test } from "../support/fixtures";
import { holdBack } from "../support/holding";

test.use({ site: { name: "admin" } });

const MANAGER_NAME = "Katrin Ahlers";
const SERVICE = { email: "service@portico.example", name: "Oliver Hartley" };
const MARKETING = { email: "marketing@portico.example", name: "Miriam Vogt" };

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

/** Somebody with a browser of their own, signed in. */
const signedInElsewhere = async (browser: Browser, baseURL: string | undefined, email: string): Promise<Page> => {
  const elsewhere = await browser.newContext({ baseURL });
  const page = await elsewhere.newPage();
  await page.goto("/login");
  await page.getByRole("textbox", { name: "Email, employee number or username" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  return page;
};

/** Sends what a page of the application would send. */
const post = (backend: Backend, path: string, body: unknown): Promise<Response> =>
  fetch(`${backend.url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-portico": "1", origin: backend.url },
    body: JSON.stringify(body),
  });

/** Asks the administrators for a reset, and has them look at what is asked. */
const ask = async (backend: Backend, page: Page, identifier: string, reason: string) => {
  const asked = await post(backend, "/auth/reset/request-admin", { identifier, reason });
  expect(asked.ok).toBe(true);
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Requests" }).click();
  await expect(page.getByRole("heading", { name: "Requests", level: 1 })).toBeVisible();
};

const invitation = (page: Page) => ({
  field: (name: string) => page.getByRole("textbox", { name, exact: true }),
  send: page.getByRole("button", { name: "Send invitation" }),
  fill: async (person: { name: string; email: string; number: string }) => {
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(person.name);
    await page.getByRole("textbox", { name: "Email", exact: true }).fill(person.email);
    await page.getByRole("textbox", { name: "Employee number", exact: true }).fill(person.number);
    await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Sales" });
    await page.getByRole("combobox", { name: "Team" }).selectOption({ index: 1 });
  },
});

test.describe("an administrator", () => {
  test.beforeEach(async ({ shell, signInPage }) => {
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
    for (const action of [/^Change email/, /^Require a new password/, /^Deactivate/]) {
      const entry = page.getByRole("menuitem", { name: action });
      await expect(entry).toHaveAttribute("aria-disabled", "true");
      await expect(entry.getByText("Not possible for your own account")).toBeVisible();
    }
  });

  test("signs somebody out everywhere", async ({ api, browser, page, baseURL }) => {
    const other = await signedInElsewhere(browser, baseURL, COLLEAGUE.email);
    await page.reload();
    await choose(page, COLLEAGUE.name, "Sign out everywhere");
    await confirm(page, `Sign ${COLLEAGUE.name} out everywhere?`, "Sign out everywhere");
    await expect(page.getByText(`${COLLEAGUE.name} is signed out everywhere.`)).toBeVisible();
    await other.reload();
    await expect(other).toHaveURL(/\/login/);
    await other.context().close();
    expect(await api.isUp()).toBe(true);
  });

  test("invites somebody; what is taken is said beside the field", async ({ backend, page, shell, witness }) => {
    witness.excuseStatus(409);
    await page.getByRole("link", { name: "Invite somebody" }).click();
    await expect(shell.heading("Invite somebody")).toBeVisible();
    const { field, fill, send } = invitation(page);
    await send.click();
    await expect(page.getByRole("group", { name: /need attention/ })).toBeVisible();
    await fill({ name: "Ada Lovelace", email: SALES.email, number: "EMP2001" });
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

  test("answers who cannot sign in", async ({ backend, page }) => {
    await ask(backend, page, COLLEAGUE.email, "My phone is gone");
    const request = page.getByRole("listitem").filter({ hasText: "My phone is gone" });
    await request.getByRole("button", { name: "Send password reset" }).click();
    const dialog = page.getByRole("dialog", { name: `Send ${COLLEAGUE.name} a password reset?` });
    await dialog.getByRole("textbox", { name: "Note" }).fill("Called back");
    await dialog.getByRole("button", { name: "Send password reset" }).click();
    await expect(page.getByText(`${COLLEAGUE.name} gets a mail to set a new password.`)).toBeVisible();
    await expect(request.getByText("Reset sent")).toBeVisible();
    await expect(request.getByText("Called back")).toBeVisible();
  });

  test("loses no note while an answer is refused", async ({ backend, page, witness }) => {
    await ask(backend, page, MANAGER.email, "My laptop was stolen.\nCall me at the front desk.");
    const request = page.getByRole("listitem").filter({ hasText: "My laptop was stolen." });
    const reason = request.getByText("My laptop was stolen.");
    await expect(reason).toBeVisible();
    expect(await reason.innerText()).toBe("My laptop was stolen.\nCall me at the front desk.");

    await request.getByRole("button", { name: "Decline" }).click();
    const dialog = page.getByRole("dialog", { name: `Decline the request for ${MANAGER_NAME}?` });
    const note = dialog.getByRole("textbox", { name: "Note" });
    const decline = dialog.getByRole("button", { name: "Decline", exact: true });
    await note.fill("x".repeat(301));
    await decline.click();
    await expect(note).toHaveAccessibleDescription(/At most 300 characters/);
    await expect(note).toBeFocused();

    await note.fill("Called back.");
    await note.press("End");
    await note.press("Enter");
    await note.pressSequentially("It was not her.");
    await page.keyboard.press("Escape");
    const question = page.getByRole("alertdialog", { name: "Discard what you entered?" });
    await question.getByRole("button", { name: "Keep editing" }).click();
    await expect(question).toHaveCount(0);

    witness.excuseStatus(500);
    const problem = { type: "/problems/internal", title: "No", status: 500, code: "internal", request_id: "r-1" };
    await page.route("**/api/v1/admin/requests/*/answer", (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(problem) }),
    );
    await decline.click();
    await expect(dialog.getByRole("alert")).toContainText("That did not work. The fault is on our side.");
    await expect(note).toHaveValue("Called back.\nIt was not her.");
    await page.unroute("**/api/v1/admin/requests/*/answer");
    await decline.click();
    await expect(page.getByText(`The request for ${MANAGER_NAME} is declined.`)).toBeVisible();
    await expect(dialog).toHaveCount(0);
    expect(await request.getByText("Called back.").innerText()).toBe("Called back.\nIt was not her.");
  });

  test("gives an account another address, of which both are told", async ({ api, outbox, page, witness }) => {
    const now = "miriam@neu.example";
    witness.excuseStatus(409);
    await choose(page, MARKETING.name, "Change email");
    const dialog = page.getByRole("dialog", { name: `Change the email of ${MARKETING.name}` });
    const field = dialog.getByRole("textbox", { name: "Email" });
    const send = dialog.getByRole("button", { name: "Change email", exact: true });
    await expect(field).toHaveValue(MARKETING.email);
    await field.fill(SALES.email);
    await send.click();
    await expect(field).toHaveAccessibleDescription(/Somebody else has this already/);
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(SALES.email);
    await field.fill(now);
    await send.click();
    await expect(page.getByText(`${MARKETING.name} is reached at ${now} now.`)).toBeVisible();
    await expect(dialog).toHaveCount(0);
    await expect(row(page, MARKETING.name).getByText(now)).toBeVisible();
    for (const address of [MARKETING.email, now]) {
      const subjects = async () => (await outbox.to(address)).map((letter) => letter.subject);
      await expect.poll(subjects, address).toContainEqual(expect.stringContaining("mail address was changed"));
    }
    expect(await api.trySigningIn(now, PASSWORD)).toBe(200);
    expect(await api.trySigningIn(MARKETING.email, PASSWORD)).not.toBe(200);
  });

  test("has somebody choose a new password", async ({ backend, baseURL, browser, page }) => {
    const other = await signedInElsewhere(browser, baseURL, SERVICE.email);
    await choose(page, SERVICE.name, "Require a new password");
    const question = `Require a new password of ${SERVICE.name}?`;
    const dialog = page.getByRole("alertdialog", { name: question });
    await expect(dialog.getByText("must choose a new password at the next sign-in")).toBeVisible();
    await confirm(page, question, "Require a new password");
    await expect(
      page.getByText(`${SERVICE.name} has to choose a new password at the next sign-in.`),
    ).toBeVisible();
    await other.reload();
    await expect(other).toHaveURL(/\/login/);
    await other.context().close();
    const signIn = await post(backend, "/auth/sign-in", { identifier: SERVICE.email, password: PASSWORD });
    expect(((await signIn.json()) as { step: string }).step).toBe("change_password");
  });

  test("hears of an invitation whose page is left before the answer", async ({ page, shell }) => {
    await page.getByRole("link", { name: "Invite somebody" }).click();
    const { fill, send } = invitation(page);
    await fill({ name: "Grace Hopper", email: "grace@portico.example", number: "EMP2002" });
    const { letThrough } = await holdBack(page, "/admin/users", { method: "POST" });
    await send.click();
    await expect(send).toHaveAttribute("aria-busy", "true");
    await shell.go("Customers");
    letThrough();
    await expect(page.getByText("Grace Hopper is invited.")).toBeVisible();
    await expect(shell.heading("Customers")).toBeVisible();
  });

  test("hears of an address whose dialog is closed before the answer", async ({ page }) => {
    await page.getByRole("searchbox", { name: "Search accounts" }).fill(COLLEAGUE.name);
    await expect(page.getByText("1 account", { exact: true })).toBeVisible();
    await choose(page, COLLEAGUE.name, "Change email");
    const dialog = page.getByRole("dialog", { name: `Change the email of ${COLLEAGUE.name}` });
    const { letThrough } = await holdBack(page, "/admin/users/*", { method: "PATCH" });
    await dialog.getByRole("textbox", { name: "Email" }).fill("li.si@portico.example");
    const send = dialog.getByRole("button", { name: "Change email", exact: true });
    await send.click();
    await expect(send).toHaveAttribute("aria-busy", "true");
    await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    letThrough();
    await expect(page.getByText(`${COLLEAGUE.name} is reached at li.si@portico.example now.`)).toBeVisible();
    await expect(row(page, COLLEAGUE.name).getByText("li.si@portico.example")).toBeVisible();
  });

  test("leaves an open question by signing out in another tab", async ({ context, page }) => {
    await choose(page, COLLEAGUE.name, "Change email");
    await expect(page.getByRole("dialog")).toBeVisible();
    const tab = await context.newPage();
    await tab.goto("/");
    await tab.getByRole("button", { name: ADMIN.name, exact: true }).click();
    await tab.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page.getByText("You signed out in another tab.")).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("is told why nobody can be invited while the teams cannot be read", async ({ page, witness }) => {
    witness.excuseStatus(500);
    const problem = { type: "/problems/internal", title: "No", status: 500, code: "internal", request_id: "r-1" };
    await page.route("**/api/v1/admin/teams", (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(problem) }),
    );
    await page.getByRole("link", { name: "Invite somebody" }).click();
    const told = page.getByRole("main").getByRole("alert");
    await expect(told).toContainText("That did not work. The fault is on our side. Try again in a moment. (r-1)");
    await page.unroute("**/api/v1/admin/teams");
    await told.getByRole("button", { name: "Try again" }).click();
    await expect(told).toHaveCount(0);
    await page.getByRole("combobox", { name: "Team" }).selectOption({ index: 1 });
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
