/** Whether a page stays where it is while what it fetches arrives: nobody presses what has just moved under the finger. */
import { type Page, expect } from "@playwright/test";

/** A control that moved, and where from and to. */
type Move = string;

declare global {
  interface Window {
    moved: Move[];
  }
}

/** How long each answer takes to arrive, in milliseconds: long enough for what comes before it to be drawn. */
const LATENCY = 150;

/** Slows the network of `page` down, and notes from here on what moves by itself. */
export const watchMoves = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const unlimited = { downloadThroughput: -1, uploadThroughput: -1 };
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: LATENCY, ...unlimited });
  await page.addInitScript(noteMoves);
};

/** Waits until what the page has now is on the screen. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))));

/** Fails if a control of the page moved by itself since the page was loaded. */
export const expectSteady = async (page: Page, screen: string): Promise<void> => {
  // What moved last is told after the frame in which it did.
  await drawn(page);
  const moved = await page.evaluate(() => new Promise<Move[]>((told) => setTimeout(() => told(window.moved))));
  expect.soft(moved, `${screen}: what moved by itself`).toEqual([]);
};

/** Runs in the page. Layout Instability: https://wicg.github.io/layout-instability/ */
const noteMoves = (): void => {
  interface Shift extends PerformanceEntry {
    hadRecentInput: boolean;
    sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
  }
  const CONTROLS = "a[href], button, input, select, textarea, summary";
  const at = ({ x, y }: DOMRectReadOnly) => `${Math.round(x)},${Math.round(y)}`;
  /** The controls that the last frame showed, and those that the next one will show. */
  let [shown, coming] = [new Set<Element>(), new Set<Element>()];
  const look = () => {
    [shown, coming] = [coming, new Set(document.querySelectorAll(CONTROLS))];
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries() as Shift[]) {
      // An answer to what the person does may move what is below it.
      if (shift.hadRecentInput) continue;
      for (const { node, previousRect, currentRect } of shift.sources) {
        if (!(node instanceof Element)) continue;
        // What came with the shift could not be aimed at.
        const control = [node, ...node.querySelectorAll(CONTROLS)].find((it) => shown.has(it));
        if (control === undefined) continue;
        const name = control.textContent?.trim() || control.getAttribute("name") || control.tagName;
        window.moved.push(`${node.className}: ${name.slice(0, 40)} from ${at(previousRect)} to ${at(currentRect)}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
};
