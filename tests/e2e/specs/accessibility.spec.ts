/** Every screen for everybody: by rule, on a phone, and by keyboard alone. */
import { PASSWORD, SALES } from "../support/accounts";
import { expectAccessible, expectNoSidewaysScroll } from "../support/a11y";
import { expect, test } from "../support/fixtures";
import { movableDeal, soughtCustomer } from "../support/samples";
import type { Locale } from "../support/texts";
import { tour } from "../support/tour";

test.use({ site: { name: "accessibility" } });

// As narrow as phones are, and so tall that nothing lies half under the bottom bar, where it would count as too small
// a target only until it is scrolled.
const PHONE = { width: 360, height: 6_000 };
const DESK = { width: 1280, height: 800 };

const VIEWS: { locale: Locale; colorScheme: "light" | "dark"; viewport: typeof PHONE }[] = [
  { locale: "en", colorScheme: "light", viewport: DESK },
  { locale: "en", colorScheme: "light", viewport: PHONE },
  { locale: "en", colorScheme: "dark", viewport: DESK },
  { locale: "en", colorScheme: "dark", viewport: PHONE },
  { locale: "de", colorScheme: "light", viewport: PHONE },
  { locale: "zh-CN", colorScheme: "dark", viewport: DESK },
];

for (const { locale, colorScheme, viewport } of VIEWS) {
  test.describe(`${locale}, ${colorScheme}, ${viewport.width} px wide`, () => {
    test.use({ locale, colorScheme, viewport });

    test("no screen breaks a rule or needs scrolling sideways", async ({ api, page }) => {
      test.slow();
      await tour(page, api, locale, async (screen) => {
        await expectAccessible(page, screen);
        await expectNoSidewaysScroll(page, screen);
      });
    });
  });
}

test("the main job is done by keyboard alone", async ({ api, customer, customers, page, pipeline, shell, signInPage }) => {
  const { customer: wanted, byInitials } = await soughtCustomer(api);
  const found = await api.customers({ q: byInitials });
  const { deal, from, to } = await movableDeal(api);
  const press = (key: string) => page.keyboard.press(key);
  const tabTo = async (name: string) => {
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent?.trim();
      });
    for (let presses = 0; presses < 60; presses += 1) {
      if ((await focused()) === name) return;
      await press("Tab");
    }
    throw new Error(`${name} cannot be reached by Tab`);
  };

  await signInPage.open();
  await expect(signInPage.identifier).toBeFocused();
  await page.keyboard.type(SALES.number);
  await press("Tab");
  await page.keyboard.type(PASSWORD);
  await press("Enter");
  await expect(shell.heading("Today")).toBeFocused();

  await press("Shift+Tab");
  await tabTo("Customers");
  await press("Enter");
  await expect(customers.heading).toBeFocused();
  await press("Tab");
  await expect(customers.search).toBeFocused();
  await page.keyboard.type(byInitials);
  await expect(customers.count).toHaveText(new RegExp(`^${found.total} customers?$`));
  await tabTo(wanted.name);
  await press("Enter");
  await expect(customer.heading(wanted.name)).toBeFocused();

  await pipeline.open();
  await tabTo("Skip to the content");
  await press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await tabTo(deal.name);
  await expect(pipeline.link(deal, from.name.default)).toBeFocused();
  await press("Space");
  await press("ArrowRight");
  await press("Space");
  // The card was drawn anew elsewhere; whoever moved it goes along.
  await expect(pipeline.toast(`${deal.name} is now in ${to.name.default}`)).toBeVisible();
  await expect(pipeline.link(deal, to.name.default)).toBeFocused();
  await press("F6");
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
  await press("Enter");
  await expect(pipeline.toast(`${deal.name} is back in ${from.name.default}`)).toBeVisible();
  await expect(pipeline.link(deal, from.name.default)).toBeFocused();
  await press("Shift+F10");
  await press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: `Move to ${to.name.default}` })).toBeVisible();
  await press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);

  await page.reload();
  await expect(shell.account()).toBeVisible();
  await tabTo(SALES.name);
  await press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await press("End");
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeFocused();
  await press("Enter");
  await expect(signInPage.heading).toBeVisible();
});

test("a result that arrives while a row has the focus replaces the rows", async ({ api, customers, page, shell, signInPage }) => {
  const { byInitials } = await soughtCustomer(api);
  const { items } = await api.customers({ q: byInitials });
  await signInPage.signIn();
  await shell.go("Customers");
  const first = customers.table.getByRole("link").first();
  await expect(first).toBeVisible();
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/api/v1/customers?*q=*", async (route) => {
    await held;
    await route.continue();
  });
  await customers.find(byInitials);
  await first.focus();
  letThrough();
  await expect(first).toHaveText(items[0].name);
  await shell.go("Today");
});
