import { type Page, expect } from "@playwright/test";
import { NewPasswordField } from "./new-password";

/** `/forgot-password` and `/reset-password`. */
export class ResetPage {
  readonly heading;
  readonly identifier;
  readonly send;
  readonly code;
  readonly goOn;
  readonly password;
  readonly set;
  readonly done;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { name: "Reset your password", level: 1 });
    this.identifier = page.getByRole("textbox", { name: "Email, employee number or username" });
    this.send = page.getByRole("button", { name: "Send instructions" });
    this.code = page.getByRole("textbox", { name: "Code from the message" });
    this.goOn = page.getByRole("button", { name: "Continue" });
    this.password = new NewPasswordField(page);
    this.set = page.getByRole("button", { name: "Set password" });
    this.done = page.getByRole("heading", { name: "Your password is set", level: 1 });
  }

  async open(): Promise<void> {
    await this.page.goto("/forgot-password");
    await expect(this.heading).toBeVisible();
  }

  /** Asks for a reset, up to the page that waits for the code. */
  async ask(identifier: string): Promise<void> {
    await this.open();
    await this.identifier.fill(identifier);
    await this.send.click();
    await expect(this.code).toBeVisible();
  }

  /** Opens a link as a person does: in a page that has none of the application yet. */
  async follow(link: string): Promise<void> {
    await this.page.goto("about:blank");
    await this.page.goto(link);
  }
}
