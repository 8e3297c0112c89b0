/** The rules of WCAG 2.2 AA and good practice, as far as a program can judge them. */
import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Notes each broken rule with the places where it is broken, and goes on. Looks at all, or only `within` what is named. */
export const expectAccessible = async (page: Page, screen: string, within?: string): Promise<void> => {
  const judge = new AxeBuilder({ page }).withTags(RULES);
  if (within !== undefined) judge.include(within);
  const { violations } = await judge.analyze();
  const broken = violations.map(({ id, nodes }) => ({
    rule: id,
    places: nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? node.html}`),
  }));
  expect.soft(broken, `${screen}: rules broken`).toEqual([]);
};

/** Nothing needs scrolling sideways, and nobody has to guess that something is there. */
export const expectNoSidewaysScroll = async (page: Page, screen: string): Promise<void> => {
  const overflow = await page.evaluate(() => {
    const { scrollWidth } = document.scrollingElement ?? document.documentElement;
    return scrollWidth - innerWidth;
  });
  expect.soft(overflow, `${screen}: pixels beyond the screen`).toBeLessThanOrEqual(0);
};
