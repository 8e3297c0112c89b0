/** Two-step verification: set up, asked for, lost and found again, and shown once more in the middle of the work. */
import type { Page } from "@playwright/test";
import { Door } from "../pages/door";
import { SignInPage } from "../pages/sign-in";
import { RecoveryCodeSheet, TwoFactorPage } from "../pages/two-factor";
import { expectAccessible } from "../support/a11y";
import { ADMIN, PASSWORD } from "../support/accounts";
import { Authenticator, type Kept, enrol } from "../support/authenticator";
import type { Backend, NewAccount } from "../support/backend";
import { expect, test } from "../support/fixtures";
import { arrived, knock, somebody } from "../support/people";
import { LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "two-factor", flags: ["--dev-clock"] } });

const BETTER = "quiet rivers under tin roofs";
/** Longer than something shown may be built on. */
const STALE_SECONDS = 6 * 60;

/** Somebody who has an app. */
const enrolled = async (backend: Backend, name: string): Promise<{ person: NewAccount; kept: Kept }> => {
  const person = somebody(backend, name);
  return { person, kept: await enrol(backend, person.email, person.password) };
};

/** Signs in with both. */
const enter = async (page: Page, person: NewAccount, app: Authenticator) => {
  await knock(page, person);
  const step = new TwoFactorPage(page);
  await step.code.fill(await app.code());
  await step.verify.click();
  await arrived(page);
};

/** Another browser, in which nobody is known. */
const stranger = async (page: Page): Promise<Page> => {
  const context = await page.context().browser()!.newContext({ locale: "en-US", baseURL: new URL(page.url()).origin });
  return context.newPage();
};

const question = (page: Page) => page.getByRole("dialog", { name: "Confirm that it is you" });

test("an app is set up in the account, asked for at the sign-in, and stood in for by a recovery code", async ({ backend, page, shell, witness }) => {
  const person = somebody(backend, "Greta Lund");
  await knock(page, person);
  await arrived(page);
  await shell.account(person.name).click();
  await page.getByRole("menuitem", { name: "Security" }).click();
  await expect(page.getByText("Two-step verification is off")).toBeVisible();
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  await expectAccessible(page, "an app that is being added");
  const app = new Authenticator((await page.locator(".secret-key__value").textContent()) ?? "", backend);
  const code = page.getByRole("textbox", { name: "Code", exact: true });
  witness.excuseStatus(422);
  await code.fill(await app.wrong());
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page.getByText(/This code is not right/).first()).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Work phone");
  await code.fill(await app.code());
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  const sheet = new RecoveryCodeSheet(page);
  await expect(sheet.list.getByRole("listitem")).toHaveCount(10);
  await expect(sheet.done).toBeDisabled();
  await expectAccessible(page, "recovery codes");
  const codes = await sheet.keep();
  await expect(sheet.list).toHaveCount(0);
  await expect(page.getByText("Work phone", { exact: true })).toBeVisible();
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();
  expect(await page.content(), "nothing of them is left in the page").not.toContain(codes[0]);
  await shell.account(person.name).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();

  await enter(page, person, app);
  await shell.account(person.name).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();

  await knock(page, person);
  const step = new TwoFactorPage(page);
  await expect(step.code).toBeFocused();
  await step.anotherMethod.click();
  await expect(step.recoveryCode).toBeFocused();
  await step.recoveryCode.fill(codes[3].toLowerCase());
  await step.verify.click();
  await arrived(page);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]));
  for (const secret of [...codes, person.password]) {
    expect(stored).not.toContain(secret);
    expect(backend.logged()).not.toContain(secret);
  }
  for (const request of witness.requests) expect(request.url()).not.toContain(codes[3]);
});

