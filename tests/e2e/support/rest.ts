/** The sign-in page fetches the help and the regions once it has rested for a while; no test has to wait for that. */
import { type Page, expect } from "@playwright/test";

/** As long as the sign-in itself comes first, in milliseconds. */
const PAUSE_MS = 8_000;

/** Puts a clock into the page that can be moved on. Before the page is loaded. */
export const holdClock = (page: Page): Promise<void> => page.clock.install();

/** Lets the sign-in page, which is open, rest until it fetches the rest. */
export const rest = async (page: Page): Promise<void> => {
  await expect(page.locator("#early")).toHaveCount(0);
  await page.clock.fastForward(PAUSE_MS);
};
