/** Signing out while the page is still talking to the backend: nothing that was asked for is lost, and nothing stays. */
import type { Page, Request } from "@playwright/test";
import { PipelinePage } from "../pages/pipeline";
import type { Shell } from "../pages/shell";
import { COLLEAGUE, PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { holdBack } from "../support/holding";
import { type Movable, movableDeal } from "../support/samples";

test.use({ site: { name: "signing-out" } });

const SIGN_OUT = "/auth/sign-out";

/** When `request` has come to an end, answered or not. */
const end = (page: Page, request: Request) => {
  const isIt = (other: Request) => other === request;
  return Promise.race([page.waitForEvent("requestfinished", isIt), page.waitForEvent("requestfailed", isIt)]);
};

/** Moves a deal on the board, whose answer is held back. */
const startMove = async (page: Page, board: PipelinePage, { deal, from, to }: Movable) => {
  await board.open();
  const { letThrough, sent } = await holdBack(page, "/deals/*/move");
  await board.drag(deal, from.name.default, to.name.default);
  return { letThrough, moved: end(page, await sent) };
};

/** Signs out with the clock stopped, so that no wait of the application is over before a test has looked. */
const signOutWithClockStopped = async (page: Page, shell: Shell) => {
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  await shell.choose("Sign out");
};

test.beforeEach(({ page }) => page.clock.install());

test("what is still being read is given up before the session ends", async ({ page, shell, signInPage }) => {
  await signInPage.signIn();
  const { letThrough, sent } = await holdBack(page, "/customers?*");
  await page.goto("/customers");
  const read = await sent;
  const ended = end(page, read);
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
  expect(read.failure(), "it was not answered").not.toBeNull();
});

test("a move under way arrives first", async ({ api, page, pipeline, shell, signInPage, witness }) => {
  const movable = await movableDeal(api);
  const { deal, to } = movable;
  await signInPage.signIn();
  const { letThrough, moved } = await startMove(page, pipeline, movable);
  await signOutWithClockStopped(page, shell);
  await expect(shell.heading("Signing out…")).toBeFocused();
  await expect(page).toHaveTitle("Signing out… · Portico");
  await expect(page.getByText(deal.name)).toHaveCount(0);
  expect(witness.callsTo("POST", SIGN_OUT)).toHaveLength(0);
  letThrough();
  await moved;
  await page.clock.resume();
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByText("You are signed out.")).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(to.id);
});

test("a move under way in another tab arrives first as well", async ({ api, context, page, shell, signInPage, witness }) => {
  const movable = await movableDeal(api);
  const { deal, to } = movable;
  await signInPage.signIn();
  const tab = await context.newPage();
  const { letThrough, moved } = await startMove(tab, new PipelinePage(tab), movable);
  await signOutWithClockStopped(page, shell);
  await expect(shell.heading("Signing out…")).toBeVisible();
  expect(witness.callsTo("POST", SIGN_OUT)).toHaveLength(0);
  letThrough();
  await moved;
  await page.clock.resume();
  await expect(page).toHaveURL(/\/login$/);
  await expect(tab).toHaveURL(/\/login$/);
  expect((await api.deal(deal.id)).stage_id).toBe(to.id);
});

test("a move that does not arrive keeps nobody signed in, and is nothing to the next person", async ({
  api,
  page,
  pipeline,
  shell,
  signInPage,
  witness,
}) => {
  // The move, once it arrives, comes too late.
  witness.excuseStatus(401);
  const movable = await movableDeal(api);
  await signInPage.signIn();
  const { letThrough, moved } = await startMove(page, pipeline, movable);
  await signOutWithClockStopped(page, shell);
  await expect(shell.heading("Signing out…")).toBeVisible();
  expect(witness.callsTo("POST", SIGN_OUT)).toHaveLength(0);
  await page.clock.fastForward(2_500);
  await page.clock.resume();
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByText("You are signed out.")).toBeVisible();

  await signInPage.fill(COLLEAGUE.email, PASSWORD);
  await signInPage.submit.click();
  await expect(shell.account(COLLEAGUE.name)).toBeVisible();
  // What the next person writes does not wait for it.
  const written = page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.url().endsWith("/me"));
  await shell.account(COLLEAGUE.name).click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  expect((await written).ok()).toBe(true);
  await expect(shell.heading("Heute")).toBeVisible();
  letThrough();
  await moved;
  // Whatever it had to say would be said by the time the next answer is shown.
  await page.getByRole("navigation").getByRole("link", { name: "Pipeline" }).first().click();
  await expect(shell.heading("Pipeline")).toBeVisible();
  await expect(page.locator(".toasts")).toBeAttached();
  await expect(page.locator(".toast")).toHaveCount(0);
});

test("a page whose code comes after one has left is not drawn", async ({ page, shell, signInPage }) => {
  let letThrough = () => {};
  const released = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route("**/split___today_route_view_*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  await signInPage.open();
  await signInPage.fill(SALES.email, PASSWORD);
  await signInPage.submit.click();
  await shell.signOut();
  const arrived = page.waitForEvent("requestfinished", (request) => request.url().includes("today_route_view"));
  letThrough();
  await arrived;
  await signInPage.fill(SALES.email, PASSWORD);
  await signInPage.submit.click();
  await expect(shell.account()).toBeVisible();
});
