/**
 * Every screen in one language: in both themes, on a phone, a tablet and a desk, and zoomed. A screen is opened once and
 * then changes its theme and its window, as it does when a person turns the device or the evening comes.
 */
import { type Locator, type Page, expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./a11y";
import { test } from "./fixtures";
import type { Locale } from "./texts";
import { expectTidyText } from "./tidiness";
import { tour } from "./tour";
import { THEMES, WINDOWS, ZOOMED, ZOOMED_PHONE, dress } from "./views";

/** What is laid out by width, not by colour. */
const expectRoom = async (page: Page, view: string, shown: Locator): Promise<void> => {
  // Nothing was lost on the way from one window to the next.
  await expect(shown, view).toBeVisible();
  await expectNoSidewaysScroll(page, view);
  await expectTidyText(page, view);
};

/** Each language is a file of its own, so that they run beside each other. */
export const everyScreenIn = (locale: Locale): void => {
  // Nothing here changes any data.
  test.describe.configure({ mode: "parallel" });
  test.use({ locale });

  test(`in ${locale} no screen breaks a rule, needs scrolling sideways or cuts text off, zoomed or not`, async ({ api, page }) => {
    test.slow();
    await tour(page, api, locale, async (screen, shown, open) => {
      for (const window of ZOOMED) {
        await dress(page, { window });
        await open?.();
        await expectRoom(page, `${screen}, ${window.width} px`, shown);
      }
      // The tallest is the last: the next screen opens in it, and nothing of it is scrolled away.
      for (const window of WINDOWS) {
        await dress(page, { window });
        await open?.();
        for (const theme of THEMES) {
          const view = `${screen}, ${theme}, ${window.width} px`;
          await dress(page, { theme });
          await expectRoom(page, view, shown);
          await expectAccessible(page, view, { colours: theme !== THEMES[0] });
        }
      }
    });
  });

  test.describe("a phone zoomed to 200 %", () => {
    test.use({ deviceScaleFactor: 2, hasTouch: true });

    test(`in ${locale} nothing needs scrolling sideways, is cut off or lies on something else`, async ({ api, page }) => {
      test.slow();
      await tour(page, api, locale, async (screen, shown, open) => {
        await dress(page, { window: ZOOMED_PHONE });
        await open?.();
        await expectRoom(page, `${screen}, ${ZOOMED_PHONE.width} px`, shown);
      });
    });
  });
};
