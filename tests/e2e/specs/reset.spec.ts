/** A forgotten password: by link, by code, through an administrator; and links that do not work any more. */
import { COLLEAGUE, MANAGER, PASSWORD, SALES } from "../support/accounts";
import { expectAccessible } from "../support/a11y";
import { expect, test } from "../support/fixtures";

test.use({ site: { name: "reset" } });

const FIRST = "quiet rivers under tin roofs";
const SECOND = "a drawer full of wooden spoons";

test("a link sets a password once, and opening it uses nothing up", async ({
  api,
  outbox,
  page,
  reset,
  signInPage,
  witness,
}) => {
  await reset.ask(COLLEAGUE.email);
  const link = await outbox.link(COLLEAGUE.email, "/reset-password");
  const token = new URL(link).hash.slice("#t=".length);
  for (let opened = 0; opened < 2; opened += 1) {
    await reset.follow(link);
    await expect(reset.password.input).toBeVisible();
    await expect(page).toHaveURL(/\/reset-password$/);
  }
  const posted = witness.requests.filter((request) => request.method() === "POST");
  expect(posted.map((request) => new URL(request.url()).pathname)).not.toContain("/api/v1/auth/reset/complete");
  expect(witness.requests.filter((request) => request.url().includes(token))).toEqual([]);
  await expectAccessible(page, "the new password of a reset");

  // Whoever is faster than the judgement is refused by the backend.
  witness.excuseStatus(422);
  await reset.password.input.fill("lisi19900213");
  await reset.set.click();
  await expect(page.getByText("This is one of your own names", { exact: false }).first()).toBeVisible();
  await reset.password.input.fill(FIRST);
  await expect(reset.password.rule("Hard to guess")).toContainText("done");
  await reset.set.click();
  await expect(reset.done).toBeVisible();
  await expectAccessible(page, "a password that is set");
  await page.getByRole("link", { name: "Sign in" }).click();
  await signInPage.fill(COLLEAGUE.email, FIRST);
  await signInPage.submit.click();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  expect(await api.trySigningIn(COLLEAGUE.email, PASSWORD)).toBe(401);

  await page.context().clearCookies();
  await reset.follow(link);
  await expect(page.getByRole("heading", { name: "This link was used already" })).toBeVisible();
  await page.getByRole("link", { name: "Ask for a new link" }).click();
  await expect(reset.heading).toBeVisible();
});

test("a code is enough where links break, and who one is is asked once", async ({ outbox, page, reset }) => {
  await reset.ask(SALES.number);
  await expect(page.getByText(`If there is an account for ${SALES.number}`, { exact: false })).toBeVisible();
  await expectAccessible(page, "the code of a reset");
  await reset.code.fill("0000 0000");
  await reset.goOn.click();
  await expect(page.getByRole("alert").filter({ hasText: "tries left" })).toBeVisible();
  await expect(reset.code).toHaveValue("0000 0000");
  await reset.code.fill(await outbox.code(SALES.email));
  await reset.goOn.click();
  await reset.password.input.fill(SECOND);
  await reset.set.click();
  await expect(reset.done).toBeVisible();
});

test("a newer message makes the older one void, and says so", async ({ outbox, page, reset }) => {
  await reset.ask(MANAGER.email);
  const older = await outbox.link(MANAGER.email, "/reset-password");
  await page.getByRole("button", { name: "Send a new one" }).click();
  await expect(page.getByText("A new message is on its way.", { exact: false })).toBeVisible();
  await reset.follow(older);
  await expect(page.getByRole("heading", { name: "There is a newer link" })).toBeVisible();
  await reset.follow(await outbox.link(MANAGER.email, "/reset-password", older));
  await expect(reset.password.input).toBeVisible();
});

test("whoever is signed in is asked first", async ({ outbox, page, reset, signInPage }) => {
  await signInPage.signIn("marketing@portico.example");
  await reset.ask("service@portico.example");
  const link = await outbox.link("service@portico.example", "/reset-password");
  await reset.follow(link);
  await expect(page.getByRole("heading", { name: "Somebody is signed in here" })).toBeVisible();
  await expectAccessible(page, "somebody else is signed in");
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  await reset.follow(link);
  await page.getByRole("button", { name: "Sign out and go on" }).click();
  await expect(reset.password.input).toBeVisible();
});

test("nobody learns who has an account, and an administrator can be asked", async ({ api, outbox, page, reset }) => {
  const known = await outbox.link(COLLEAGUE.email, "/reset-password");
  await reset.ask("nobody@portico.example");
  await expect(page.getByText("If there is an account for nobody@portico.example", { exact: false })).toBeVisible();
  // Letters leave in turn: once a later one is there, none was sent to nobody.
  await api.askForReset(COLLEAGUE.email);
  await outbox.link(COLLEAGUE.email, "/reset-password", known);
  expect(await outbox.to("nobody@portico.example")).toEqual([]);
  await page.getByRole("button", { name: "Use another way" }).click();
  await expect(reset.identifier).toHaveValue("nobody@portico.example");
  await page.getByRole("button", { name: "Ask an administrator" }).click();
  await expect(reset.identifier).toHaveValue("nobody@portico.example");
  await page.getByRole("textbox", { name: "Reason, and how to reach you" }).fill("My phone is broken; room 204.");
  await page.getByRole("button", { name: "Ask an administrator" }).click();
  await expect(page.getByRole("heading", { name: "Your request is noted" })).toBeVisible();
  await expectAccessible(page, "a request that is noted");
});

test("a link without its token, or with another's, says what to do", async ({ backend, page, reset }) => {
  await reset.follow(`${backend.url}/reset-password`);
  await expect(page.getByRole("heading", { name: "Open the link from your message" })).toBeVisible();
  await reset.follow(`${backend.url}/reset-password#t=never-was-one`);
  await expect(page.getByRole("heading", { name: "This link is not known" })).toBeVisible();
  await expectAccessible(page, "a link that is not known");
});
