import type { Page } from "@playwright/test";
import { type Locale, texts } from "../support/texts";

/** `/login/two-factor`: the code that is asked for, or the app that is set up, in any language. */
export class TwoFactorPage {
  readonly words;
  readonly heading;
  readonly code;
  readonly recoveryCode;
  readonly verify;
  readonly anotherMethod;
  readonly noneOfThese;
  readonly startOver;
  readonly trust;
  readonly setUp;
  readonly key;
  readonly confirm;
  readonly sheet;

  constructor(
    readonly page: Page,
    locale: Locale = "en",
  ) {
    this.words = texts(locale, "second_factor");
    this.heading = page.getByRole("heading", { name: this.words.heading, level: 1, exact: true });
    this.code = page.getByRole("textbox", { name: this.words.code, exact: true });
    this.recoveryCode = page.getByRole("textbox", { name: this.words.recovery_code, exact: true });
    this.verify = page.getByRole("button", { name: this.words.verify, exact: true });
    this.anotherMethod = page.getByRole("button", { name: this.words.another_method, exact: true });
    this.noneOfThese = page.getByRole("button", { name: this.words.none_of_these, exact: true });
    this.startOver = page.getByRole("link", { name: this.words.start_over, exact: true });
    this.trust = page.locator("[name=trust]");
    this.setUp = page.getByRole("heading", { name: this.words.enrol_heading, level: 1, exact: true });
    this.key = page.locator(".secret-key__value");
    this.confirm = page.getByRole("button", { name: this.words.confirm, exact: true });
    this.sheet = new RecoveryCodeSheet(page, locale);
  }
}

/** The recovery codes, on the one occasion on which they are shown. */
export class RecoveryCodeSheet {
  readonly list;
  readonly saved;
  readonly done;

  constructor(
    readonly page: Page,
    locale: Locale = "en",
  ) {
    const words = texts(locale, "parts");
    this.list = page.getByRole("list", { name: words.codes_list, exact: true });
    this.saved = page.getByRole("checkbox", { name: words.codes_saved });
    this.done = page.getByRole("button", { name: words.codes_continue, exact: true });
  }

  codes(): Promise<string[]> {
    return this.list.getByRole("listitem").allInnerTexts();
  }

  /** Says that they are kept, and goes on. */
  async keep(): Promise<string[]> {
    const codes = (await this.codes()).map((code) => code.trim());
    await this.saved.check();
    await this.done.click();
    return codes;
  }
}
