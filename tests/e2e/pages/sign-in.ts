import { type Page, expect } from "@playwright/test";
import { PASSWORD, SALES } from "../support/accounts";

/** `/login`. */
export class SignInPage {
  readonly identifier;
  readonly password;
  readonly submit;
  readonly refusal;
  readonly heading;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { name: "Sign in to Portico" });
    this.identifier = page.getByRole("textbox", { name: "Email, employee number or username" });
    this.password = page.getByLabel("Password", { exact: true });
    this.submit = page.getByRole("button", { name: "Sign in", exact: true });
    // The page has more places for alerts, such as one for its preferences.
    this.refusal = page.locator("form").getByRole("alert");
  }

  async open(search = ""): Promise<void> {
    await this.page.goto(`/login${search}`);
    await expect(this.submit).toBeVisible();
  }

  /** Waits for the application: until then the page itself shows the form. */
  async ready(): Promise<void> {
    await expect(this.page.locator("#early")).toHaveCount(0);
    await expect(this.submit).toBeVisible();
  }

  async fill(identifier: string, password: string): Promise<void> {
    await this.identifier.fill(identifier);
    await this.password.fill(password);
  }

  /** Signs in and waits for the first page behind the door. */
  async signIn(identifier: string = SALES.email, password: string = PASSWORD): Promise<void> {
    await this.open();
    await this.fill(identifier, password);
    await this.submit.click();
    await expect(this.page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  }
}
