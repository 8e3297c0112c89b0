/**
 * Every part of the design system in every state, looked at by rule and photographed into `results/`. The gallery is not
 * released: it is served from a build of its own.
 */
import { type Locator, type Page, expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "../support/a11y";
import { test } from "../support/fixtures";
import { LOCALES, type Locale, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";
import { DESK, PHONE, THEMES, WINDOWS, ZOOMED, ZOOMED_PHONE, dress } from "../support/views";

test.use({ site: { name: "gallery", gallery: true } });
// Nothing here changes any data.
test.describe.configure({ mode: "parallel" });

const open = async (page: Page, language: string) => {
  await page.goto(`/gallery?lang=${language}`);
  await expect(page.getByRole("heading", { name: "Gallery", level: 1 })).toBeVisible();
  // The last of all parts.
  await expect(page.getByRole("heading", { name: "Mark", exact: true })).toBeVisible();
};

const expectRoom = async (page: Page, view: string, within?: string) => {
  await expectNoSidewaysScroll(page, view);
  await expectTidyText(page, view, within);
};

/** Something that opens: how, what is seen then, what of it is looked at, and how it closes. */
interface Opened {
  what: string;
  show: () => Promise<void>;
  shown: Locator;
  within: string;
  hide?: () => Promise<void>;
}

/** All that opens. The rest of the page is looked at before. */
const everythingThatOpens = (page: Page, locale: Locale): Opened[] => {
  const pressed = (button: string, role: "menu" | "dialog" | "alertdialog", within: string): Opened => ({
    what: button,
    show: () => page.getByRole("button", { name: button, exact: true }).click(),
    shown: page.getByRole(role),
    within,
  });
  const listOf = (part: string): Opened => ({
    what: part,
    show: () => page.locator(`#${part}`).getByRole("combobox", { name: "Filled in" }).press("ArrowDown"),
    shown: page.getByRole("listbox"),
    within: `#${part}`,
  });
  const tip = (button: string): Opened => ({
    what: `Tooltip ${button}`,
    show: () => page.getByRole("button", { name: button, exact: true }).hover(),
    shown: page.getByRole("tooltip").filter({ visible: true }),
    within: "#Tooltip",
    hide: () => page.mouse.move(0, 0),
  });
  return [
    pressed("Open the menu", "menu", "[role=menu]"),
    pressed("By an icon", "menu", "[role=menu]"),
    pressed("Open a dialog", "dialog", "dialog[open]"),
    pressed("Open a question", "alertdialog", "dialog[open]"),
    pressed("Open a sheet", "dialog", "dialog[open]"),
    pressed("Open a palette", "dialog", "dialog[open]"),
    pressed(texts(locale, "parts").grid_columns, "dialog", "dialog[open]"),
    listOf("Combobox"),
    listOf("TagInput"),
    tip("Below"),
    tip("Beside"),
  ];
};

for (const locale of LOCALES) {
  test(`in ${locale} every part follows the rules and has room`, async ({ page }, info) => {
    test.slow();
    await open(page, locale);
    for (const window of WINDOWS) {
      await dress(page, { window });
      for (const theme of THEMES) {
        const view = `${locale}-${theme}-${window.width}`;
        await dress(page, { theme });
        await expectRoom(page, view);
        await expectAccessible(page, view, { colours: theme !== THEMES[0] });
        await page.screenshot({ path: info.outputPath(`${view}.png`), fullPage: true, animations: "disabled" });
      }
    }
  });

  test(`in ${locale} what opens follows the rules and has room, too`, async ({ page }, info) => {
    test.slow();
    await open(page, locale);
    for (const window of [DESK, PHONE]) {
      await dress(page, { window });
      const look = async (what: string, within: string) => {
        for (const theme of THEMES) {
          const view = `${locale}-${theme}-${window.width}-${what.replaceAll(" ", "-").toLowerCase()}`;
          await dress(page, { theme });
          await expectRoom(page, view, within);
          await expectAccessible(page, view, { within, colours: theme !== THEMES[0] });
          await page.screenshot({ path: info.outputPath(`${view}.png`), animations: "disabled" });
        }
      };
      for (const { what, show, shown, within, hide } of everythingThatOpens(page, locale)) {
        await show();
        await expect(shown).toBeVisible();
        await look(what, within);
        await expect(shown, `${what} was open all the time`).toBeVisible();
        await (hide ?? (() => page.keyboard.press("Escape")))();
        await expect(shown).toHaveCount(0);
      }
      await page.locator("#DataGrid").getByRole("row").nth(1).getByRole("checkbox").check();
      await look("selection", ".data-grid__bar");
      await page.getByRole("button", { name: "Send the form" }).click();
      await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeFocused();
      await look("form", "#Form");
      await page.getByRole("button", { name: "Toast: Danger" }).click();
      await look("toast", ".toasts");
    }
  });

  for (const { of, hasTouch, windows } of [
    { of: "a window", hasTouch: false, windows: ZOOMED },
    { of: "a phone", hasTouch: true, windows: [ZOOMED_PHONE] },
  ]) {
    test.describe(`${of} zoomed to 200 %`, () => {
      test.use({ deviceScaleFactor: 2, hasTouch });

      test(`in ${locale} every part still has room`, async ({ page }) => {
        await open(page, locale);
        for (const window of windows) {
          await dress(page, { window });
          await expectRoom(page, `${locale}, ${window.width} px`);
          for (const { what, show, shown, within, hide } of everythingThatOpens(page, locale)) {
            await show();
            await expect(shown).toBeVisible();
            await expectRoom(page, `${locale}, ${window.width} px, ${what}`, within);
            await (hide ?? (() => page.keyboard.press("Escape")))();
            await expect(shown).toHaveCount(0);
          }
        }
      });
    });
  }
}

test("in a language that nobody speaks every text is longer and everything still has room", async ({ page }) => {
  await open(page, "en-XA");
  const retry = page.locator("#ErrorState").getByRole("button");
  await expect(retry).toHaveText(/^\u2068\[Ţŕý áĝáîñ[~·¨]+\]\u2069$/);
  for (const window of WINDOWS) {
    await dress(page, { window });
    await expectRoom(page, `en-XA, ${window.width} px`);
  }
});
