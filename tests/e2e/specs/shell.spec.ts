/** The frame: shortcuts, palette, the sheet, the sidebar, the navigation of a phone, and where one is told to be. */
import { COLLEAGUE, PASSWORD, SALES } from "../support/accounts";
import { expectAccessible, expectNoSidewaysScroll } from "../support/a11y";
import { expect, test } from "../support/fixtures";
import { holdBack } from "../support/holding";
import { movableDeal, richCustomer } from "../support/samples";
import { LOCALES, texts } from "../support/texts";

test.use({ site: { name: "shell" } });

test.describe("shortcuts", () => {
  test.beforeEach(async ({ signInPage }) => signInPage.signIn());

  test("two letters go to a page, whose heading gets the focus", async ({ page, shell }) => {
    const places = [
      ["c", "Customers", "/customers"],
      ["p", "Pipeline", "/pipeline"],
      ["t", "Today", "/"],
    ] as const;
    for (const [letter, name, path] of places) {
      await page.keyboard.press("g");
      await page.keyboard.press(letter);
      await expect(page).toHaveURL(path);
      await expect(shell.heading(name)).toBeFocused();
      await expect(page).toHaveTitle(`${name} · Portico`);
    }
  });

  test("a letter leads to where a customer is entered", async ({ page, shell }) => {
    await page.keyboard.press("c");
    await expect(page).toHaveURL("/customers/new");
    await expect(shell.heading("New customer")).toBeVisible();
  });

  test("a slash goes to the page's search, and to the palette where there is none", async ({ customers, page, palette }) => {
    await page.keyboard.press("/");
    await expect(palette.field).toBeFocused();
    await expect(palette.field).toHaveValue("");
    await page.keyboard.press("Escape");
    await expect(palette.dialog).toHaveCount(0);
    await customers.open();
    await page.keyboard.press("/");
    await expect(customers.search).toBeFocused();
    await expect(customers.search).toHaveValue("");
  });

  test("nothing happens while somebody types or a dialog is open", async ({ customers, page, palette }) => {
    await customers.open();
    await customers.search.focus();
    await page.keyboard.type("gp?/");
    await expect(customers.search).toHaveValue("gp?/");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await customers.heading.focus();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(sheet).toBeVisible();
    for (const key of ["g", "p", "Control+k"]) await page.keyboard.press(key);
    await expect(palette.dialog).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
    await expect(page).toHaveURL(/\/customers/);
    await expect(customers.heading).toBeFocused();
  });

  test("the sheet opens from the account menu and turns characters off, also after a reload", async ({ page, palette, shell }) => {
    await shell.choose("Keyboard shortcuts");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(sheet.locator("kbd").first()).toHaveText("Ctrl");
    const characters = sheet.getByRole("switch", { name: "Shortcuts with letters and signs" });
    await expect(characters).toBeChecked();
    await characters.click();
    await expect(characters).not.toBeChecked();
    await page.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
    await page.reload();
    await expect(shell.heading("Today")).toBeVisible();
    for (const key of ["?", "g", "p"]) await page.keyboard.press(key);
    // What still works comes last, so that whatever the others would have done is done by now.
    await palette.open();
    await expect(page.getByRole("dialog")).toHaveCount(1);
    await expect(page).toHaveURL("/");
  });
});

