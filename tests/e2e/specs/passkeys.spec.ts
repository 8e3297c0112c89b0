/** Passkeys: made, signed in with, shown beside the password and in the middle of the work, and lost. */
import type { Page } from "@playwright/test";
import { SignInPage } from "../pages/sign-in";
import { RecoveryCodeSheet, TwoFactorPage } from "../pages/two-factor";
import { expectAccessible } from "../support/a11y";
import { Authenticator } from "../support/authenticator";
import type { Backend } from "../support/backend";
import { expect, test } from "../support/fixtures";
import { PasskeyDevice } from "../support/passkeys";
import { arrived, knock, signOut, somebody } from "../support/people";

test.use({ site: { name: "passkeys", flags: ["--dev-clock"], host: "localhost" } });

/** Longer than something shown may be built on. */
const STALE_SECONDS = 6 * 60;
/** As long as a session lasts in which nobody does anything. */
const IDLE_SECONDS = 30 * 60;

const withPasskey = (page: Page) => page.getByRole("button", { name: "Sign in with a passkey" });

const question = (page: Page) => page.getByRole("dialog", { name: "Confirm that it is you" });

/** Keeps the recovery codes that come with the first factor. */
const keep = async (page: Page): Promise<string[]> => {
  const sheet = new RecoveryCodeSheet(page);
  await expect(sheet.list.getByRole("listitem")).toHaveCount(10);
  return sheet.keep();
};

/** Has a passkey made on the security page; the answer are the recovery codes. */
const addPasskey = async (page: Page, name = ""): Promise<string[]> => {
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Add a passkey" })).toBeFocused();
  if (name !== "") await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("button", { name: "Create passkey" }).click();
  return keep(page);
};

/** Somebody who has a passkey on the device, and a session. */
const enrolled = async (backend: Backend, page: Page, name: string) => {
  const device = await PasskeyDevice.at(page);
  const person = somebody(backend, name);
  await knock(page, person);
  await arrived(page);
  const codes = await addPasskey(page, "Laptop");
  return { codes, device, person };
};

test("a passkey is made in the account, and opens it by itself from then on", async ({ backend, page, witness }) => {
  const device = await PasskeyDevice.at(page);
  const person = somebody(backend, "Greta Lund");
  await knock(page, person);
  await arrived(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expectAccessible(page, "a passkey that is being added");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Laptop");
  await page.getByRole("button", { name: "Create passkey" }).click();
  const codes = await keep(page);
  expect(await device.count()).toBe(1);
  const list = page.getByRole("list", { name: "Your ways to confirm a sign-in" });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(list).toContainText("Laptop");
  await expectAccessible(page, "a passkey in the account");

  // The browser offers it for the field, and this device does not wait to be asked twice.
  await device.touched(false);
  await signOut(page, person);
  await expect(withPasskey(page)).toBeVisible();
  await expectAccessible(page, "the sign-in with a passkey");
  await device.touched(true);
  await withPasskey(page).click();
  await arrived(page);
  expect(witness.callsTo("POST", "/auth/sign-in/passkey")).toHaveLength(1);
  await page.goto("/account/sign-ins");
  await expect(page.getByRole("region", { name: "Where you are signed in" })).toContainText("Passkey");
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]));
  for (const secret of [...codes, person.password]) expect(stored).not.toContain(secret);
});

test("the browser offers it among its suggestions, and going by the password ends that", async ({ backend, page, signInPage }) => {
  const { device, person } = await enrolled(backend, page, "Ole Brandt");
  await signOut(page, person);
  // Nobody has pressed anything.
  await arrived(page);
  await device.touched(false);
  await signOut(page, person);
  await expect(withPasskey(page)).toBeVisible();
  await expect(signInPage.identifier).toHaveAttribute("autocomplete", "username webauthn");
  await signInPage.fill(person.email, person.password);
  await signInPage.submit.click();
  await expect(new TwoFactorPage(page).heading).toBeVisible();
});

test("who leaves the browser's question stays where they are, and tries again or goes by the password", async ({ backend, page, signInPage }) => {
  const { device, person } = await enrolled(backend, page, "Mei Tan");
  await device.recognises(false);
  await signOut(page, person);
  await withPasskey(page).click();
  await expect(withPasskey(page)).toBeEnabled();
  await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveCount(0);
  await signInPage.fill(person.email, "half a pass");
  await device.recognises(true);
  await withPasskey(page).click();
  await arrived(page);
});

