/** The application on the device: it starts without a network, keeps nothing of the API, and a new build waits to be asked. */
import type { BrowserContext, Page } from "@playwright/test";
import { buildOf, publish } from "../support/builds";
import { expect, test } from "../support/fixtures";

test.use({ site: { name: "offline", ownSite: true }, serviceWorkers: "allow" });

const OFFLINE = "You are offline. It goes on as soon as there is a connection.";
const NEW_VERSION = "A new version is ready. Load the page again when it suits you.";

/** Waits until every file of the build is kept and no other worker is about to take over. */
const kept = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return [registration?.installing, registration?.waiting, registration?.active].map((worker) => worker?.state);
      }),
    )
    .toEqual([undefined, undefined, "activated"]);

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());

const runningBuild = (page: Page) =>
  page.evaluate(() => document.getElementById("boot")?.dataset.js?.split("/")[2]);

/** What happens when a person comes back to the tab. */
const lookAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));

/** Takes the network away and loads `address` anew. The emulation does not tell a new document that it is offline. */
const startOffline = async (context: BrowserContext, page: Page, address: string) => {
  await context.setOffline(true);
  await page.addInitScript(() => {
    let onLine = false;
    Object.defineProperty(navigator, "onLine", { get: () => onLine });
    window.addEventListener("online", () => {
      onLine = true;
    });
  });
  await page.goto(address);
};

/** Gives the network back. */
const goOnline = async (context: BrowserContext, page: Page) => {
  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
};

test("after one visit the sign-in starts without a network and says so", async ({ context, page, signInPage, witness }) => {
  await signInPage.open();
  await kept(page);
  witness.excuseSilence();
  await startOffline(context, page, "/login");
  await expect(signInPage.submit).toBeVisible();
  await expect(page.getByText(OFFLINE)).toBeVisible();
  await signInPage.fill("half a na", "half a pass");
  await goOnline(context, page);
  await expect(page.getByText(OFFLINE)).toHaveCount(0);
  await expect(signInPage.identifier).toHaveValue("half a na");
});

test("a page behind the sign-in starts without a network and goes on with one", async ({ context, page, shell, signInPage, witness }) => {
  await signInPage.signIn();
  await kept(page);
  witness.excuseSilence();
  await startOffline(context, page, "/customers");
  await expect(page.getByText(OFFLINE)).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await goOnline(context, page);
  await expect(shell.heading("Customers")).toBeVisible();
});

test("a backend that is gone leaves a page that waits for it", async ({ backend, page, shell, signInPage, witness }) => {
  await signInPage.signIn();
  await kept(page);
  witness.excuseSilence();
  await backend.kill();
  await page.reload();
  await expect(page.getByText("The server cannot be reached")).toBeVisible();
  await backend.run();
  await expect(shell.heading("Today")).toBeVisible();
});

test("only files of the build are kept, whatever was looked at", async ({ backend, customers, page, shell, signInPage }) => {
  await signInPage.signIn();
  await kept(page);
  await page.reload();
  await shell.go("Customers");
  await expect(customers.table).toBeVisible();
  await shell.go("Pipeline");
  const stored = await page.evaluate(async () => {
    const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map((request) => new URL(request.url).pathname);
  });
  const own = new RegExp(`^/(|config\\.json|favicon\\.svg|assets/${buildOf(backend.site)}/[\\w.]+|locales/[\\w-]+/\\w+\\.[0-9a-f]{16}\\.json)$`);
  expect(stored.length).toBeGreaterThan(10);
  expect(stored.filter((path) => !own.test(path))).toEqual([]);
});

test("a new build is offered, never forced, and the old one's files stay while a page runs it", async ({
  backend,
  context,
  customers,
  page,
  shell,
  signInPage,
}) => {
  const [first, second, third] = [buildOf(backend.site), "00000000000000a2", "00000000000000a3"];
  const notice = page.getByText(NEW_VERSION);
  await signInPage.signIn();
  await kept(page);
  const other = await context.newPage();
  await other.goto("/customers");
  await expect(other.getByRole("heading", { name: "Customers", level: 1 })).toBeVisible();

  publish(backend.site, second);
  await shell.go("Customers");
  await customers.search.fill("not to be lost");
  await expect(notice).toHaveCount(0);
  await lookAgain(page);
  await expect(notice).toBeVisible();
  await expect(customers.search).toHaveValue("not to be lost");
  expect(await runningBuild(page)).toBe(first);

  await page.getByRole("button", { name: "Load the page again" }).click();
  await expect.poll(() => runningBuild(page)).toBe(second);
  await expect(notice).toHaveCount(0);
  await expect.poll(() => cacheNames(page)).toContain(`portico-${second}`);
  await kept(page);
  expect(await cacheNames(page)).toEqual([`portico-${first}`, `portico-${second}`]);

  await other.close();
  publish(backend.site, third);
  await page.reload();
  await expect.poll(() => cacheNames(page)).toEqual([`portico-${third}`]);
});
