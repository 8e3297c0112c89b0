/** The main job: sign in, find a customer, read the record, move a deal, come back to it, leave. */
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { movableDeal, richCustomer, soughtCustomer } from "../support/samples";

test.use({ site: { name: "journey" } });

for (const identifier of [SALES.email, SALES.number, SALES.username, "SALES@Portico.Example", "emp1003", "Zhang.San"]) {
  test(`${identifier} opens the door`, async ({ signInPage, shell }) => {
    await signInPage.signIn(identifier);
    await expect(shell.account()).toBeVisible();
  });
}

test("a customer is found by part of the name, by phone digits and by pinyin initials", async ({
  api,
  customers,
  shell,
  signInPage,
}) => {
  const { customer, byName, byPhone, byInitials } = await soughtCustomer(api);
  await signInPage.signIn();
  await shell.go("Customers");
  for (const text of [byName, byPhone, byInitials]) {
    await customers.find(text);
    await expect(customers.customer(customer.name)).toBeVisible();
  }
  await customers.find("no such customer anywhere");
  await expect(customers.page.getByText("Nothing found")).toBeVisible();
});

test("a press anywhere in a row leads to its customer", async ({ api, customer, customers, page, shell, signInPage }) => {
  const { items } = await api.customers({ limit: "1" });
  await signInPage.signIn();
  await shell.go("Customers");
  const name = page.getByRole("link", { name: items[0].name, exact: true });
  const row = customers.table.getByRole("row").filter({ has: name });
  await row.getByRole("gridcell").filter({ hasNot: page.locator("a, input") }).first().click();
  await expect(customer.heading(items[0].name)).toBeVisible();
});

test("the record shows contacts, timeline, orders and deals", async ({ api, customer, customers, shell, signInPage }) => {
  const { id, name } = await richCustomer(api, () => true);
  const record = await api.customer(id);
  await signInPage.signIn();
  await shell.go("Customers");
  await customers.find(name);
  await customers.customer(name).first().click();
  await expect(customer.heading(name)).toBeVisible();
  const [first] = record.contacts;
  await expect(customer.part("Contacts")).toContainText(first.name);
  for (const { value } of [...first.phones, ...first.emails]) {
    await expect(customer.part("Contacts").getByRole("link", { name: value })).toBeVisible();
  }
  await expect(customer.part("Contacts").getByRole("listitem").filter({ hasText: first.name })).not.toHaveCount(0);
  for (const part of ["Timeline", "Orders", "Deals"] as const) {
    await expect(customer.part(part).getByRole("listitem").first()).toBeVisible();
  }
});

test("a deal dragged by mouse is where it was put after a reload, still signed in", async ({
  api,
  pipeline,
  shell,
  signInPage,
}) => {
  const { deal, from, to, board } = await movableDeal(api);
  const [before, after] = board.columns;
  await signInPage.signIn();
  await shell.go("Pipeline");
  await pipeline.drag(deal, from.name.default, to.name.default);
  await expect(pipeline.toast(`${deal.name} is now in ${to.name.default}`)).toBeVisible();
  await expect(pipeline.stageWith(from.name.default, before.count - 1)).toBeVisible();
  await expect(pipeline.stageWith(to.name.default, after.count + 1)).toBeVisible();
  await pipeline.page.reload();
  await expect(pipeline.card(deal, to.name.default)).toBeVisible();
  await expect(shell.account()).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(to.id);
});

test("a deal is moved by its menu and taken back from the message", async ({ api, page, pipeline, signInPage }) => {
  const { deal, from, to } = await movableDeal(api, 2);
  await signInPage.signIn();
  await pipeline.open();
  await pipeline.menuButton(deal, from.name.default).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.type(`Move to ${to.name.default}`.slice(0, 1));
  await page.getByRole("menuitem", { name: `Move to ${to.name.default}` }).focus();
  await page.keyboard.press("Enter");
  await expect(pipeline.card(deal, to.name.default)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(pipeline.toast(`${deal.name} is back in ${from.name.default}`)).toBeVisible();
  await expect(pipeline.card(deal, from.name.default)).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(from.id);
});

test("after signing out, Back shows nothing of it", async ({ api, page, shell, signInPage }) => {
  const { name } = await richCustomer(api, () => true);
  await signInPage.signIn();
  await shell.go("Customers");
  await page.goto(`/customers?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("link", { name })).not.toHaveCount(0);
  await shell.signOut();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  for (let step = 0; step < 2; step += 1) {
    await page.goBack();
    await expect(signInPage.heading).toBeVisible();
    await expect(page.getByText(name)).toHaveCount(0);
    await expect(page.getByText(SALES.name)).toHaveCount(0);
  }
});

test("where one wanted to go is where one arrives", async ({ page, pipeline, signInPage }) => {
  await page.goto("/pipeline");
  await expect(page).toHaveURL("/login?next=%2Fpipeline");
  await signInPage.fill(SALES.email, PASSWORD);
  await signInPage.submit.click();
  await expect(page).toHaveURL("/pipeline");
  await expect(pipeline.stage("Discovery")).toBeVisible();
});

test("an unknown address is a page of its own", async ({ page, signInPage }) => {
  await signInPage.signIn();
  await page.goto("/no/such/page");
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await page.getByRole("link", { name: "Go to Today" }).click();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
});
