/** Entering and changing a customer: what is wrong is said, and what was typed is never lost. */
import type { CustomerFormPage } from "../pages/customer-form";
import type { SignInPage } from "../pages/sign-in";
import { MANAGER, PASSWORD, SALES } from "../support/accounts";
import type { Api, Customer } from "../support/api";
import { expect, test } from "../support/fixtures";
import { holdBack } from "../support/holding";
import { storedIn } from "../support/witness";

test.use({ site: { name: "forms" } });

/** The newest customer that the person who signs in may change. */
const own = async (api: Api): Promise<Customer> => {
  const { items } = await api.customers({ sort: "-created", limit: "50" });
  for (const { id } of items) {
    const customer = await api.customer(id);
    if (customer.editable) return customer;
  }
  throw new Error("no customer may be changed");
};

/** Signs in and opens the form about that customer, which is returned as it is. */
const editing = async (api: Api, form: CustomerFormPage, signInPage: SignInPage): Promise<Customer> => {
  const customer = await own(api);
  await signInPage.signIn();
  await form.edit(customer.id);
  return customer;
};

test("a customer is entered, found and changed", async ({ api, customer, customers, form, page, signInPage }) => {
  await signInPage.signIn();
  await customers.open();
  await page.getByRole("link", { name: "New customer" }).click();
  await expect(page.getByRole("heading", { name: "New customer", level: 1 })).toBeFocused();
  await form.name.fill("瑞光仪器有限公司");
  await form.field("Website").fill("ruiguang.example");
  await page.getByRole("radio", { name: "Company" }).check();
  await page.getByLabel("Country", { exact: true }).selectOption({ label: "China" });
  await form.field("Employees").fill("1200");
  await form.save.click();
  await expect(customer.heading("瑞光仪器有限公司")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "瑞光仪器有限公司 saved" })).toBeVisible();
  await expect(customer.part("Facts")).toContainText("https://ruiguang.example");
  await expect(customer.part("Facts")).toContainText("1,200");
  const [created] = (await api.customers({ q: "rg yq" })).items;
  expect(created.name).toBe("瑞光仪器有限公司");

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(form.name).toHaveValue("瑞光仪器有限公司");
  await form.town.fill("苏州");
  await form.save.click();
  await expect(customer.heading("瑞光仪器有限公司")).toBeVisible();
  await expect(customer.part("Facts")).toContainText("苏州");
  expect((await api.customer(created.id)).address.city).toBe("苏州");
  expect(await form.draft("new")).toBeNull();
  expect(await form.draft(created.id)).toBeNull();
});

test("what is wrong is said beside the field and changes nothing", async ({ api, form, page, signInPage }) => {
  const before = await editing(api, form, signInPage);
  await form.name.fill("   ");
  await form.field("Website").fill("javascript:alert(1)");
  await form.field("Postal code").fill("9".repeat(21));
  await form.save.click();
  await expect(form.name).toBeFocused();
  await expect(form.name).toHaveAccessibleDescription("Please fill this in.");
  await expect(form.summary.getByRole("link")).toHaveCount(3);
  await form.summary.getByRole("link", { name: /^Postal code/ }).click();
  await expect(form.field("Postal code")).toBeFocused();
  await expect(page).toHaveURL(`/customers/${before.id}/edit`);
  await form.name.fill("Nordlicht");
  await expect(form.summary.getByRole("link")).toHaveCount(2);
  expect((await api.customer(before.id)).version).toBe(before.version);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 760 } });

  test("what is wrong stands clear of the buttons below", async ({ api, form, page, signInPage }) => {
    await editing(api, form, signInPage);
    await page.getByRole("button", { name: "Add a field" }).click();
    await form.save.click();
    const field = page.getByRole("textbox", { name: /^Field \d+: name$/ }).last();
    await expect(field).toBeFocused();
    const bottomOfError = async () => {
      const box = await page.locator(".field").filter({ has: field }).boundingBox();
      return box === null ? Infinity : box.y + box.height;
    };
    const actions = await page.locator(".form__actions").boundingBox();
    await expect.poll(bottomOfError).toBeLessThanOrEqual(actions?.y ?? 0);
  });
});