test("a wrong code and a used one are refused beside the field, and the other way keeps what was typed", async ({ backend, page, witness }) => {
  witness.excuseStatus(422);
  const { person, kept } = await enrolled(backend, "Ole Brandt");
  await enter(page, person, kept.app);
  const other = await stranger(page);
  await knock(other, person);
  const step = new TwoFactorPage(other);
  await step.code.fill(kept.app.last());
  await step.verify.click();
  await expect(other.getByText("This code is not right. 3 tries left before a pause.").first()).toBeVisible();
  await expect(step.code).toHaveValue(kept.app.last());
  await expect(step.code).toBeFocused();
  await step.anotherMethod.click();
  await step.recoveryCode.fill("ABCD");
  await step.verify.click();
  await expect(other.getByText("A recovery code has 16 letters and digits.").first()).toBeVisible();
  await step.anotherMethod.click();
  await expect(step.code).toHaveValue(kept.app.last());
  await step.anotherMethod.click();
  await expect(step.recoveryCode).toHaveValue("ABCD");
  await step.recoveryCode.fill(kept.recoveryCodes[0]);
  await step.verify.click();
  await arrived(other);
  await other.context().close();
});

test("too many wrong codes lead to a pause that is counted down, and a recovery code is the way round", async ({ backend, page, witness }) => {
  witness.excuseStatus(422);
  witness.excuseStatus(429);
  const { person, kept } = await enrolled(backend, "Mei Tan");
  await knock(page, person);
  const step = new TwoFactorPage(page);
  for (let round = 0; round < 4; round += 1) {
    await step.code.fill(await kept.app.wrong(round));
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/second-factor"));
    await step.verify.click();
    await answered;
  }
  await expect(page.getByRole("timer")).toBeVisible();
  await expectAccessible(page, "a pause at the second step");
  await step.anotherMethod.click();
  await step.recoveryCode.fill(kept.recoveryCodes[0]);
  await step.verify.click();
  await arrived(page);
});

test("a page that was thrown away goes on where it was, and Start over keeps the name", async ({ backend, page, signInPage, witness }) => {
  const { person, kept } = await enrolled(backend, "Lars Holm");
  await page.goto("/login?next=%2Fpipeline");
  await signInPage.fill(person.email, person.password);
  await signInPage.submit.click();
  const step = new TwoFactorPage(page);
  await expect(step.heading).toBeVisible();
  await page.reload();
  await expect(step.code).toBeVisible();
  await step.startOver.click();
  await expect(signInPage.identifier).toHaveValue("");
  await signInPage.fill(person.email, person.password);
  await signInPage.submit.click();
  await step.startOver.click();
  await expect(signInPage.identifier).toHaveValue(person.email);
  await signInPage.password.fill(person.password);
  await signInPage.submit.click();
  await step.code.fill(await kept.app.code());
  await step.verify.click();
  await expect(page).toHaveURL(/\/pipeline/);
  // Without a sign-in there is nothing to ask for.
  witness.excuseStatus(401);
  await page.context().clearCookies();
  await page.goto("/login/two-factor");
  await expect(signInPage.submit).toBeVisible();
});

test("what takes too long is begun anew", async ({ backend, page, signInPage, witness }) => {
  witness.excuseStatus(401);
  const { person, kept } = await enrolled(backend, "Ida Falk");
  await knock(page, person);
  const step = new TwoFactorPage(page);
  await step.code.fill(await kept.app.code());
  await backend.pass(11 * 60);
  await step.verify.click();
  await page.getByRole("link", { name: "Sign in again" }).click();
  await expect(signInPage.submit).toBeVisible();
});

