/** Watches every page of a browser context for what must never happen, and remembers what was asked and said. */
import { type BrowserContext, type Page, type Request, expect } from "@playwright/test";

/** Said in every test that keeps the service worker out (playwright.config.ts). */
const WORKER_KEPT_OUT = "Service Worker registration blocked by Playwright";

export class Witness {
  /** Every request of every page, in order. */
  readonly requests: Request[] = [];
  /** Everything any page wrote to its console. */
  readonly said: string[] = [];
  private readonly complaints: string[] = [];
  private readonly excused: RegExp[] = [];

  private constructor(private readonly origin: string) {}

  static async watch(context: BrowserContext, origin: string): Promise<Witness> {
    const witness = new Witness(origin);
    // The browser says little about a violation by itself; this names the rule and the place.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`violation of ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
      });
    });
    context.on("console", (message) => witness.hear(message.type(), message.text(), message.location().url));
    context.on("weberror", (error) => witness.complaints.push(`uncaught: ${error.error().message}`));
    context.on("request", (request) => witness.note(request));
    return witness;
  }

  /** Lets a test provoke what is an error everywhere else. */
  excuse(...patterns: RegExp[]): void {
    this.excused.push(...patterns);
  }

  /** Lets a test take the backend or the network away. */
  excuseSilence(): void {
    // What loads the application's parts says so, too, when one of them could not be fetched.
    this.excuse(
      /^error: Failed to load resource: net::ERR_/,
      /^error: TypeError: Failed to fetch/,
      /^error: TypeError: WebAssembly compilation aborted: Network error/,
    );
  }

  /** Lets a test be refused with `status`. */
  excuseStatus(status: number): void {
    this.excuse(new RegExp(`^error: Failed to load resource: the server responded with a status of ${status} `));
  }

  /** The requests to the API's `path` so far. */
  callsTo(method: string, path: string): Request[] {
    return this.requests.filter((request) => {
      const url = new URL(request.url());
      return request.method() === method && url.pathname === `/api/v1${path}`;
    });
  }

  /** Fails if anything was seen that no test asked for. */
  testify(): void {
    const unexcused = this.complaints.filter((complaint) => !this.excused.some((it) => it.test(complaint)));
    expect(unexcused, "errors, violations and foreign requests").toEqual([]);
  }

  private hear(type: string, text: string, url: string): void {
    this.said.push(text);
    if (text === WORKER_KEPT_OUT) return;
    if (["error", "warning", "assert"].includes(type)) this.complaints.push(`${type}: ${text} at ${url}`);
  }

  private note(request: Request): void {
    this.requests.push(request);
    if (new URL(request.url()).origin !== this.origin) this.complaints.push(`foreign: ${request.url()}`);
  }
}

/** Everything a page's own scripts could find stored in the browser. */
export const storedIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: databases.map((database) => database.name),
      caches: await caches.keys(),
      history: history.state as unknown,
      cookies: document.cookie,
      window: window.name,
    });
  });
