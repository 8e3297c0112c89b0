/** Codes by text message and by mail, where the operator has them: set up, sent, waited for, and shown. */
import type { Page } from "@playwright/test";
import { RecoveryCodeSheet, TwoFactorPage } from "../pages/two-factor";
import { expectAccessible } from "../support/a11y";
import type { Backend } from "../support/backend";
import { expect, test } from "../support/fixtures";
import type { Outbox } from "../support/outbox";
import { arrived, knock, signOut, somebody } from "../support/people";

test.use({ site: { name: "sent-codes", flags: ["--dev-clock", "--second-factor-codes", "sms,mail"] } });

/** Longer than something shown may be built on. */
const STALE_SECONDS = 6 * 60;

let telephones = 0;

/** Somebody nobody else is about, and a telephone. */
const somebodyWithPhone = (backend: Backend, name: string) => {
  telephones += 1;
  return { person: somebody(backend, name), phone: `+49151100000${telephones}` };
};

const send = (page: Page) => page.getByRole("button", { name: "Send a code", exact: true });

const sendAnother = (page: Page) => page.getByRole("button", { name: "Send another code", exact: true });

const keep = async (page: Page) => {
  const sheet = new RecoveryCodeSheet(page);
  await expect(sheet.list.getByRole("listitem")).toHaveCount(10);
  return sheet.keep();
};

/** Somebody who has a telephone for codes, signed out again; the time for another code has come. */
const enrolled = async (backend: Backend, outbox: Outbox, page: Page, name: string) => {
  const { person, phone } = somebodyWithPhone(backend, name);
  await knock(page, person);
  await arrived(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a phone for codes" }).click();
  await page.getByLabel("Phone number").fill(phone);
  await send(page).click();
  const code = await outbox.factorCode(phone);
  await page.getByRole("textbox", { name: "Verification code", exact: true }).fill(code);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await keep(page);
  return { code, person, phone };
};

test("a phone is set up with what is wrong beside the field, and opens the account with the password", async ({ backend, outbox, page, witness }) => {
  witness.excuseStatus(422);
  const { person, phone } = somebodyWithPhone(backend, "Greta Lund");
  await knock(page, person);
  await arrived(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a phone for codes" }).click();
  await expect(page.getByRole("heading", { name: "Add a phone for codes" })).toBeFocused();
  await expect(page.getByText(/Less safe than a passkey or an app/)).toBeVisible();
  const field = page.getByLabel("Phone number");
  await field.fill("0151 12345678");
  await send(page).click();
  await expect(page.getByText(/Enter the whole number with the country’s prefix/).first()).toBeVisible();
  await expect(field).toHaveValue("0151 12345678");
  await field.fill(phone);
  await send(page).click();
  const code = page.getByRole("textbox", { name: "Verification code", exact: true });
  await expect(code).toBeFocused();
  await expect(page.getByText(/A code is on its way to \+49 ••• /)).toBeVisible();
  await expect(sendAnother(page)).toBeDisabled();
  await expect(page.getByRole("timer")).toBeVisible();
  await expectAccessible(page, "a code on its way");
  const right = await outbox.factorCode(phone);
  await code.fill(String((Number(right) + 1) % 1_000_000).padStart(6, "0"));
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page.getByText(/This code is not right/).first()).toBeVisible();
  await code.fill(right);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await keep(page);
  await expect(page.getByRole("list", { name: "Your ways to confirm a sign-in" })).toContainText("+49 ••• ");
  await expect(page.getByRole("button", { name: "Add a phone for codes" })).toHaveCount(0);

  await signOut(page, person);
  await knock(page, person);
  const step = new TwoFactorPage(page);
  await expect(step.heading).toBeVisible();
  await expect(send(page)).toBeFocused();
  await expectAccessible(page, "a code to be sent");
  await send(page).click();
  await expect(step.code).toBeFocused();
  await step.code.fill(await outbox.factorCode(phone, right));
  await step.verify.click();
  await arrived(page);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]))).not.toContain(phone);
  expect(backend.logged()).not.toContain(phone);
});

test("another code can be sent after a visible wait, and the one before is dead", async ({ backend, outbox, page, witness }) => {
  witness.excuseStatus(422);
  await page.clock.install();
  const { code, person, phone } = await enrolled(backend, outbox, page, "Ole Brandt");
  await signOut(page, person);
  await knock(page, person);
  const step = new TwoFactorPage(page);
  await send(page).click();
  const first = await outbox.factorCode(phone, code);
  await expect(sendAnother(page)).toBeDisabled();
  await backend.pass(31);
  await page.clock.runFor(31_000);
  await sendAnother(page).click();
  const second = await outbox.factorCode(phone, code, first);
  await expect(sendAnother(page)).toBeDisabled();
  await step.code.fill(first);
  await step.verify.click();
  await expect(page.getByText(/This code is not right/).first()).toBeVisible();
  await step.code.fill(second);
  await step.verify.click();
  await arrived(page);
});

test("five wrong codes end it, and the page says to have another one sent", async ({ backend, outbox, page, witness }) => {
  witness.excuseStatus(422);
  witness.excuseStatus(429);
  const { code, person, phone } = await enrolled(backend, outbox, page, "Mei Tan");
  await signOut(page, person);
  await knock(page, person);
  const step = new TwoFactorPage(page);
  await send(page).click();
  const right = await outbox.factorCode(phone, code);
  for (let round = 1; round <= 5; round += 1) {
    await step.code.fill(String((Number(right) + round) % 1_000_000).padStart(6, "0"));
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/second-factor"));
    await step.verify.click();
    expect((await answered).status()).toBe(422);
    // So long a pause may be.
    await backend.pass(4);
  }
  await step.code.fill(right);
  await step.verify.click();
  await expect(page.getByText("This code does not work any more. Have another one sent.").first()).toBeVisible();
  await expectAccessible(page, "a code that is over");
});

test("a code by mail shows once more who one is, together with the password", async ({ backend, outbox, page, security, witness }) => {
  witness.excuseStatus(401);
  const { person } = somebodyWithPhone(backend, "Jan Kruse");
  await knock(page, person);
  await arrived(page);
  await security.open();
  await page.getByRole("button", { name: "Use codes by mail" }).click();
  await send(page).click();
  const first = await outbox.factorCode(person.email);
  await page.getByRole("textbox", { name: "Verification code", exact: true }).fill(first);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await keep(page);
  await backend.pass(STALE_SECONDS);
  await page.getByRole("button", { name: "Make new codes" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Make new codes" }).click();
  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(question).toBeVisible();
  await question.getByLabel("Password", { exact: true }).fill(person.password);
  await send(page).click();
  await expect(question.getByText(/A code is on its way to/)).toBeVisible();
  await expectAccessible(page, "a code, once more");
  await question.getByRole("textbox", { name: /[Cc]ode/ }).fill(await outbox.factorCode(person.email, first));
  await question.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(question).toHaveCount(0);
  await keep(page);
});
