/** Every screen in one language: in both themes, on a phone, a tablet and a desk, and zoomed. */
import { expectAccessible, expectNoSidewaysScroll } from "./a11y";
import { test } from "./fixtures";
import type { Locale } from "./texts";
import { expectTidyText } from "./tidiness";
import { tour } from "./tour";

// As narrow as phones are, and so tall that nothing lies half under the bottom bar, where it would count as too small
// a target only until it is scrolled.
const PHONE = { width: 360, height: 6_000 };
const TABLET = { width: 768, height: 1_200 };
const DESK = { width: 1280, height: 800 };

/** Zoomed to 200 %, a window has half the room. Less than 320 px nobody has to expect: WCAG 2.2, 1.4.10. */
const ZOOMED = [640, 384, 320];

/** Each language is a file of its own, so that they run beside each other. */
export const everyScreenIn = (locale: Locale): void => {
  // Nothing here changes any data.
  test.describe.configure({ mode: "parallel" });

  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [PHONE, TABLET, DESK]) {
      test.describe(`${locale}, ${colorScheme}, ${viewport.width} px wide`, () => {
        test.use({ locale, colorScheme, viewport });

        test("no screen breaks a rule, needs scrolling sideways or cuts text off", async ({ api, page }) => {
          test.slow();
          await tour(page, api, locale, async (screen) => {
            await expectAccessible(page, screen);
            await expectNoSidewaysScroll(page, screen);
            await expectTidyText(page, screen);
          });
        });
      });
    }
  }

  for (const width of ZOOMED) {
    test.describe(`${locale}, zoomed to 200 %, room for ${width} px`, () => {
      test.use({ locale, viewport: { width, height: 800 }, deviceScaleFactor: 2 });

      test("nothing needs scrolling sideways, is cut off or lies on something else", async ({ api, page }) => {
        test.slow();
        await tour(page, api, locale, async (screen) => {
          await expectNoSidewaysScroll(page, screen);
          await expectTidyText(page, screen);
        });
      });
    });
  }
};
