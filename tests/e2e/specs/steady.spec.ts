/** Nothing moves by itself while a page loads over a slow network: what was aimed at is what is pressed. */
import { type Locator, type Page, expect } from "@playwright/test";
import { ADMIN, PASSWORD, SALES } from "../support/accounts";
import type { Api } from "../support/api";
import { test } from "../support/fixtures";
import { holdBack } from "../support/holding";
import { movableDeal, richCustomer } from "../support/samples";
import { drawn, expectSteady, watchMoves } from "../support/steadiness";
import { LOCALES, type Locale, texts } from "../support/texts";
import { DESK, PHONE } from "../support/views";

// What comes with the policy comes late, so all of it is on; passkeys need a name.
test.use({ site: { name: "steady", flags: ["--remember-days", "30"], host: "localhost" } });

const visit = async (page: Page, api: Api, locale: Locale): Promise<void> => {
  const [auth, shell, customers, common] = ["auth", "shell", "customers", "common"].map((it) => texts(locale, it));
  const [recovery, account, signIns, admin] = ["recovery", "account", "sign_ins", "admin"].map((it) => texts(locale, it));
  const [passkeys, pipeline] = ["passkeys", "pipeline"].map((it) => texts(locale, it));
  const customer = await richCustomer(api, () => true);
  const { deal } = await movableDeal(api);
  const main = page.getByRole("main");
  const heading = (name: string, level = 1) => page.getByRole("heading", { name, level, exact: true });
  const button = (name: string) => main.getByRole("button", { name, exact: true });

  const open = async (path: string, ...shown: Locator[]) => {
    await page.goto(path);
    for (const it of shown) await expect(it.first()).toBeVisible();
    await expectSteady(page, path);
  };
  const signIn = async (email: string) => {
    await page.getByRole("textbox", { name: auth.identifier }).fill(email);
    await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
    await button(auth.submit).click();
    await expect(heading(shell.nav_today)).toBeVisible();
  };

  await watchMoves(page);
  await open("/forgot-password", button(recovery.send));
  await open("/login", button(passkeys.sign_in), page.getByRole("checkbox"), page.getByText(auth.demo));
  await signIn(SALES.email);
  await open("/", main.getByRole("link"));
  await open("/customers", page.getByRole("grid", { name: customers.title }).getByRole("link"));
  const parts = ["contacts", "orders", "timeline", "deals"].map((part) =>
    page.locator("section").filter({ has: heading(customers[part], 2) }).last().getByRole("listitem"),
  );
  await open(`/customers/${customer.id}`, heading(customer.name), ...parts);
  await open(`/customers/${customer.id}/edit`, page.getByRole("textbox", { name: customers.field_name, exact: true }));
  await open("/pipeline", heading(pipeline.title), page.locator(`a[href="/deals/${deal.id}"]`));
  await open(`/deals/${deal.id}`, heading(deal.name), page.getByText(deal.customer.name));
  await open("/account/security", heading(account.two_step, 2), button(account.change));
  await open("/account/sign-ins", page.getByText(signIns.this_session, { exact: true }), heading(signIns.history, 2));

  await page.context().clearCookies();
  await page.goto("/login");
  await signIn(ADMIN.email);
  await open("/admin/users", page.getByRole("grid", { name: admin.users }).getByRole("link"));
  await open("/admin/requests", page.getByText(admin.requests_empty_title));
  await open("/no/such/page", heading(common.not_found_title));
};

for (const locale of LOCALES) {
  test.describe(`a phone in ${locale}`, () => {
    test.use({ locale, viewport: PHONE });
    test("stays as it is while answers arrive", async ({ api, page }) => visit(page, api, locale));
  });
}

test.describe("a desk", () => {
  test.use({ viewport: DESK });
  test("stays as it is while answers arrive", async ({ api, page }) => visit(page, api, "en"));
});

test.describe("what is above arrives last", () => {
  test.use({ viewport: DESK });

  test("and moves nothing that is below", async ({ api, page, signInPage }) => {
    const customer = await richCustomer(api, () => true);
    await watchMoves(page);
    await signInPage.signIn();
    for (const { path, above, below, after = 0 } of [
      // The application itself asks for the policy before the page does.
      { path: "/account/security", above: "/auth/policy", below: "/me/second-factor", after: 1 },
      { path: "/account/sign-ins", above: "/me/sessions", below: "/me/sign-ins" },
      {
        path: `/customers/${customer.id}`,
        above: `/customers/${customer.id}/deals`,
        below: `/customers/${customer.id}/activities`,
      },
    ]) {
      const matches = (of: string) => (url: URL) => url.pathname === `/api/v1${of}`;
      const { letThrough } = await holdBack(page, matches(above), { after });
      const arrived = page.waitForResponse((answer) => matches(below)(new URL(answer.url())));
      await page.goto(path);
      await (await arrived).finished();
      await drawn(page);
      const last = page.waitForResponse((answer) => matches(above)(new URL(answer.url())));
      letThrough();
      await (await last).finished();
      await expect(page.getByRole("main").locator(".skeleton")).toHaveCount(0);
      await expectSteady(page, path);
      await page.unroute(matches(above));
    }
  });
});