test("a trusted browser is not asked again until it is forgotten from another one", async ({ backend, page, shell }) => {
  const { person, kept } = await enrolled(backend, "Nora Vik");
  await knock(page, person);
  const step = new TwoFactorPage(page);
  await step.code.fill(await kept.app.code());
  await page.getByRole("checkbox", { name: "Do not ask again in this browser for 30 days" }).check();
  await step.verify.click();
  await arrived(page);
  const signOut = async () => {
    await shell.account(person.name).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
  };
  await signOut();
  await knock(page, person);
  await arrived(page);

  const other = await stranger(page);
  await enter(other, person, kept.app);
  await other.getByRole("button", { name: person.name, exact: true }).click();
  await other.getByRole("menuitem", { name: "Sign-ins and devices" }).click();
  await expect(other.getByRole("heading", { name: "Sign-ins and devices", level: 1 })).toBeVisible();
  await expectAccessible(other, "sign-ins and devices");
  const known = other.getByRole("region", { name: "Browsers that know you" });
  await expect(known.getByRole("listitem")).toHaveCount(3);
  await known.getByRole("listitem").filter({ hasText: "No second step is asked for here" }).getByRole("button", { name: /^Forget/ }).click();
  await expect(known.getByRole("listitem")).toHaveCount(2);
  await other.context().close();
  await signOut();
  await knock(page, person);
  await expect(step.code).toBeVisible();
});

test("a password is changed in the middle of a long day: the form waits for the code and keeps what was typed", async ({ backend, page, security, witness }) => {
  witness.excuseStatus(401);
  const { person, kept } = await enrolled(backend, "Jan Kruse");
  await enter(page, person, kept.app);
  await security.open();
  await security.fill(person.password, BETTER);
  await backend.pass(STALE_SECONDS);
  await security.submit.click();
  await expect(question(page)).toBeVisible();
  await expectAccessible(page, "who one is, once more");
  await page.keyboard.press("Escape");
  await expect(question(page)).toHaveCount(0);
  await expect(security.current).toHaveValue(person.password);
  await expect(security.next.input).toHaveValue(BETTER);
  await security.submit.click();
  await question(page).getByRole("textbox", { name: "Code from your authenticator app" }).fill(await kept.app.code());
  await question(page).getByRole("button", { name: "Confirm" }).click();
  await expect(security.changed).toBeVisible();
  const sent = await Promise.all(witness.callsTo("POST", "/me/password").map((request) => request.response()));
  // The token was too old, too; and then twice the code.
  expect(sent.map((answer) => answer?.status())).toEqual([401, 401, 401, 200]);
});

