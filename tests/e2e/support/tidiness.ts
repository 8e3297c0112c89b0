/** What a program can see of a layout that does not fit: text that is cut off, and text that lies on other text. */
import { type Page, expect } from "@playwright/test";

/** Notes each text that is cut off or lies on another one, and goes on. Looks at all, or only `within` what is named. */
export const expectTidyText = async (page: Page, screen: string, within = "body"): Promise<void> => {
  const found = await page.evaluate(untidyTexts, within);
  expect.soft(found, `${screen}: text that is cut off or lies on other text`).toEqual([]);
};

/** Runs in the page. */
const untidyTexts = (within: string): string[] => {
  /** Less than this is a matter of rounding. */
  const SLACK = 2;
  const words = (text: string) => text.trim().replace(/\s+/g, " ").slice(0, 40);

  interface Text {
    node: Node;
    element: Element;
    layer: Element | null;
    box: DOMRect;
    text: string;
  }

  const isShown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest(".visually-hidden, [aria-hidden=true], [inert]") === null;

  /** What lies above the page on purpose, and may cover it, but nothing of itself; nothing if `element` lies in the page. */
  const layerOf = (element: Element): Element | null => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const { position } = getComputedStyle(at);
      if (position === "fixed" || position === "sticky") return at;
      if (at.matches("dialog, [popover], [role=menu], [role=tooltip], [role=listbox]")) return at;
    }
    return null;
  };

  /** Whether somebody cuts this text off on purpose and says so with an ellipsis, or lets it be scrolled to. */
  const clippedBy = (element: Element, box: DOMRect): Element | null => {
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const bounds = at.getBoundingClientRect();
      // Said to screen readers only.
      if (bounds.width <= 1 || bounds.height <= 1) return null;
      const scrolls = [style.overflowX, style.overflowY].some((it) => it === "auto" || it === "scroll");
      if (scrolls) return null;
      if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") return null;
      if (style.overflowX === "hidden" || style.overflowX === "clip") {
        if (box.right > bounds.right + SLACK || box.left < bounds.left - SLACK) return at;
      }
      if (style.overflowY === "hidden" || style.overflowY === "clip") {
        if (box.bottom > bounds.bottom + SLACK || box.top < bounds.top - SLACK) return at;
      }
    }
    return null;
  };

  const texts: Text[] = [];
  const problems: string[] = [];
  const roots = [...document.querySelectorAll(within)];
  if (roots.length === 0) problems.push(`there is no ${within}`);
  const nodes = roots.flatMap((root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found: Node[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) found.push(node);
    return found;
  });
  for (const node of nodes) {
    const element = node.parentElement;
    const text = words(node.textContent ?? "");
    if (element === null || text === "" || !isShown(element)) continue;
    if (element.closest("script, style, option, noscript") !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const clipper = clippedBy(element, box);
      if (clipper !== null) problems.push(`"${text}" is cut off by ${clipper.tagName}.${clipper.className}`);
      texts.push({ node, element, layer: layerOf(element), box, text });
    }
  }
  /** Only what can be seen of a box: the rest is scrolled away. */
  const visible = ({ element, box }: Text): DOMRect | null => {
    let { left, right, top, bottom } = box;
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const bounds = at.getBoundingClientRect();
      left = Math.max(left, bounds.left);
      right = Math.min(right, bounds.right);
      top = Math.max(top, bounds.top);
      bottom = Math.min(bottom, bounds.bottom);
    }
    return right - left > SLACK && bottom - top > SLACK ? new DOMRect(left, top, right - left, bottom - top) : null;
  };
  const seen = texts
    .map((text) => ({ ...text, box: visible(text) }))
    .filter((text): text is Text => text.box !== null)
    .sort((one, other) => one.box.top - other.box.top);
  seen.forEach((one, index) => {
    for (const other of seen.slice(index + 1)) {
      if (other.box.top >= one.box.bottom - SLACK) break;
      if (one.node === other.node || one.layer !== other.layer) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Lines of one paragraph may touch each other's boxes.
      const isOneParagraph = one.element.contains(other.element) || other.element.contains(one.element);
      if (across > SLACK && down > (isOneParagraph ? one.box.height / 2 : SLACK + 2)) {
        problems.push(`"${one.text}" lies on "${other.text}"`);
      }
    }
  });
  return [...new Set(problems)].slice(0, 10);
};
