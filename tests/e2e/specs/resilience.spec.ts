/** The backend dies, the network goes, several tabs are open: nothing acknowledged and nothing typed is lost. */
import type { BrowserContext, Page } from "@playwright/test";
import { CustomersPage } from "../pages/customers";
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { holdBack } from "../support/holding";
import { movableDeal } from "../support/samples";

test.use({ site: { name: "resilience" } });

test.afterEach(async ({ api, backend }) => {
  // A test that failed half way must not take the others with it.
  if (!(await api.isUp())) {
    await backend.kill();
    await backend.run();
  }
});

test("a backend killed in the middle of a move loses no acknowledged one", async ({
  api,
  backend,
  page,
  pipeline,
  signInPage,
  witness,
}) => {
  const { deal, from, to, board } = await movableDeal(api);
  const acknowledged = board.columns[1].deals[0];
  const third = board.pipeline.stages[2];
  await signInPage.signIn();
  await pipeline.open();
  await pipeline.drag(acknowledged, to.name.default, third.name.default);
  await expect(pipeline.toast(`${acknowledged.name} is now in ${third.name.default}`)).toBeVisible();

  witness.excuseSilence();
  backend.pause();
  const sent = page.waitForRequest((request) => request.url().endsWith(`/deals/${deal.id}/move`));
  await pipeline.drag(deal, from.name.default, third.name.default);
  await sent;
  await backend.kill();
  const failure = page.locator(".toast").filter({ hasText: `stays in ${from.name.default}` });
  await expect(failure).toBeVisible();
  await expect(pipeline.card(deal, from.name.default)).toBeVisible();

  // A message that is being looked at stays.
  await failure.hover();
  await backend.run();
  await failure.getByRole("button", { name: "Try again" }).click();
  await expect(pipeline.toast(`${deal.name} is now in ${third.name.default}`)).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(third.id);
  expect((await api.deal(acknowledged.id)).stage_id).toBe(third.id);
});

test("a move goes on when the board is left, and can be taken back from wherever one is", async ({
  api,
  page,
  pipeline,
  shell,
  signInPage,
}) => {
  const { deal, from, to } = await movableDeal(api);
  await signInPage.signIn();
  await pipeline.open();
  const { letThrough, sent } = await holdBack(page, "/deals/*/move");
  await pipeline.drag(deal, from.name.default, to.name.default);
  await sent;
  await shell.go("Customers");
  letThrough();
  await expect(pipeline.toast(`${deal.name} is now in ${to.name.default}`)).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(to.id);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(pipeline.toast(`${deal.name} is back in ${from.name.default}`)).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(from.id);
});

test("a move that fails after the board is left can be tried again from wherever one is", async ({
  api,
  page,
  pipeline,
  shell,
  signInPage,
  witness,
}) => {
  witness.excuse(/net::ERR_FAILED/);
  const { deal, from, to } = await movableDeal(api);
  await signInPage.signIn();
  await pipeline.open();
  let fail = () => {};
  const failing = new Promise<void>((resolve) => (fail = resolve));
  const sent = page.waitForRequest("**/api/v1/deals/*/move");
  await page.route(
    "**/api/v1/deals/*/move",
    async (route) => {
      await failing;
      await route.abort();
    },
    { times: 1 },
  );
  await pipeline.drag(deal, from.name.default, to.name.default);
  await sent;
  await shell.go("Customers");
  fail();
  const failure = page.locator(".toast").filter({ hasText: `${deal.name} stays in ${from.name.default}` });
  await failure.getByRole("button", { name: "Try again" }).click();
  await expect(pipeline.toast(`${deal.name} is now in ${to.name.default}`)).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(to.id);
});

test("what was typed into the search outlives the backend", async ({
  api,
  backend,
  customers,
  page,
  shell,
  signInPage,
  witness,
}) => {
  const { items } = await api.customers({ q: "wh" });
  await signInPage.signIn();
  await shell.go("Customers");
  await expect(customers.table).toBeVisible();
  witness.excuseSilence();
  await backend.kill();
  await customers.find("wh");
  await expect(page.getByText("The server cannot be reached")).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(customers.search).toHaveValue("wh");
  await backend.run();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The server cannot be reached")).toHaveCount(0);
  await expect(customers.search).toHaveValue("wh");
  await expect(customers.table.getByRole("row").nth(1)).toContainText(items[0].name);
});

