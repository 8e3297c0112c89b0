import { type Page, expect } from "@playwright/test";

/** `/customers/new` and `/customers/:id/edit`. */
export class CustomerFormPage {
  readonly name;
  readonly town;
  readonly save;

  constructor(readonly page: Page) {
    this.name = this.field("Name");
    this.town = this.field("Town");
    this.save = page.getByRole("button", { name: "Save customer" });
  }

  async edit(id: string): Promise<void> {
    await this.page.goto(`/customers/${id}/edit`);
    await expect(this.name).not.toHaveValue("");
  }

  async create(): Promise<void> {
    await this.page.goto("/customers/new");
    await expect(this.name).toBeVisible();
  }

  field(name: string) {
    return this.page.getByRole("textbox", { name, exact: true });
  }

  /** The list of what is wrong. */
  get summary() {
    return this.page.getByRole("group", { name: /need(s)? attention/ });
  }

  get restored() {
    return this.page.getByText("This is what you entered before and had not saved.");
  }

  /** What is kept of the form on the device, encrypted. */
  draft(id: string): Promise<string | null> {
    return this.page.evaluate((key) => sessionStorage.getItem(key), `portico.draft.customer-${id}`);
  }
}
