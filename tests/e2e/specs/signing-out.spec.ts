/** Signing out while the page is still talking to the backend: nothing that was asked for is lost, and nothing stays. */
import type { Page, Request } from "@playwright/test";
import { PipelinePage } from "../pages/pipeline";
import { COLLEAGUE, PASSWORD } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { holdBack } from "../support/holding";
import { movableDeal } from "../support/samples";

test.use({ site: { name: "signing-out" } });

const MOVE = "/deals/*/move";
const SIGN_OUT = "/auth/sign-out";

/** When `request` has come to an end, answered or not. */
const end = (page: Page, request: Request) => {
  const isIt = (other: Request) => other === request;
  return Promise.race([page.waitForEvent("requestfinished", isIt), page.waitForEvent("requestfailed", isIt)]);
};

test("what is still being read is given up before the session ends", async ({ customers, page, shell, signInPage }) => {
  await signInPage.signIn();
  const { letThrough, sent } = await holdBack(page, "/customers?*");
  await page.goto("/customers");
  const ended = end(page, await sent);
  // The page hears of the sign-out only after the list would have been refused.
  await page.route(`**/api/v1${SIGN_OUT}`, async (route) => {
    const response = await route.fetch();
    letThrough();
    await ended;
    await route.fulfill({ response });
  });
  await shell.signOut();
  await expect(signInPage.heading).toBeVisible();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await expect(customers.table).toHaveCount(0);
});

test("a move under way arrives first, and is not told to who comes next", async ({ api, page, pipeline, shell, signInPage, witness }) => {
  const { deal, from, to } = await movableDeal(api);
  await signInPage.signIn();
  await pipeline.open();
  const { letThrough, sent } = await holdBack(page, MOVE);
  await pipeline.drag(deal, from.name.default, to.name.default);
  await sent;
  await shell.choose("Sign out");
  await expect(page.getByRole("status").filter({ hasText: "Signing out…" })).toBeVisible();
  await expect(page.getByText(deal.name)).toHaveCount(0);
  expect(witness.callsTo("POST", SIGN_OUT)).toHaveLength(0);
  letThrough();
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByText("You are signed out.")).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(to.id);
  await signInPage.fill(COLLEAGUE.email, PASSWORD);
  await signInPage.submit.click();
  await expect(shell.account(COLLEAGUE.name)).toBeVisible();
  await expect(shell.heading("Today")).toBeVisible();
  await expect(page.locator(".toasts")).toBeAttached();
  await expect(page.locator(".toast")).toHaveCount(0);
});

test("a move under way in another tab arrives first as well", async ({ api, context, page, shell, signInPage }) => {
  const { deal, from, to } = await movableDeal(api);
  await signInPage.signIn();
  const tab = await context.newPage();
  const board = new PipelinePage(tab);
  await board.open();
  const { letThrough, sent } = await holdBack(tab, MOVE);
  await board.drag(deal, from.name.default, to.name.default);
  await sent;
  await shell.choose("Sign out");
  await expect(page.getByText("Signing out…")).toBeVisible();
  letThrough();
  await expect(page).toHaveURL(/\/login$/);
  await expect(tab).toHaveURL(/\/login$/);
  expect((await api.deal(deal.id)).stage_id).toBe(to.id);
});

test("a move that does not arrive keeps nobody signed in", async ({ api, page, pipeline, shell, signInPage, witness }) => {
  const { deal, from, to } = await movableDeal(api);
  await page.clock.install();
  await signInPage.signIn();
  await pipeline.open();
  const { sent } = await holdBack(page, MOVE);
  await pipeline.drag(deal, from.name.default, to.name.default);
  await sent;
  await shell.choose("Sign out");
  await expect(page.getByText("Signing out…")).toBeVisible();
  await page.clock.fastForward(2_500);
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByText("You are signed out.")).toBeVisible();
  expect(witness.callsTo("POST", SIGN_OUT)).toHaveLength(1);
  await page.goto("/customers");
  await expect(signInPage.heading).toBeVisible();
});
