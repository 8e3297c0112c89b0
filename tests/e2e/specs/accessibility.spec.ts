/** The main job by keyboard alone. */
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { holdBack } from "../support/holding";
import { movableDeal, soughtCustomer } from "../support/samples";

test.use({ site: { name: "accessibility" } });

test("the main job is done by keyboard alone", async ({ api, customer, customers, form, page, pipeline, shell, signInPage }) => {
  const { customer: wanted, byInitials } = await soughtCustomer(api);
  const found = await api.customers({ q: byInitials });
  const { deal, from, to } = await movableDeal(api);
  const press = (key: string) => page.keyboard.press(key);
  const tabTo = async (name: string) => {
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        const label = (activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent;
        return activeElement?.getAttribute("aria-label") ?? label ?? activeElement?.textContent?.trim();
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
  await tabTo("Search customers");
  await expect(customers.search).toBeFocused();
  await page.keyboard.type(byInitials);
  await expect(customers.count).toHaveText(new RegExp(`^${found.total} customers?$`));
  await expect(customers.customer(wanted.name).first()).toBeVisible();
  await tabTo(found.items[0].name);
  const above = found.items.findIndex((item) => item.id === wanted.id);
  for (let row = 0; row < above; row += 1) await press("ArrowDown");
  await expect(customers.customer(wanted.name).first()).toBeFocused();
  await press("Enter");
  await expect(customer.heading(wanted.name)).toBeFocused();

  await tabTo("Edit");
  await press("Enter");
  await expect(form.name).toHaveValue(wanted.name);
  await tabTo("Town");
  await press("ControlOrMeta+a");
  await page.keyboard.type("Tönning");
  await press("Enter");
  await expect(customer.heading(wanted.name)).toBeFocused();
  expect((await api.customer(wanted.id)).address.city).toBe("Tönning");

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
  const { letThrough } = await holdBack(page, "/customers?*q=*");
  await customers.find(byInitials);
  await first.focus();
  letThrough();
  await expect(first).toHaveText(items[0].name);
  await shell.go("Today");
});
