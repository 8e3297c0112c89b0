import { type Page } from "@playwright/test";

/** The field on every page where a password is chosen. */
export class NewPasswordField {
  readonly input;
  readonly meter;
  readonly rules;

  constructor(readonly page: Page) {
    this.input = page.getByLabel("New password", { exact: true });
    this.meter = page.getByRole("meter", { name: "Password strength" });
    this.rules = page.getByRole("list", { name: "What it needs" });
  }

  /** The line of the checklist with `text`. */
  rule(text: string) {
    return this.rules.getByRole("listitem").filter({ hasText: text });
  }
}
