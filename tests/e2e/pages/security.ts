import { type Page, expect } from "@playwright/test";
import { NewPasswordField } from "./new-password";

/** `/account/security`. */
export class SecurityPage {
  readonly heading;
  readonly current;
  readonly next;
  readonly endOthers;
  readonly submit;
  readonly changed;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { name: "Security", level: 1 });
    this.current = page.getByLabel("Current password", { exact: true });
    this.next = new NewPasswordField(page);
    this.endOthers = page.getByRole("checkbox", { name: "Sign out everywhere else" });
    this.submit = page.getByRole("button", { name: "Change password" });
    this.changed = page.getByText("Your password is changed.");
  }

  async open(): Promise<void> {
    await this.page.goto("/account/security");
    await expect(this.heading).toBeVisible();
  }

  async fill(current: string, next: string): Promise<void> {
    await this.current.fill(current);
    await this.next.input.fill(next);
  }
}