test("a double press saves once, and a slow answer keeps the button waiting", async ({
  api,
  customer,
  form,
  page,
  signInPage,
  witness,
}) => {
  const before = await editing(api, form, signInPage);
  const { letThrough } = await holdBack(page, `/customers/${before.id}`, { method: "PATCH" });
  await form.town.fill("Kiel");
  await form.save.dblclick();
  await expect(form.save).toHaveAttribute("aria-busy", "true");
  letThrough();
  await expect(customer.heading(before.name)).toBeVisible();
  expect(witness.callsTo("PATCH", `/customers/${before.id}`)).toHaveLength(1);
  expect((await api.customer(before.id)).version).toBe(before.version + 1);
});

test("a reload keeps what was typed, and nobody can read it on the device", async ({
  api,
  form,
  page,
  signInPage,
}) => {
  const before = await editing(api, form, signInPage);
  await form.town.fill("Wolkenkuckucksheim");
  await expect.poll(() => form.draft(before.id)).not.toBeNull();
  expect(await storedIn(page)).not.toContain("Wolkenkuckucksheim");
  await page.reload();
  await expect(form.restored).toBeVisible();
  await expect(form.town).toHaveValue("Wolkenkuckucksheim");
  expect((await api.customer(before.id)).version).toBe(before.version);
  await page.getByRole("button", { name: "Discard it" }).click();
  await expect(form.town).toHaveValue(before.address.city);
  await expect.poll(() => form.draft(before.id)).toBeNull();
});

test("a session that is ended elsewhere takes nothing away", async ({ api, backend, customer, form, page, signInPage }) => {
  const before = await editing(api, form, signInPage);
  await form.town.fill("Flensburg");
  await expect.poll(() => form.draft(before.id)).not.toBeNull();
  // The cookie is gone and with the next reload the token: the session is over for this browser.
  await page.context().clearCookies();
  await page.reload();
  await expect(signInPage.heading).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`next=%2Fcustomers%2F${before.id}%2Fedit`));
  await signInPage.fill(SALES.email, PASSWORD);
  await signInPage.submit.click();
  await expect(form.town).toHaveValue("Flensburg");
  await form.save.click();
  await expect(customer.heading(before.name)).toBeVisible();
  expect((await api.customer(before.id)).address.city).toBe("Flensburg");
  expect(backend.logged()).not.toContain("Flensburg");
});

test("somebody else who signs in does not get to see it", async ({ api, form, page, signInPage }) => {
  const before = await editing(api, form, signInPage);
  await form.town.fill("Geheimnis");
  await expect.poll(() => form.draft(before.id)).not.toBeNull();
  await page.context().clearCookies();
  await page.reload();
  await expect(signInPage.heading).toBeVisible();
  await signInPage.fill(MANAGER.email, PASSWORD);
  await signInPage.submit.click();
  await expect(form.town).toHaveValue(before.address.city);
  await expect(form.restored).toHaveCount(0);
  expect(await form.draft(before.id)).toBeNull();
});

test("changes of two people are put together, and what both changed is asked about", async ({
  api,
  customer,
  form,
  page,
  signInPage,
  witness,
}) => {
  witness.excuseStatus(412);
  const before = await editing(api, form, signInPage);
  await form.town.fill("Rostock");
  await form.field("Street and number").fill("Am Strom 1");
  await api.change(before.id, { city: "Wismar", industry: "Shipping" });
  await form.save.click();
  await expect(page.getByText("Somebody has changed this customer in the meantime. Nothing of yours")).toBeVisible();
  await expect(page.getByText("In the meantime changed to: Wismar")).toBeVisible();
  await expect(form.town).toHaveValue("Rostock");
  await expect(form.field("Industry")).toHaveValue("Shipping");
  await form.save.click();
  await expect(customer.heading(before.name)).toBeVisible();
  const after = await api.customer(before.id);
  expect(after.address).toMatchObject({ city: "Rostock", street: "Am Strom 1" });
  expect(after.industry).toBe("Shipping");
});

