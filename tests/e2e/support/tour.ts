/** Every screen in turn, each waited for until it is complete. */
import { type Page, expect } from "@playwright/test";
import { PASSWORD, SALES } from "./accounts";
import type { Api } from "./api";
import { movableDeal, richCustomer } from "./samples";
import { type Locale, texts } from "./texts";

type Look = (screen: string) => Promise<void>;

/** Visits every screen in the page's language and calls `look` on each. */
export const tour = async (page: Page, api: Api, locale: Locale, look: Look): Promise<void> => {
  const [auth, shell, customers, pipeline, common] = ["auth", "shell", "customers", "pipeline", "common"].map((it) =>
    texts(locale, it),
  );
  const customer = await richCustomer(api, () => true);
  const { deal } = await movableDeal(api);
  const heading = (name: string, level = 1) => page.getByRole("heading", { name, level, exact: true });

  await page.goto("/login");
  const submit = page.getByRole("button", { name: auth.submit, exact: true });
  await expect(submit).toBeVisible();
  await look("sign-in");
  await submit.click();
  await expect(page.getByText(common.field_required).first()).toBeVisible();
  await look("sign-in with empty fields");
  await page.getByRole("textbox", { name: auth.identifier }).fill(SALES.email);
  await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
  await submit.click();
  await expect(heading(shell.nav_today)).toBeVisible();
  await expect(page.getByRole("main").getByRole("link").first()).toBeVisible();
  await look("today");
  await page.getByRole("button", { name: SALES.name, exact: true }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await look("account menu");

  await page.goto("/customers");
  await expect(page.getByRole("grid", { name: customers.title }).getByRole("link").first()).toBeVisible();
  await look("customers");
  await page.goto("/customers?q=no-such-customer");
  await expect(page.getByText(customers.nothing_title)).toBeVisible();
  await look("customers, none found");
  await page.goto(`/customers/${customer.id}`);
  await expect(heading(customer.name)).toBeVisible();
  for (const part of ["contacts", "orders", "timeline", "deals"]) {
    const section = page.locator("section").filter({ has: heading(customers[part], 2) }).last();
    await expect(section.getByRole("listitem").first()).toBeVisible();
  }
  await look("record");
  await page.goto(`/customers/${customer.id}/edit`);
  await expect(page.getByRole("textbox", { name: customers.field_name, exact: true })).toHaveValue(customer.name);
  await look("customer's form");
  await page.goto("/customers/new");
  await page.getByRole("button", { name: customers.save, exact: true }).click();
  await expect(page.getByText(common.field_required).first()).toBeVisible();
  await look("new customer with what is wrong");
  await page.goto("/pipeline");
  await expect(heading(pipeline.title)).toBeVisible();
  await expect(page.locator(`a[href="/deals/${deal.id}"]`)).toBeVisible();
  await look("board");
  await page.goto(`/deals/${deal.id}`);
  await expect(heading(deal.name)).toBeVisible();
  await expect(page.getByText(deal.customer.name)).toBeVisible();
  await look("deal");
  await page.goto("/no/such/page");
  await expect(heading(common.not_found_title)).toBeVisible();
  await look("unknown address");
};
