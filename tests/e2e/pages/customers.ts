import { type Page, expect } from "@playwright/test";

/** `/customers`. */
export class CustomersPage {
  readonly heading;
  readonly search;
  readonly table;
  /** How many customers fit. */
  readonly count;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { name: "Customers", level: 1 });
    this.search = page.getByRole("searchbox", { name: "Search customers" });
    this.count = page.getByRole("status").filter({ hasText: /^\d+ customers?$/ });
    this.table = page.getByRole("grid", { name: "Customers" });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/customers${query}`);
    await expect(this.heading).toBeVisible();
  }

  customer(name: string) {
    return this.table.getByRole("link", { name, exact: true });
  }

  /** Searches and waits until the address says that the list is that of `text`. */
  async find(text: string): Promise<void> {
    await this.search.fill(text);
    await expect(this.page).toHaveURL((url) => url.searchParams.get("q") === text);
  }
}
