import { type Page, expect } from "@playwright/test";
import { SALES } from "../support/accounts";

/** The frame around every page behind the sign-in. */
export class Shell {
  readonly navigation;

  constructor(readonly page: Page) {
    this.navigation = page.getByRole("navigation", { name: "Main" });
  }

  async go(to: "Today" | "Customers" | "Pipeline"): Promise<void> {
    await this.navigation.getByRole("link", { name: to }).click();
    await expect(this.heading(to)).toBeVisible();
  }

  heading(name: string) {
    return this.page.getByRole("heading", { name, level: 1 });
  }

  account(name: string = SALES.name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Chooses `item` in the menu named after the person. */
  async choose(item: string, role: "menuitem" | "menuitemradio" = "menuitem"): Promise<void> {
    await this.account().click();
    await this.page.getByRole(role, { name: item, exact: true }).click();
  }

  async signOut(): Promise<void> {
    await this.choose("Sign out");
    await expect(this.page).toHaveURL(/\/login$/);
  }
}
