import type { Page } from "@playwright/test";
import { type Locale, texts } from "../support/texts";

/** `/login` in any language, for trying one's luck. */
export class Door {
  readonly words;
  readonly identifier;
  readonly password;
  readonly submit;
  readonly refusal;
  /** What runs down until another try makes sense. */
  readonly clock;

  constructor(
    readonly page: Page,
    locale: Locale,
  ) {
    this.words = texts(locale, "auth");
    this.identifier = page.getByRole("textbox", { name: this.words.identifier });
    this.password = page.getByLabel(this.words.password, { exact: true });
    this.submit = page.getByRole("button", { name: this.words.submit, exact: true });
    this.refusal = page.locator("form").getByRole("alert");
    this.clock = page.getByRole("timer");
  }

  /** Tries to sign in; the answer is the status of the backend's. */
  async knock(identifier: string, password: string): Promise<number> {
    const answered = this.page.waitForResponse((answer) => answer.url().endsWith("/auth/sign-in"));
    await this.identifier.fill(identifier);
    await this.password.fill(password);
    await this.submit.click();
    return (await answered).status();
  }
}
