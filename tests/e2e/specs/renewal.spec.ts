/** Access tokens run out in the middle of the work, and nobody notices. */
import type { Page } from "@playwright/test";
import type { Api } from "../support/api";
import { expect, test } from "../support/fixtures";
import type { SignInPage } from "../pages/sign-in";

test.use({ site: { name: "renewal", accessTtl: 2 } });

/** Signs in and waits until the token that came with it opens nothing any more. */
const signInAndWait = async (page: Page, signInPage: SignInPage, api: Api) => {
  const granted = page.waitForResponse((answer) => answer.url().endsWith("/auth/sign-in"));
  await signInPage.signIn();
  const grant = (await (await granted).json()) as { access_token: string };
  await page.waitForLoadState("networkidle");
  await expect.poll(() => api.accepts(grant.access_token)).toBe(false);
};

test("a token known to have run out is renewed before the next request", async ({
  api,
  customers,
  page,
  shell,
  signInPage,
  witness,
}) => {
  await signInAndWait(page, signInPage, api);
  const renewals = witness.callsTo("POST", "/auth/refresh").length;
  await shell.go("Customers");
  await expect(customers.table).toBeVisible();
  expect(witness.callsTo("GET", "/customers")).toHaveLength(1);
  expect(witness.callsTo("POST", "/auth/refresh")).toHaveLength(renewals + 1);
});

test("a 401 in the middle renews once and repeats each request once", async ({
  api,
  customers,
  page,
  shell,
  signInPage,
  witness,
}) => {
  witness.excuseStatus(401);
  // To this device no time passes, so it cannot know that the token has run out.
  await page.clock.setFixedTime(new Date());
  await signInAndWait(page, signInPage, api);
  const renewals = witness.callsTo("POST", "/auth/refresh").length;
  await shell.go("Customers");
  await expect(customers.table).toBeVisible();
  const answers = await Promise.all(witness.callsTo("GET", "/customers").map((request) => request.response()));
  expect(answers.map((answer) => answer?.status())).toEqual([401, 200]);
  expect(witness.callsTo("GET", "/customers/facets")).toHaveLength(2);
  expect(witness.callsTo("POST", "/auth/refresh")).toHaveLength(renewals + 1);
});