test("cancelling asks only when something would be lost", async ({ api, customer, form, page, signInPage }) => {
  const before = await editing(api, form, signInPage);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(customer.heading(before.name)).toBeVisible();
  await form.edit(before.id);
  await form.town.fill("Kiel-Holtenau");
  await page.getByRole("button", { name: "Cancel" }).click();
  const question = page.getByRole("alertdialog", { name: "Discard your changes?" });
  await question.getByRole("button", { name: "Keep editing" }).click();
  await expect(form.town).toHaveValue("Kiel-Holtenau");
  await page.getByRole("button", { name: "Cancel" }).click();
  await question.getByRole("button", { name: "Discard" }).click();
  await expect(customer.heading(before.name)).toBeVisible();
  expect(await form.draft(before.id)).toBeNull();
});

test("fields of the company's own making are discarded like all others", async ({ api, customer, form, page, signInPage }) => {
  const { items } = await api.customers({ limit: "50" });
  const all = await Promise.all(items.map(({ id }) => api.customer(id)));
  const before = all.find((it) => it.editable && it.custom_fields.length > 0);
  if (before === undefined) throw new Error("no customer has such a field");
  const field = form.field("Field 1: content");
  await signInPage.signIn();
  await form.edit(before.id);
  await field.fill("something else");
  await expect.poll(() => form.draft(before.id)).not.toBeNull();
  await page.reload();
  await expect(form.restored).toBeVisible();
  await expect(field).toHaveValue("something else");
  await page.getByRole("button", { name: "Discard it" }).click();
  await expect(field).toHaveValue(before.custom_fields[0].value);

  await field.fill("yet another");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard" }).click();
  await expect(customer.heading(before.name)).toBeVisible();
  expect(await form.draft(before.id)).toBeNull();
});

test("a network that goes away in the middle of saving loses nothing", async ({
  api,
  backend,
  customer,
  form,
  page,
  signInPage,
  witness,
}) => {
  const before = await editing(api, form, signInPage);
  await form.town.fill("Büsum");
  witness.excuseSilence();
  await backend.kill();
  await form.save.click();
  await expect(page.getByText("The server cannot be reached")).toBeVisible();
  await expect(form.town).toHaveValue("Büsum");
  await backend.run();
  await form.save.click();
  await expect(customer.heading(before.name)).toBeVisible();
  expect((await api.customer(before.id)).address.city).toBe("Büsum");
});

test("a save that fails after the form was left is told where one is, and the form still has it all", async ({
  api,
  form,
  page,
  shell,
  signInPage,
  witness,
}) => {
  witness.excuseSilence();
  await signInPage.signIn();
  await form.create();
  await form.name.fill("Vergessene GmbH");
  await form.town.fill("Husum");
  let fail = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    fail = resolve;
  });
  await page.route("**/api/v1/customers", async (route) => {
    await left;
    await route.abort();
  });
  await form.save.click();
  await shell.go("Pipeline");
  fail();
  await expect(page.getByText("“Vergessene GmbH” was not saved: The server cannot be reached.")).toBeVisible();
  expect((await api.customers({ q: "Vergessene" })).items).toHaveLength(0);
  await page.unroute("**/api/v1/customers");
  await form.create();
  await expect(form.restored).toBeVisible();
  await expect(form.name).toHaveValue("Vergessene GmbH");
  await form.save.click();
  await expect(page.getByRole("heading", { name: "Vergessene GmbH", level: 1 })).toBeVisible();
});

// The last one: the account keeps the language.
test("switching the language in the middle keeps the form", async ({ api, form, page, shell, signInPage }) => {
  const before = await editing(api, form, signInPage);
  await form.town.fill("Straßburg");
  await form.name.fill("");
  await form.save.click();
  await shell.account().click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { name: "Kunden bearbeiten", level: 1 })).toBeVisible();
  await expect(form.field("Ort")).toHaveValue("Straßburg");
  await expect(form.field("Name")).toHaveAccessibleDescription("Bitte füllen Sie dieses Feld aus.");
});
