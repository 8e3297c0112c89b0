/** The rules of WCAG 2.2 AA and good practice, as far as a program can judge them. */
import axe from "axe-core";
import { type Page, expect } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules that look at colours. All others say the same in either theme. */
const RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"];

interface Scope {
  /** Looks only at the first that this selector finds, and all within. */
  within?: string;
  /** Only what may differ when nothing but the colours has changed. */
  colours?: boolean;
}

/** Notes each broken rule with the places where it is broken, and goes on. */
export const expectAccessible = async (page: Page, screen: string, { within, colours = false }: Scope = {}): Promise<void> => {
  // Once a document: making a judge costs as much as half a judgement.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const runOnly: axe.RunOnly = colours ? { type: "rule", values: RULES_OF_COLOUR } : { type: "tag", values: RULES };
  const broken = await page.evaluate(
    async ({ runOnly, within }) => {
      const { violations } = await axe.run(within ?? document, { runOnly, resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => ({
        rule: id,
        places: nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? node.html}`),
      }));
    },
    { runOnly, within },
  );
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