test("a passkey that was removed is refused with the way out, and the browser is told", async ({ backend, page, signInPage, witness }) => {
  witness.excuseStatus(401);
  const { device, person } = await enrolled(backend, page, "Ida Falk");
  const other = await page.context().browser()!.newContext({ locale: "en-US", baseURL: backend.url });
  const elsewhere = await other.newPage();
  const copy = await PasskeyDevice.at(elsewhere);
  await device.copyTo(copy);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Two-step verification is off" })).toBeVisible();

  const door = new SignInPage(elsewhere);
  await copy.touched(false);
  await door.open();
  await expect(withPasskey(elsewhere)).toBeVisible();
  await copy.touched(true);
  await withPasskey(elsewhere).click();
  await expect(elsewhere.getByText(/This passkey is not known here/)).toBeVisible();
  await expect(elsewhere.getByText(/Use your password/)).toBeVisible();
  await expectAccessible(elsewhere, "a passkey that is not known");
  await expect.poll(() => copy.count(), "browsers that listen forget it").toBeLessThanOrEqual(1);
  await door.fill(person.email, person.password);
  await door.submit.click();
  await arrived(elsewhere);
  await other.close();
  await expect(signInPage.identifier).toHaveCount(0);
});

test("after the password it is the second step, and codes are the way round", async ({ backend, page }) => {
  const { codes, device, person } = await enrolled(backend, page, "Lars Holm");
  await device.touched(false);
  await signOut(page, person);
  await knock(page, person);
  const step = new TwoFactorPage(page);
  await expect(step.heading).toBeVisible();
  const use = page.getByRole("button", { name: "Use your passkey" });
  await expect(use).toBeFocused();
  await expectAccessible(page, "a passkey as the second step");
  await device.recognises(false);
  await device.touched(true);
  await use.click();
  // Nobody it knows: nothing is said, and nothing is lost.
  await expect(use).toBeEnabled();
  await step.anotherMethod.click();
  await expect(step.recoveryCode).toBeFocused();
  await step.recoveryCode.fill(codes[0].slice(0, 9));
  await step.anotherMethod.click();
  await device.recognises(true);
  await step.anotherMethod.click();
  await expect(step.recoveryCode).toHaveValue(codes[0].slice(0, 9));
  await step.anotherMethod.click();
  await use.click();
  await arrived(page);
});

test("in the middle of a form it stands for the password and the code", async ({ backend, page, security, witness }) => {
  witness.excuseStatus(401);
  const { person } = await enrolled(backend, page, "Jan Kruse");
  await security.open();
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.keyboard.press("Escape");
  await backend.pass(STALE_SECONDS);
  await security.fill(person.password, "quiet rivers under tin roofs");
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  await expect(question(page)).toBeVisible();
  await expect(question(page).getByLabel("Password", { exact: true })).toHaveCount(0);
  await expectAccessible(page, "a passkey, once more");
  await question(page).getByRole("button", { name: "Use your passkey" }).click();
  await expect(question(page)).toHaveCount(0);
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  await expect(security.current).toHaveValue(person.password);
  const app = new Authenticator((await page.locator(".secret-key__value").textContent()) ?? "", backend);
  await page.getByRole("textbox", { name: "Code", exact: true }).fill(await app.code());
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  const list = page.getByRole("list", { name: "Your ways to confirm a sign-in" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
});

test("a device that has one makes no other", async ({ backend, page }) => {
  const { device } = await enrolled(backend, page, "Nora Vik");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("button", { name: "Create passkey" }).click();
  await expect(page.getByText(/This device already has a passkey for your account/)).toBeVisible();
  expect(await device.count()).toBe(1);
});

test("a session that has ended goes on with it over the page", async ({ backend, form, page, witness }) => {
  witness.excuseStatus(401);
  await enrolled(backend, page, "Ida Holm");
  await form.create();
  await form.name.fill("Holm & Töchter");
  await form.town.fill("Husum");
  await backend.pass(IDLE_SECONDS + 60);
  await form.save.click();
  const ended = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(withPasskey(page)).toBeVisible();
  await expectAccessible(page, "a passkey, over the page");
  await withPasskey(page).click();
  await expect(ended).toHaveCount(0);
  // What was sent too late was sent once more.
  await expect(page.getByRole("heading", { name: "Holm & Töchter", level: 1 })).toBeVisible();
});