test("the sign-in form keeps what was typed while the server is away", async ({ backend, shell, signInPage, witness }) => {
  witness.excuseSilence();
  await signInPage.open();
  await signInPage.ready();
  await signInPage.fill(SALES.email, PASSWORD);
  await backend.kill();
  await signInPage.submit.click();
  await expect(signInPage.refusal).toContainText("The server cannot be reached");
  await expect(signInPage.identifier).toHaveValue(SALES.email);
  await expect(signInPage.password).toHaveValue(PASSWORD);
  await backend.run();
  await signInPage.submit.click();
  await expect(shell.heading("Today")).toBeVisible();
});

test("a reload while the server is away waits for it and stays signed in", async ({ context, page, shell, signInPage, witness }) => {
  await signInPage.signIn();
  witness.excuse(/net::ERR_FAILED|status of 503/);
  await context.route("**/api/v1/**", (route) => route.abort());
  await page.reload();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await context.unroute("**/api/v1/**");
  await expect(shell.heading("Today")).toBeVisible();
  await expect(shell.account()).toBeVisible();
});

test("signing out in one tab takes the other along at once", async ({ api, context, page, shell, signInPage }) => {
  await signInPage.signIn();
  const { customers: seen, tab } = await secondTab(context.newPage());
  const { items } = await api.customers({ limit: "1" });
  await expect(seen.customer(items[0].name)).toBeVisible();
  await shell.signOut();
  await expect(tab).toHaveURL(/\/login$/);
  await expect(tab.getByText("You signed out in another tab.")).toBeVisible();
  await expect(tab.getByText(items[0].name)).toHaveCount(0);
  await expect(page.getByText("You are signed out.")).toBeVisible();
});

test("signing in in one tab lets the other in", async ({ context, page, shell, signInPage }) => {
  const waiting = await context.newPage();
  await waiting.goto("/login");
  await expect(waiting.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await signInPage.signIn();
  await expect(waiting.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  await expect(shell.account()).toBeVisible();
  await expect(page).toHaveURL("/");
});

test("two tabs reloaded at the same moment both stay signed in", async ({ context, page, shell, signInPage }) => {
  await signInPage.signIn();
  const { tab } = await secondTab(context.newPage());
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([page.reload(), tab.reload()]);
    await expect(shell.heading("Today")).toBeVisible();
    await expect(tab.getByRole("heading", { name: "Customers", level: 1 })).toBeVisible();
  }
});

test("a page kept for Back shows nothing once the session has ended", async ({ context, customers, page, signInPage }) => {
  await signInPage.signIn();
  await customers.open();
  await expect(customers.table).toBeVisible();
  await endSessionUnheard(context);
  // The documents are never stored, so today's browsers keep none; one that does says so with this event.
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect(signInPage.heading).toBeVisible();
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await expect(customers.table).toHaveCount(0);
});

test("Back from another document shows nothing once the session has ended", async ({ context, customers, page, signInPage }) => {
  await signInPage.signIn();
  await customers.open();
  await expect(customers.table).toBeVisible();
  await page.goto("/api/v1/health");
  await endSessionUnheard(context);
  await page.goBack();
  await expect(signInPage.heading).toBeVisible();
  await expect(customers.table).toHaveCount(0);
});

test("a double click signs in once", async ({ shell, signInPage, witness }) => {
  await signInPage.open();
  await signInPage.fill(SALES.email, PASSWORD);
  await signInPage.submit.dblclick();
  await expect(shell.heading("Today")).toBeVisible();
  expect(witness.callsTo("POST", "/auth/sign-in")).toHaveLength(1);
});

test("while a list is on its way its place is held", async ({ customers, page, shell, signInPage }) => {
  await signInPage.signIn();
  const { letThrough } = await holdBack(page, "/customers?*");
  await shell.go("Customers");
  await expect(page.getByText("Loading…")).toBeAttached();
  await expect(page.locator(".skeleton")).toBeVisible();
  letThrough();
  await expect(customers.table).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
});

test("without a network the page says so until it is back", async ({ context, page, shell, signInPage }) => {
  const banner = page.getByText("You are offline. What you see may be out of date.");
  await signInPage.signIn();
  await context.setOffline(true);
  await expect(banner).toBeVisible();
  await context.setOffline(false);
  await expect(banner).toHaveCount(0);
  await expect(shell.heading("Today")).toBeVisible();
});

/** Ends the browser's session where none of its tabs hears of it. */
const endSessionUnheard = async (context: BrowserContext) => {
  const ended = await context.request.post("/api/v1/auth/sign-out", { headers: { "x-portico": "1" }, data: {} });
  expect(ended.ok()).toBe(true);
};

const secondTab = async (opened: Promise<Page>) => {
  const tab = await opened;
  const customers = new CustomersPage(tab);
  await customers.open();
  await expect(customers.table).toBeVisible();
  return { tab, customers };
};
