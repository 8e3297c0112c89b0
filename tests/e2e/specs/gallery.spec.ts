/**
 * Every part of the design system in every state, looked at by rule and photographed into `results/`. The gallery is not
 * released: it is served from a build of its own.
 */
import { type Page, expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "../support/a11y";
import { test } from "../support/fixtures";
import { LOCALES } from "../support/texts";

test.use({ site: { name: "gallery", gallery: true } });
// Nothing here changes any data.
test.describe.configure({ mode: "parallel" });

const THEMES = ["light", "dark"] as const;
const WIDTHS = [360, 768, 1280];

/** What opens, by the button that opens it. The rest of the page has been looked at before. */
const OPENED = [
  ["Open the menu", "menu", "[role=menu]"],
  ["Open a dialog", "dialog", "dialog[open]"],
  ["Open a question", "alertdialog", "dialog[open]"],
  ["Open a sheet", "dialog", "dialog[open]"],
  ["Open a palette", "dialog", "dialog[open]"],
] as const;

const open = async (page: Page, language: string) => {
  await page.goto(`/gallery?lang=${language}`);
  await expect(page.getByRole("heading", { name: "Gallery", level: 1 })).toBeVisible();
  // The last of all parts.
  await expect(page.getByRole("heading", { name: "Mark", exact: true })).toBeVisible();
};

const dress = async (page: Page, colorScheme: (typeof THEMES)[number], width: number) => {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
};

for (const locale of LOCALES) {
  test(`in ${locale} no part breaks a rule or needs scrolling sideways`, async ({ page }, info) => {
    test.slow();
    await open(page, locale);
    for (const theme of THEMES) {
      for (const width of WIDTHS) {
        const view = `${locale}-${theme}-${width}`;
        await dress(page, theme, width);
        await expectAccessible(page, view);
        await expectNoSidewaysScroll(page, view);
        await page.screenshot({ path: info.outputPath(`${view}.png`), fullPage: true, animations: "disabled" });
      }
    }
  });

  test(`in ${locale} what opens breaks no rule either`, async ({ page }, info) => {
    test.slow();
    await open(page, locale);
    for (const [theme, width] of [
      ["light", 1280],
      ["dark", 360],
    ] as const) {
      await dress(page, theme, width);
      const look = async (what: string, within?: string) => {
        const view = `${locale}-${theme}-${width}-${what.replaceAll(" ", "-").toLowerCase()}`;
        await expectAccessible(page, view, within);
        await page.screenshot({ path: info.outputPath(`${view}.png`), animations: "disabled" });
      };
      for (const [button, role, within] of OPENED) {
        await page.getByRole("button", { name: button, exact: true }).click();
        await expect(page.getByRole(role)).toBeVisible();
        await look(button, within);
        await page.keyboard.press("Escape");
        await expect(page.getByRole(role)).toHaveCount(0);
      }
      for (const field of ["Combobox", "TagInput"]) {
        const input = page.locator(`#${field}`).getByRole("combobox", { name: "Filled in" });
        await input.press("ArrowDown");
        await expect(page.getByRole("listbox")).toBeVisible();
        await look(field, `#${field}`);
        await input.press("Escape");
        await expect(page.getByRole("listbox")).toHaveCount(0);
      }
      await page.getByRole("button", { name: "Send the form" }).click();
      await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeFocused();
      await page.getByRole("button", { name: "Toast: Danger" }).click();
      await look("form and toast", "#Form, .toasts");
    }
  });
}

test("in a language that nobody speaks every text is longer and everything still has room", async ({ page }) => {
  await open(page, "en-XA");
  const retry = page.locator("#ErrorState").getByRole("button");
  await expect(retry).toHaveText(/^\u2068\[Ţŕý áĝáîñ[~·¨]+\]\u2069$/);
  for (const width of WIDTHS) {
    await dress(page, "light", width);
    await expectNoSidewaysScroll(page, `en-XA, ${width}`);
  }
});