test.describe("palette", () => {
  test.beforeEach(async ({ signInPage }) => signInPage.signIn());

  test("its button opens it and gets the focus back", async ({ page, palette }) => {
    const button = page.getByRole("button", { name: "Search and commands" });
    await button.click();
    await expect(palette.field).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(palette.dialog).toHaveCount(0);
    await expect(button).toBeFocused();
  });

  test("pages and actions are chosen by arrows and by name", async ({ page, palette, shell }) => {
    await palette.open();
    await expect(palette.active).toContainText("Today");
    await page.keyboard.press("ArrowDown");
    await expect(palette.active).toContainText("Customers");
    await page.keyboard.press("End");
    await expect(palette.active).toContainText("Sign out");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(shell.heading("Customers")).toBeFocused();
    await palette.open();
    await page.keyboard.type("dark");
    await expect(palette.active).toContainText("Theme: Dark");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("a customer is found by its name and opened", async ({ api, customer, page, palette }) => {
    const { id, name } = await richCustomer(api, () => true);
    await palette.open();
    await page.keyboard.type(name);
    await expect(palette.group("Customers").first()).toContainText(name);
    await expect(palette.dialog.locator("[aria-live]").filter({ hasText: /^\d+ results?$/ })).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/customers/${id}`);
    await expect(customer.heading(name)).toBeFocused();
  });

  test("a deal is found by its name and its customer's, and opened by pointer", async ({ api, page, palette }) => {
    const { deal } = await movableDeal(api);
    await palette.open();
    await page.keyboard.type(`${deal.name} ${deal.customer.name}`);
    const found = palette.group("Deals").filter({ hasText: deal.customer.name }).first();
    await expect(found).toContainText(deal.name);
    await found.click();
    await expect(page).toHaveURL(/\/deals\//);
    await expect(page.getByRole("heading", { name: deal.name, level: 1 })).toBeFocused();
  });

  test("an answer that comes late does not replace a newer one, and what is not found is said", async ({ api, page, palette }) => {
    const { name } = await richCustomer(api, () => true);
    const late = (url: URL) => url.pathname.endsWith("/search") && url.searchParams.get("q") === "no-such-thing";
    const { letThrough, sent } = await holdBack(page, late);
    await palette.open();
    await page.keyboard.type("no-such-thing");
    await sent;
    await palette.field.fill(name);
    await expect(palette.group("Customers").first()).toContainText(name);
    letThrough();
    await palette.field.fill("no-such-thing at all");
    await expect(palette.dialog.getByRole("heading", { name: "Nothing found" })).toBeVisible();
    await expect(palette.options).toHaveCount(0);
  });

  test("a search that fails says so and can be tried again", async ({ page, palette, witness }) => {
    witness.excuseStatus(500);
    await page.route("**/api/v1/search?*", (route) => route.fulfill({ status: 500 }));
    await palette.open();
    await page.keyboard.type("zzz");
    await expect(palette.dialog.getByRole("alert")).toContainText("That did not work");
    await page.unroute("**/api/v1/search?*");
    await palette.dialog.getByRole("button", { name: "Try again" }).click();
    await expect(palette.dialog.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  });
});

test("a folded sidebar says its names on focus and is still folded after a reload", async ({ page, shell, signInPage }) => {
  await signInPage.signIn();
  const fold = page.getByRole("button", { name: "Sidebar" });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  const width = async () => (await shell.navigation.boundingBox())?.width ?? 0;
  const before = await width();
  await fold.click();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  expect(await width()).toBeLessThan(before / 2);
  await page.reload();
  await expect(shell.heading("Today")).toBeVisible();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expectAccessible(page, "folded sidebar");
  await page.keyboard.press("Tab");
  await shell.navigation.getByRole("link", { name: "Customers" }).focus();
  await expect(page.locator("[popover]:popover-open")).toHaveText("Customers");
  // It stays where it is while the page scrolls, so the page stays too when the focus comes to it.
  await page.evaluate(() => scrollTo(0, 100));
  for (const part of [fold, shell.navigation.getByRole("link", { name: "Today" })]) {
    await part.focus();
    expect(await page.evaluate(() => scrollY)).toBe(100);
  }
  await fold.click();
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  expect(await width()).toBe(before);
});

test("breadcrumbs lead up, and the skip link to the content", async ({ api, customer, customers, page, signInPage }) => {
  const { id, name } = await richCustomer(api, () => true);
  await signInPage.signIn();
  await customer.open(id);
  const crumbs = page.getByRole("navigation", { name: "Where you are" });
  await expect(crumbs.locator("[aria-current=page]")).toHaveText(name);
  await crumbs.getByRole("link", { name: "Customers" }).click();
  await expect(customers.heading).toBeFocused();
  await page.getByRole("link", { name: "Skip to the content" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test("a finger gets everywhere", async ({ page, palette, shell, signInPage }) => {
    await signInPage.signIn();
    await expect(page.getByRole("button", { name: "Sidebar" })).toBeHidden();
    for (const name of ["Customers", "Pipeline", "Today"]) {
      const link = shell.navigation.getByRole("link", { name });
      const box = await link.boundingBox();
      expect(box?.width).toBeGreaterThanOrEqual(44);
      expect(box?.height).toBeGreaterThanOrEqual(44);
      await link.tap();
      await expect(shell.heading(name)).toBeVisible();
      await expect(link).toHaveAttribute("aria-current", "page");
      await expect(link).toBeInViewport({ ratio: 1 });
      await expectNoSidewaysScroll(page, name);
    }
    const search = page.getByRole("button", { name: "Search and commands" });
    for (const button of [search, shell.account()]) {
      const box = await button.boundingBox();
      expect(box?.width).toBeGreaterThanOrEqual(44);
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
    await search.tap();
    await expect(palette.field).toBeVisible();
    await expectNoSidewaysScroll(page, "palette");
    await palette.group("Pages").filter({ hasText: "Pipeline" }).tap();
    await expect(shell.heading("Pipeline")).toBeVisible();
  });
});

for (const locale of LOCALES) {
  for (const [screen, viewport] of [
    ["desk", { width: 1280, height: 800 }],
    ["phone", { width: 320, height: 640 }],
  ] as const) {
    test.describe(`${locale} on a ${screen}`, () => {
      test.use({ locale, viewport });

      test("palette and sheet break no rule", async ({ page, palette }) => {
        const [auth, shell, parts] = ["auth", "shell", "parts"].map((it) => texts(locale, it));
        await page.goto("/login");
        await page.getByRole("textbox", { name: auth.identifier }).fill(SALES.email);
        await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
        await page.getByRole("button", { name: auth.submit, exact: true }).click();
        await expect(page.getByRole("heading", { name: shell.nav_today, level: 1 })).toBeFocused();
        await palette.open();
        await expect(palette.dialog).toHaveAccessibleName(shell.palette);
        await expectAccessible(page, "palette");
        await expectNoSidewaysScroll(page, "palette");
        await palette.field.fill("a");
        await expect(palette.group(shell.palette_customers).first()).toBeVisible();
        await expectAccessible(page, "palette with records");
        await palette.field.fill("no-such-thing");
        await expect(palette.dialog.getByRole("heading", { name: parts.palette_nothing })).toBeVisible();
        await expectAccessible(page, "palette without results");
        await page.keyboard.press("Escape");
        await page.keyboard.press("?");
        await expect(page.getByRole("dialog", { name: shell.shortcuts })).toBeVisible();
        await expectAccessible(page, "sheet");
        await expectNoSidewaysScroll(page, "sheet");
      });
    });
  }
}

test("a language is chosen by the palette", async ({ page, palette, signInPage }) => {
  // Somebody else's account: this one keeps the language.
  await signInPage.signIn(COLLEAGUE.email);
  await palette.open();
  await page.keyboard.type("deutsch");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
});
