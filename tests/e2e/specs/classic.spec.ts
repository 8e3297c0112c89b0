/**
 * The classic policy, for companies that need it, and the ways back in that go with it: short messages, a question, and
 * passwords that grow old.
 */
import type { Page } from "@playwright/test";
import { Door } from "../pages/door";
import { expectAccessible } from "../support/a11y";
import { PASSWORD } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { type Locale, LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "classic", flags: ["--dev-clock", "--password-policy", "classic"] } });

const QUARTER = 91 * 24 * 3_600;
const HOUR = 3_601;

/** What the classic policy takes, each time another one. */
let count = 0;
const fresh = () => `Quiet-rivers-${(count += 1)}7-roofs`;

/** A page in one language, and what is on it. */
class Words {
  readonly recovery;
  readonly passwords;
  readonly account;
  readonly shell;

  constructor(
    readonly page: Page,
    readonly locale: Locale,
  ) {
    [this.recovery, this.passwords, this.account, this.shell] = ["recovery", "passwords", "account", "shell"].map((it) =>
      texts(locale, it),
    );
  }

  button(name: string) {
    return this.page.getByRole("button", { name, exact: true });
  }

  heading(name: string) {
    return this.page.getByRole("heading", { name, level: 1, exact: true });
  }

  field(name: string) {
    return this.page.getByRole("textbox", { name, exact: true });
  }

  async expectFit(what: string): Promise<void> {
    await expectAccessible(this.page, `${this.locale}: ${what}`);
    await expectTidyText(this.page, `${this.locale}: ${what}`);
  }

  /** Asks for a reset of `identifier`, up to the page that waits for the code. */
  async ask(identifier: string, channel?: string): Promise<void> {
    await this.page.goto("/forgot-password");
    await this.field(texts(this.locale, "auth").identifier).fill(identifier);
    if (channel !== undefined) await this.page.getByRole("radio", { name: channel }).check();
    await this.button(this.recovery.send).click();
    await expect(this.field(this.recovery.code)).toBeVisible();
  }

  async enter(code: string): Promise<void> {
    await this.field(this.recovery.code).fill(code);
    await this.button(this.recovery.continue).click();
  }

  async choose(password: string): Promise<void> {
    await this.page.getByLabel(this.passwords.new, { exact: true }).fill(password);
    await this.button(this.passwords.set).click();
  }
}

for (const [index, locale] of LOCALES.entries()) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("a short message brings a code, and five wrong ones end it", async ({ backend, outbox, page }) => {
      const words = new Words(page, locale);
      const [email, phone] = [
        ["sales@portico.example", "+8613800000003"],
        ["manager@portico.example", "+493023125002"],
        ["service@portico.example", "+447700900005"],
      ][index];
      await words.ask(email, words.recovery.channel_sms);
      await expect(page.getByText(words.recovery.sent_sms.replace("{identifier}", email))).toBeVisible();
      await words.expectFit("the code of a short message");
      await words.enter(await outbox.code(phone));
      await expect(page.getByLabel(words.passwords.new, { exact: true })).toBeVisible();
      await words.expectFit("the new password");
      await words.choose(fresh());
      await expect(words.heading(words.recovery.done)).toBeVisible();

      await words.ask(email);
      for (const left of [4, 3, 2, 1]) {
        await words.enter("0000 0000");
        await expect(page.getByRole("alert").filter({ hasText: String(left) })).toBeVisible();
      }
      await words.enter("0000 0000");
      await expect(page.getByRole("alert").filter({ hasText: words.recovery.code_over })).toBeVisible();
      await expect(words.field(words.recovery.code)).toHaveValue("");
      await words.expectFit("a code that is over");
      await backend.pass(HOUR);
    });

    test("a question is chosen, and asked after the code and with the link", async ({ backend, outbox, page, witness }) => {
      const words = new Words(page, locale);
      const person = {
        role: "sales",
        email: `question.${locale.toLowerCase()}@portico.example`,
        name: "Lin Kerr",
        number: `EMP25${index}1`,
        password: "Harbour-lantern-42!",
      };
      backend.createAccount(person);
      await page.goto("/login?next=%2Faccount%2Fsecurity");
      await new Door(page, locale).knock(person.email, person.password);
      await expect(words.heading(words.account.security)).toBeVisible();
      await expect(page.getByText(words.account.question_none)).toBeVisible();
      const save = words.button(words.account.question_save);
      await save.click();
      await expect(words.field(words.account.question_text)).toBeFocused();
      await words.expectFit("the question with empty fields");
      const form = page.getByRole("form", { name: words.account.question });
      const password = form.getByLabel(words.passwords.current, { exact: true });
      await words.field(words.account.question_text).fill("First ship?");
      await words.field(words.account.question_answer).fill("The Northern Star");
      await password.fill("not this one");
      witness.excuseStatus(422);
      await save.click();
      await expect(password).toBeFocused();
      await expect(words.field(words.account.question_answer)).toHaveValue("The Northern Star");
      await password.fill(person.password);
      await save.click();
      await expect(page.getByText(words.account.question_saved)).toBeVisible();
      await expect(page.getByText(words.account.question_now.replace("{question}", "First ship?"))).toBeVisible();
      await page.context().clearCookies();

      await words.ask(person.email);
      await words.enter(await outbox.code(person.email));
      const used = await outbox.link(person.email, "/reset-password");
      await expect(page.getByText("First ship?")).toBeVisible();
      await words.expectFit("the question");
      const answer = words.field(words.recovery.answer);
      await answer.fill("Titanic");
      await words.button(words.recovery.continue).click();
      await expect(page.getByRole("alert").filter({ hasText: "4" })).toBeVisible();
      await expect(answer).toBeFocused();
      await answer.fill("the northern star");
      await words.button(words.recovery.continue).click();
      await words.choose(fresh());
      await expect(words.heading(words.recovery.done)).toBeVisible();

      await words.ask(person.email);
      await page.goto("about:blank");
      await page.goto(await outbox.link(person.email, "/reset-password", used));
      await expect(page.getByText("First ship?")).toBeVisible();
      await answer.fill("the NORTHERN star");
      await words.button(words.recovery.continue).click();
      await words.choose(fresh());
      await expect(words.heading(words.recovery.done)).toBeVisible();
      await backend.pass(HOUR);
    });
  });
}

// Last of all: it makes every other password of the demonstration old as well.
for (const [index, locale] of LOCALES.entries()) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("a password that has grown old is changed before the work begins", async ({ backend, page, witness }) => {
      const words = new Words(page, locale);
      const person = {
        role: "sales",
        email: `old.${locale.toLowerCase()}@portico.example`,
        name: "Lin Kerr",
        number: `EMP25${index}2`,
        password: "Harbour-lantern-42!",
      };
      backend.createAccount(person);
      await backend.pass(QUARTER);
      await page.goto("/login?next=%2Fpipeline");
      await new Door(page, locale).knock(person.email, person.password);
      await expect(words.heading(words.recovery.forced)).toBeVisible();
      await expect(page.getByText(words.recovery.forced_expired)).toBeVisible();
      await words.expectFit("a password that has grown old");
      witness.excuseStatus(422);
      await words.choose(person.password);
      await expect(page.getByLabel(words.passwords.new, { exact: true })).toBeFocused();
      await words.choose(fresh());
      await expect(words.heading(texts(locale, "pipeline").title)).toBeVisible();
    });
  });
}
