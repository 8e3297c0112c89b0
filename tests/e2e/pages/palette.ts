import { type Page, expect } from "@playwright/test";

/** The command palette. Where names are in another language, its parts are found by their roles. */
export class PaletteDialog {
  readonly dialog;
  readonly field;
  readonly options;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole("dialog").filter({ has: page.getByRole("combobox") });
    this.field = this.dialog.getByRole("combobox");
    this.options = this.dialog.getByRole("option");
  }

  async open(): Promise<void> {
    await this.page.keyboard.press("Control+k");
    await expect(this.field).toBeFocused();
  }

  /** The offers of one kind. */
  group(name: string) {
    return this.dialog.getByRole("group", { name, exact: true }).getByRole("option");
  }

  /** What Enter means. */
  get active() {
    return this.dialog.getByRole("option", { selected: true });
  }
}
