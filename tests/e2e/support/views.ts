/** In which windows and which themes everything is looked at, and how a page that is open changes from one to another. */
import { type Page, type ViewportSize } from "@playwright/test";

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const DESK: ViewportSize = { width: 1280, height: 800 };
const TABLET: ViewportSize = { width: 768, height: 1_200 };
/** As narrow as phones are, and so tall that nothing lies half under the bottom bar, where it would count as too small a target only until it is scrolled. */
const TALL_PHONE: ViewportSize = { width: 360, height: 6_000 };
/** As phones are, for what fills the window. */
export const PHONE: ViewportSize = { width: 360, height: 800 };

export const WINDOWS = [DESK, TABLET, TALL_PHONE];

/** Zoomed to 200 %, a window has half the room. Less than 320 px nobody has to expect: WCAG 2.2, 1.4.10. */
const ZOOMED_WIDTHS = [640, 384, 320];
export const ZOOMED = ZOOMED_WIDTHS.map((width) => ({ width, height: 800 }));
/** That is what is left of the narrowest phone, which nobody would have to expect; but people do it. */
export const ZOOMED_PHONE: ViewportSize = { width: PHONE.width / 2, height: PHONE.height / 2 };

/** Gives the open page another theme, another window or both, and waits until it is drawn. */
export const dress = async (page: Page, { theme, window }: { theme?: Theme; window?: ViewportSize }): Promise<void> => {
  if (theme !== undefined) await page.emulateMedia({ colorScheme: theme });
  if (window !== undefined) await page.setViewportSize(window);
  // What observes sizes answers within the next frame, and what it changes is drawn in the one after it.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
};
