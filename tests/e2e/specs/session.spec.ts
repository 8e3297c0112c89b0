/** A session ends under an open page: it is said in time, and the same person goes on where it stopped. */
import type { Page } from "@playwright/test";
import { SignInPage } from "../pages/sign-in";
import { expectAccessible } from "../support/a11y";
import { COLLEAGUE, MANAGER, PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "session", flags: ["--dev-clock"] } });

const IDLE_SECONDS = 30 * 60;

/** The dialog over the page, in English. */
const ended = (page: Page) => page.getByRole("dialog", { name: "Your session has ended" });

/** Signs in again over the page. */
const signInAgain = async (page: Page, password = PASSWORD) => {
  await ended(page).getByLabel("Password", { exact: true }).fill(password);
  await ended(page).getByRole("button", { name: "Sign in", exact: true }).click();
};

test("what was typed is still there, and the request is repeated once", async ({ api, backend, form, page, signInPage, witness }) => {
  witness.excuseStatus(401);
  const name = "Zwischenfall & Söhne";
  await signInPage.signIn();
  await form.create();
  await form.name.fill(name);
  await form.town.fill("Husum");
  await backend.pass(IDLE_SECONDS + 60);
  await form.save.click();
  await expect(ended(page)).toBeVisible();
  await expect(ended(page)).toContainText(SALES.email);
  const password = ended(page).getByLabel("Password", { exact: true });
  await expect(password).toBeFocused();
  // Nothing but the way back in gets rid of it.
  await page.keyboard.press("Escape");
  await expect(ended(page)).toBeVisible();

  await signInAgain(page, "not this one");
  await expect(ended(page).getByRole("alert")).toContainText("That combination is not right");
  await signInAgain(page);
  await expect(ended(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  const sent = witness.callsTo("POST", "/customers");
  const answers = await Promise.all(sent.map((request) => request.response()));
  expect(answers.map((answer) => answer?.status())).toEqual([401, 201]);
  expect((await api.customers({ q: "Zwischenfall" })).items).toHaveLength(1);
});

test("a session that is ended elsewhere leaves text and caret where they were", async ({
  api,
  context,
  form,
  page,
  signInPage,
  witness,
}) => {
  witness.excuseStatus(401);
  await page.clock.install();
  await signInPage.signIn();
  await form.create();
  await form.town.fill("Rostock");
  await form.name.fill("Mitte GmbH");
  await form.name.press("Home");
  for (let step = 0; step < 5; step += 1) await form.name.press("ArrowRight");
  const revoked = await context.request.post("/api/v1/auth/sign-out", { headers: { "x-portico": "1" }, data: {} });
  expect(revoked.ok()).toBe(true);
  // The next sign of life is told to the backend, which knows nothing of the session any more.
  await page.clock.fastForward(61_000);
  await form.name.press("Shift");
  await expect(ended(page)).toBeVisible();
  await signInAgain(page);
  await expect(ended(page)).toHaveCount(0);
  await expect(form.name).toBeFocused();
  await page.keyboard.type("nmang");
  await expect(form.name).toHaveValue("Mittenmang GmbH");
  await expect(form.town).toHaveValue("Rostock");
  await form.save.click();
  await expect(page.getByRole("heading", { name: "Mittenmang GmbH", level: 1 })).toBeVisible();
  expect(witness.callsTo("POST", "/customers")).toHaveLength(1);
  expect((await api.customers({ q: "Mittenmang" })).items).toHaveLength(1);
});

test("another person who comes in gets a page of their own", async ({ backend, form, page, signInPage, witness }) => {
  witness.excuseStatus(401);
  await signInPage.signIn();
  await form.create();
  await form.name.fill("Geheimnis GmbH");
  await backend.pass(IDLE_SECONDS + 60);
  await form.save.click();
  await ended(page).getByRole("button", { name: "Use another account" }).click();
  await expect(signInPage.heading).toBeVisible();
  await expect(page).toHaveURL(/\/login\?next=%2Fcustomers%2Fnew$/);
  await expect(page.getByText("Geheimnis")).toHaveCount(0);
  await signInPage.fill(MANAGER.email, PASSWORD);
  await signInPage.submit.click();
  await expect(form.name).toHaveValue("");
  await expect(form.restored).toHaveCount(0);
  expect(witness.callsTo("POST", "/customers")).toHaveLength(1);
});

test("a stale tab writes nothing as somebody else", async ({ api, backend, context, form, page, signInPage, witness }) => {
  witness.excuseStatus(401);
  witness.excuseStatus(409);
  await signInPage.signIn();
  await form.create();
  await form.name.fill("Verwaist AG");
  await backend.pass(IDLE_SECONDS + 60);
  await form.save.click();
  await expect(ended(page)).toBeVisible();
  const tab = await context.newPage();
  await new SignInPage(tab).signIn(COLLEAGUE.email);
  await expect(ended(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: COLLEAGUE.name })).toBeVisible();
  await expect(form.name).toHaveValue("");
  expect((await api.customers({ q: "Verwaist" })).items).toEqual([]);
});

test("signing in again in one tab lets the others go on", async ({ backend, context, form, page, shell, signInPage, witness }) => {
  witness.excuseStatus(401);
  await signInPage.signIn();
  await form.create();
  await form.name.fill("Zwei Fenster KG");
  const tab = await context.newPage();
  await tab.goto("/customers");
  await expect(tab.getByRole("heading", { name: "Customers", level: 1 })).toBeVisible();
  await backend.pass(IDLE_SECONDS + 60);
  await form.save.click();
  await expect(ended(page)).toBeVisible();
  await tab.getByRole("link", { name: "Today" }).first().click();
  await expect(ended(tab)).toBeVisible();
  await signInAgain(tab);
  await expect(ended(tab)).toHaveCount(0);
  await expect(ended(page)).toHaveCount(0);
  await expect(shell.heading("Zwei Fenster KG")).toBeVisible();
});

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("is warned in time, stays by one press, and is asked back in", async ({ backend, page, witness }) => {
      witness.excuseStatus(401);
      const [auth, words, shell] = [texts(locale, "auth"), texts(locale, "session"), texts(locale, "shell")];
      await page.clock.install();
      await page.goto("/login");
      await page.getByRole("textbox", { name: auth.identifier }).fill(SALES.email);
      await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: auth.submit, exact: true }).click();
      await expect(page.getByRole("heading", { name: shell.nav_today, level: 1 })).toBeVisible();

      const warning = page.getByRole("dialog", { name: words.idle_title });
      await backend.pass(IDLE_SECONDS - 50);
      await page.clock.fastForward((IDLE_SECONDS - 50) * 1000);
      await expect(warning).toBeVisible();
      await expect(warning).toContainText(/[1-5]\d/);
      await expectAccessible(page, `${locale}: warning`);
      await expectTidyText(page, `${locale}: warning`);
      await warning.getByRole("button", { name: words.idle_stay }).click();
      await expect(warning).toHaveCount(0);

      const back = page.getByRole("dialog", { name: words.ended });
      await backend.pass(IDLE_SECONDS + 5);
      await page.clock.fastForward((IDLE_SECONDS + 5) * 1000);
      await expect(back).toBeVisible();
      await expectAccessible(page, `${locale}: ended`);
      await expectTidyText(page, `${locale}: ended`);
      await back.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
      await back.getByRole("button", { name: auth.submit, exact: true }).click();
      await expect(back).toHaveCount(0);
      await expect(page.getByRole("heading", { name: shell.nav_today, level: 1 })).toBeVisible();
    });
  });
}
