/** Every screen in turn, each waited for until it is complete. */
import { type Locator, type Page, expect } from "@playwright/test";
import { ADMIN, COLLEAGUE, PASSWORD, SALES } from "./accounts";
import type { Api } from "./api";
import { movableDeal, richCustomer } from "./samples";
import { type Locale, texts } from "./texts";

/** Looks at a screen, which is complete when `shown` can be seen. What closes with each change of the window `open`s again. */
type Look = (screen: string, shown: Locator, open?: () => Promise<void>) => Promise<void>;

/** What somebody who cannot sign in asks for, in more than one line. */
const REASON = "My phone is gone.\nCall me at the front desk.";

/** Asks the administrators for a reset: the demonstration has nobody waiting. After a few they are enough. */
const ask = async (page: Page): Promise<void> => {
  await page.request.post("/api/v1/auth/reset/request-admin", {
    headers: { "x-portico": "1", origin: new URL(page.url()).origin },
    data: { identifier: COLLEAGUE.email, reason: REASON },
  });
};

/** Visits every screen in the page's language and calls `look` on each. */
export const tour = async (page: Page, api: Api, locale: Locale, look: Look): Promise<void> => {
  const names = ["auth", "shell", "customers", "pipeline", "common", "admin"];
  const [auth, shell, customers, pipeline, common, admin] = names.map((it) => texts(locale, it));
  const [recovery, account, passwords] = ["recovery", "account", "passwords"].map((it) => texts(locale, it));
  const signIns = texts(locale, "sign_ins");
  const customer = await richCustomer(api, () => true);
  const { deal } = await movableDeal(api);
  const heading = (name: string, level = 1) => page.getByRole("heading", { name, level, exact: true });

  const field = (name: string) => page.getByRole("textbox", { name, exact: true });
  const arrive = async (screen: string, shown: Locator) => {
    await expect(shown).toBeVisible();
    await look(screen, shown);
  };

  await page.goto("/forgot-password");
  await page.getByRole("button", { name: recovery.send, exact: true }).click();
  await arrive("asking for a reset with empty fields", page.getByText(common.field_required).first());
  await page.getByRole("button", { name: recovery.admin_send, exact: true }).click();
  await arrive("asking an administrator", page.getByText(recovery.admin_intro));
  await page.goto("/reset-password");
  await arrive("reset without its link", heading(recovery.missing));
  await page.goto("/welcome");
  await arrive("invitation without its link", heading(recovery.missing));
  await page.goto("/login");
  const submit = page.getByRole("button", { name: auth.submit, exact: true });
  await arrive("sign-in", submit);
  await submit.click();
  await arrive("sign-in with empty fields", page.getByText(common.field_required).first());
  await page.getByRole("textbox", { name: auth.identifier }).fill(SALES.email);
  await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
  await submit.click();
  await expect(heading(shell.nav_today)).toBeVisible();
  await arrive("today", page.getByRole("main").getByRole("link").first());
  const menuButton = page.getByRole("button", { name: SALES.name, exact: true });
  await look("account menu", page.getByRole("menu"), () => menuButton.click());

  await page.goto("/customers");
  await arrive("customers", page.getByRole("grid", { name: customers.title }).getByRole("link").first());
  await page.goto("/customers?q=no-such-customer");
  await arrive("customers, none found", page.getByText(customers.nothing_title));
  await page.goto(`/customers/${customer.id}`);
  for (const part of ["contacts", "orders", "timeline", "deals"]) {
    const section = page.locator("section").filter({ has: heading(customers[part], 2) }).last();
    await expect(section.getByRole("listitem").first()).toBeVisible();
  }
  await arrive("record", heading(customer.name));
  await page.goto(`/customers/${customer.id}/edit`);
  await expect(field(customers.field_name)).toHaveValue(customer.name);
  await arrive("customer's form", field(customers.field_name));
  await page.goto("/customers/new");
  await page.getByRole("button", { name: customers.save, exact: true }).click();
  await arrive("new customer with what is wrong", page.getByText(common.field_required).first());
  await page.goto("/pipeline");
  await expect(heading(pipeline.title)).toBeVisible();
  await arrive("board", page.locator(`a[href="/deals/${deal.id}"]`));
  await page.goto(`/deals/${deal.id}`);
  await expect(heading(deal.name)).toBeVisible();
  await arrive("deal", page.getByText(deal.customer.name));
  await page.goto("/account/security");
  await page.getByRole("button", { name: account.change, exact: true }).click();
  await expect(page.getByText(common.field_required).first()).toBeVisible();
  await arrive("security with empty fields", page.getByRole("list", { name: passwords.rules }));
  await page.goto("/account/sign-ins");
  await expect(heading(signIns.title)).toBeVisible();
  await expect(page.getByText(signIns.this_browser, { exact: true })).toBeVisible();
  await arrive("sign-ins and devices", page.getByText(signIns.this_session, { exact: true }).first());
  await page.goto("/no/such/page");
  await arrive("unknown address", heading(common.not_found_title));
  await page.goto("/admin/users");
  await arrive("administration without the right", page.getByText(admin.read_forbidden));

  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByRole("textbox", { name: auth.identifier }).fill(ADMIN.email);
  await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
  await submit.click();
  await expect(heading(shell.nav_today)).toBeVisible();
  const dialog = page.getByRole("dialog");
  const person = page.getByRole("grid", { name: admin.users }).getByRole("link").first();
  await page.goto("/admin/users");
  await arrive("accounts", person);
  const name = (await person.textContent()) ?? "";
  const actions = page.getByRole("button", { name: admin.actions_for.replace("{name}", name), exact: true });
  const choose = (action: string) => page.getByRole("menuitem", { name: action, exact: true }).click();
  await look("an account's menu", page.getByRole("menu"), () => actions.click());
  await choose(admin.change_email);
  await dialog.getByRole("textbox", { name: admin.field_email }).fill("");
  await dialog.getByRole("button", { name: admin.change_email, exact: true }).click();
  await arrive("another address with what is wrong", dialog.getByText(common.field_required).first());
  await page.goto("/admin/users");
  await actions.click();
  await choose(admin.require_new_password);
  await arrive("what is asked before a new password is required", page.getByRole("alertdialog"));
  await page.goto("/admin/users");
  await person.click();
  await arrive("an account's details", dialog.getByText(admin.fact_created));
  await page.goto("/admin/users/new");
  await page.getByRole("button", { name: admin.send_invitation, exact: true }).click();
  await arrive("invitation with what is wrong", page.getByText(common.field_required).first());
  // None is ever declined here; whether one is waiting depends on who was here before.
  await page.goto("/admin/requests?state=declined");
  await arrive("requests, none found", page.getByText(admin.requests_empty_title));
  await ask(page);
  await page.goto("/admin/requests");
  await arrive("requests, one waiting", page.getByText("My phone is gone.").first());
  await page.getByRole("button", { name: admin.decline, exact: true }).first().click();
  await dialog.getByRole("textbox", { name: admin.field_note }).fill("x".repeat(301));
  await dialog.getByRole("button", { name: admin.decline, exact: true }).click();
  await arrive("answer with what is wrong", dialog.getByRole("group"));
};
