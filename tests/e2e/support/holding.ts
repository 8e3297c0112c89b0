/** Requests that are held back, for what a person does while an answer is on its way. */
import type { Page, Request } from "@playwright/test";

interface Held {
  /** The first request that was held back. */
  sent: Promise<Request>;
  /** Lets it and all others go, now and from now on. */
  letThrough: () => void;
}

interface Which {
  /** The method they have. */
  method?: string;
  /** How many pass before. */
  after?: number;
}

/** Holds back what `page` asks of the API's `path`: a pattern, or what says so. */
export const holdBack = async (
  page: Page,
  path: string | ((url: URL) => boolean),
  { method, after = 0 }: Which = {},
): Promise<Held> => {
  let passed = 0;
  let [letThrough, tell] = [(): void => undefined, (_: Request): void => undefined];
  const released = new Promise<void>((resolve) => (letThrough = resolve));
  const sent = new Promise<Request>((resolve) => (tell = resolve));
  await page.route(typeof path === "string" ? `**/api/v1${path}` : path, async (route) => {
    const request = route.request();
    const isMeant = method === undefined || request.method() === method;
    if (isMeant) passed += 1;
    if (isMeant && passed > after) {
      tell(request);
      await released;
    }
    // The page may have dropped the question by now.
    await route.continue().catch(() => undefined);
  });
  return { sent, letThrough };
};
