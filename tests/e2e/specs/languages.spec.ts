/** Three languages and two themes, changed in the middle of the work. */
import type { Page } from "@playwright/test";
import { SignInPage } from "../pages/sign-in";
import { COLLEAGUE, PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { richCustomer } from "../support/samples";
import { type Locale, LOCALES, texts } from "../support/texts";

test.use({ site: { name: "languages" } });

const NATIVE: Record<Locale, string> = { en: "English", de: "Deutsch", "zh-CN": "简体中文" };

const backgroundOf = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale });

    test("gets every main screen in it", async ({ api, page, signInPage }) => {
      const [auth, shell, customers, pipeline, common] = ["auth", "shell", "customers", "pipeline", "common"].map((it) =>
        texts(locale, it),
      );
      const { items } = await api.customers({ limit: "1" });
      const board = await api.board();
      const stage = board.pipeline.stages[0].name;
      const heading = (name: string) => page.getByRole("heading", { name, level: 1, exact: true });

      await page.goto("/login");
      await expect(heading(auth.heading.replace("{product}", "Portico"))).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await page.getByRole("textbox", { name: auth.identifier }).fill(SALES.email);
      await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: auth.submit, exact: true }).click();
      await expect(heading(shell.nav_today)).toBeVisible();

      const navigation = page.getByRole("navigation", { name: shell.nav_main });
      await navigation.getByRole("link", { name: shell.nav_customers }).click();
      await expect(heading(customers.title)).toBeVisible();
      await expect(page.getByRole("searchbox", { name: customers.search })).toBeVisible();
      await page.getByRole("link", { name: items[0].name, exact: true }).first().click();
      await expect(heading(items[0].name)).toBeVisible();
      for (const part of ["contacts", "timeline", "orders", "deals"]) {
        await expect(page.getByRole("heading", { name: customers[part], level: 2, exact: true })).toBeVisible();
      }
      await navigation.getByRole("link", { name: shell.nav_pipeline }).click();
      await expect(heading(pipeline.title)).toBeVisible();
      const name = stage.translations[locale] ?? stage.default;
      await expect(page.getByRole("heading", { name, level: 2, exact: true })).toBeVisible();
      await page.goto("/no/such/page");
      await expect(heading(common.not_found_title)).toBeVisible();
      await expect(signInPage.heading).toHaveCount(0);
    });
  });
}

test("changing the language keeps what was typed", async ({ page, signInPage }) => {
  await signInPage.open();
  await signInPage.fill("half a na", "half a pass");
  for (const locale of ["de", "zh-CN", "en"] as const) {
    const auth = texts(locale, "auth");
    await page.getByRole("combobox").filter({ hasText: NATIVE[locale] }).selectOption({ label: NATIVE[locale] });
    await expect(page.getByRole("textbox", { name: auth.identifier })).toHaveValue("half a na");
    await expect(page.getByLabel(auth.password, { exact: true })).toHaveValue("half a pass");
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
  }
});

test("an address may ask for a language once", async ({ page, signInPage }) => {
  await page.goto("/login?lang=de");
  await expect(page.getByRole("button", { name: "Anmelden", exact: true })).toBeVisible();
  await signInPage.open();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("the language of the menu goes with the person to other devices", async ({ browser, page, shell, signInPage }) => {
  const german = texts("de", "shell");
  await signInPage.signIn(COLLEAGUE.email);
  await shell.account(COLLEAGUE.name).click();
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/me") && answer.request().method() === "PATCH");
  await page.getByRole("menuitemradio", { name: NATIVE.de, exact: true }).click();
  await expect(shell.heading(german.nav_today)).toBeVisible();
  expect((await saved).ok()).toBe(true);
  await page.reload();
  await expect(shell.heading(german.nav_today)).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");

  const other = await browser.newContext({ locale: "en-US", baseURL: new URL(page.url()).origin });
  const elsewhere = await other.newPage();
  const signInElsewhere = new SignInPage(elsewhere);
  await signInElsewhere.open();
  await signInElsewhere.fill(COLLEAGUE.email, PASSWORD);
  await signInElsewhere.submit.click();
  await expect(elsewhere.getByRole("heading", { name: german.nav_today, level: 1 })).toBeVisible();
  expect(await elsewhere.evaluate(() => localStorage.getItem("portico.locale"))).toBeNull();
  await elsewhere.getByRole("button", { name: COLLEAGUE.name, exact: true }).click();
  await elsewhere.getByRole("menuitemradio", { name: german.language_browser, exact: true }).click();
  const english = texts("en", "shell");
  await expect(elsewhere.getByRole("heading", { name: english.nav_today, level: 1 })).toBeVisible();
  await elsewhere.reload();
  await expect(elsewhere.getByRole("heading", { name: english.nav_today, level: 1 })).toBeVisible();
  await elsewhere.getByRole("button", { name: COLLEAGUE.name, exact: true }).click();
  await expect(elsewhere.getByRole("menuitemradio", { name: english.language_browser, exact: true })).toBeChecked();
  await elsewhere.keyboard.press("Escape");
  await elsewhere.goto("/?lang=zh-CN");
  await expect(elsewhere.getByRole("heading", { name: texts("zh-CN", "shell").nav_today, level: 1 })).toBeVisible();
  await other.close();
});

test("a page whose texts arrive while the language is being changed is shown in the new one", async ({ page, shell, signInPage }) => {
  await signInPage.signIn(COLLEAGUE.email);
  // The new language is on its way for as long as the next page needs.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const asked = page.waitForRequest(/\/locales\/de\/shell\b/);
  await page.route(/\/locales\/de\//, async (route) => {
    await held;
    await route.continue();
  });
  await shell.account(COLLEAGUE.name).click();
  await page.getByRole("menuitemradio", { name: NATIVE.de, exact: true }).click();
  await asked;
  await shell.go("Customers");
  await expect(shell.heading("Customers")).toBeVisible();
  release();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(shell.heading(texts("de", "shell").nav_customers)).toBeVisible();
  await shell.account(COLLEAGUE.name).click();
  await page.getByRole("menuitemradio", { name: texts("de", "shell").language_browser, exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("moments are told in the time zone of the account, not of the device", async ({ api, page, signInPage }) => {
  const { id } = await richCustomer(api, () => true);
  await signInPage.signIn();
  await page.goto(`/customers/${id}`);
  const moment = page.getByRole("main").locator("time[datetime]").first();
  await expect(moment).toBeVisible();
  const at = new Date((await moment.getAttribute("datetime")) ?? "");
  const zoned = (timeZone: string) =>
    new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
  expect(zoned("Asia/Shanghai")).not.toBe(zoned("Europe/Berlin"));
  const spaces = (text: string | null) => text?.replace(/\s/g, " ");
  expect(spaces(await moment.getAttribute("title"))).toBe(spaces(zoned("Asia/Shanghai")));
});

test("the theme of the menu changes the colours and outlives a reload", async ({ page, shell, signInPage }) => {
  const background = () => backgroundOf(page);
  await signInPage.signIn();
  const light = await background();
  await shell.choose("Dark", "menuitemradio");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(shell.heading("Today")).toBeVisible();
  expect(await background()).toBe(dark);
  await shell.choose("As the device", "menuitemradio");
  await expect.poll(background).toBe(light);
});

test("without a choice the device decides, also while the page is open", async ({ page, signInPage }) => {
  const background = () => backgroundOf(page);
  await signInPage.open();
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).not.toBe(light);
});
