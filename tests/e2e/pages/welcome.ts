import { type Page } from "@playwright/test";
import { NewPasswordField } from "./new-password";

/** `/welcome`. */
export class WelcomePage {
  readonly password;
  readonly set;
  readonly language;

  constructor(readonly page: Page) {
    this.password = new NewPasswordField(page);
    this.set = page.getByRole("button", { name: "Set password" });
    this.language = page.getByRole("combobox", { name: "Language" });
  }

  /** The greeting of `name`. */
  heading(name: string) {
    return this.page.getByRole("heading", { name: `Welcome, ${name}`, level: 1 });
  }

  /** Opens an invitation as a person does: in a page that has none of the application yet. */
  async follow(link: string): Promise<void> {
    await this.page.goto("about:blank");
    await this.page.goto(link);
  }
}