test("who changed a factor can sign out everywhere else", async ({ backend, page, security, witness }) => {
  witness.excuseStatus(401);
  const { person, kept } = await enrolled(backend, "Tove Berg");
  await enter(page, person, kept.app);
  const other = await stranger(page);
  await enter(other, person, kept.app);
  await security.open();
  await backend.pass(STALE_SECONDS);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(question(page)).toBeVisible();
  await question(page).getByLabel("Password", { exact: true }).fill(person.password);
  await question(page).getByRole("textbox", { name: "Code from your authenticator app" }).fill(await kept.app.code());
  await question(page).getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Two-step verification is off").first()).toBeVisible();
  await page.getByRole("link", { name: "Sign out everywhere else" }).click();
  await expect(page.getByRole("heading", { name: "Sign-ins and devices", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere else" }).click();
  const sessions = page.getByRole("region", { name: "Where you are signed in" });
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await other.reload();
  await expect(new SignInPage(other).submit).toBeVisible();
  await other.context().close();
});

test("who has lost everything asks an administrator, sees where it stands, and sets up a new app", async ({ backend, page, witness }) => {
  witness.excuseStatus(401);
  const { person } = await enrolled(backend, "Sven Moe");
  await knock(page, person);
  const step = new TwoFactorPage(page);
  await step.noneOfThese.click();
  await page.getByRole("textbox", { name: "Reason, and how to reach you" }).fill("My phone is in the lake");
  await expectAccessible(page, "asking for a new second step");
  await page.getByRole("button", { name: "Ask an administrator" }).click();
  await expect(page.getByText(/An administrator has been asked/).first()).toBeVisible();

  const office = await stranger(page);
  await new SignInPage(office).signIn(ADMIN.email, PASSWORD);
  await office.goto("/admin/requests");
  const request = office.getByRole("listitem").filter({ hasText: "My phone is in the lake" });
  await request.getByRole("button", { name: "Ask for a new second factor" }).click();
  await office.getByRole("dialog").getByRole("button", { name: "Ask for a new second factor" }).click();
  await expect(office.getByText(/enrols a new second factor at the next sign-in/).first()).toBeVisible();
  await office.context().close();

  await page.getByRole("button", { name: "Look again" }).click();
  await expect(page.getByText(/An administrator has agreed/).first()).toBeVisible();
  await expect(step.code).toHaveCount(0);
  await page.getByRole("link", { name: "Sign in again" }).click();
  await new SignInPage(page).password.fill(person.password);
  await new SignInPage(page).submit.click();
  await expect(step.setUp).toBeVisible();
  await expect(page.getByText(/An administrator has taken away/)).toBeVisible();
  const app = new Authenticator((await step.key.textContent()) ?? "", backend);
  await step.code.fill(await app.code());
  await step.confirm.click();
  await step.sheet.keep();
  await arrived(page);
});

test("this wasn't me: the stranger is out at once, and a new password is chosen", async ({ backend, page, security, witness }) => {
  witness.excuseStatus(401);
  const person = somebody(backend, "Kari Dahl");
  await knock(page, person);
  await arrived(page);
  const thief = await stranger(page);
  await knock(thief, person);
  await arrived(thief);
  await page.goto("/account/sign-ins");
  const history = page.getByRole("region", { name: "Recent sign-ins" });
  await history.getByRole("button", { name: "This wasn’t me" }).first().click();
  await page.getByRole("alertdialog").getByRole("button", { name: "This wasn’t me" }).click();
  await expect(page.getByRole("region", { name: "You are the only one signed in now" })).toBeVisible();
  await expectAccessible(page, "after a stranger was put out");
  await thief.reload();
  await expect(new SignInPage(thief).submit).toBeVisible();
  await page.getByRole("link", { name: "Choose a new password" }).click();
  await security.fill(person.password, BETTER);
  await security.submit.click();
  await expect(security.changed).toBeVisible();
  await knock(thief, person);
  await expect(new SignInPage(thief).refusal).toBeVisible();
  await thief.context().close();
});

test("a session that ends under a half-filled form goes on with password and code over it", async ({ backend, form, page, witness }) => {
  witness.excuseStatus(401);
  const { person, kept } = await enrolled(backend, "Emil Sand");
  await enter(page, person, kept.app);
  await form.create();
  await form.name.fill("Nordlicht AG");
  await form.town.fill("Kiel");
  await backend.pass(31 * 60);
  await form.save.click();
  const over = page.getByRole("dialog");
  await over.getByLabel("Password", { exact: true }).fill(person.password);
  await over.getByRole("button", { name: "Sign in", exact: true }).click();
  const code = over.getByRole("textbox", { name: "Verification code" });
  await expect(code).toBeFocused();
  await expectAccessible(page, "the second step over the page");
  await code.fill(await kept.app.code());
  await over.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Nordlicht AG", level: 1 })).toBeVisible();
});

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("the second step says what to do in every state", async ({ backend, page, witness }) => {
      witness.excuseStatus(422);
      const { person, kept } = await enrolled(backend, `Ada ${locale.replace("-", "")}`);
      const step = new TwoFactorPage(page, locale);
      const look = async (screen: string) => {
        await expectAccessible(page, `${locale}: ${screen}`);
        await expectTidyText(page, `${locale}: ${screen}`);
      };
      await page.goto("/login");
      const door = new Door(page, locale);
      await door.knock(person.email, person.password);
      await expect(step.heading).toBeVisible();
      await look("the code");
      await step.verify.click();
      await look("the code, empty");
      await step.code.fill(await kept.app.wrong());
      await step.verify.click();
      await expect(page.locator("form [aria-invalid=true]")).toBeVisible();
      await look("the code, wrong");
      await step.anotherMethod.click();
      await expect(step.recoveryCode).toBeVisible();
      await look("a recovery code");
      await step.noneOfThese.click();
      await expect(page.getByRole("heading", { name: step.words.help_heading, level: 1 })).toBeVisible();
      await look("nothing left");
    });
  });
}
