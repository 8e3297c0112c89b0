import { type Page, expect } from "@playwright/test";

/** `/customers/:id`. */
export class CustomerPage {
  constructor(readonly page: Page) {}

  async open(id: string): Promise<void> {
    await this.page.goto(`/customers/${id}`);
    await expect(this.page.getByRole("heading", { name: "Contacts", level: 2 })).toBeVisible();
  }

  heading(name: string) {
    return this.page.getByRole("heading", { name, level: 1, exact: true });
  }

  /** The part of the record under a heading. */
  part(name: "Contacts" | "Deals" | "Orders" | "Timeline" | "Facts") {
    const heading = this.page.getByRole("heading", { name, level: 2, exact: true });
    return this.page.locator("section").filter({ has: heading }).last();
  }

  entries(name: "Contacts" | "Deals" | "Orders" | "Timeline") {
    return this.part(name).locator(":scope > * > li, :scope > ul > li, :scope > ol > li");
  }
}
