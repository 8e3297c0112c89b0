/**
 * The pictures of the documents: ten screens in light, in dark and on a phone, and two in the other languages. Each run
 * takes them, to `results/screenshots`; with `PORTICO_SCREENSHOTS=1` they become those of the documents.
 */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { SALES } from "../support/accounts";
import type { Api } from "../support/api";
import { expect, test } from "../support/fixtures";
import { movableDeal, richCustomer } from "../support/samples";
import { sites } from "../support/sites";
import type { Locale } from "../support/texts";

test.use({ site: { name: "screenshots" } });

/** Where the pictures go: the documents change only when somebody wants them to. */
const folder = process.env.PORTICO_SCREENSHOTS === "1" ? sites.screenshots : "results/screenshots";

const isChinese = (name: string) => /\p{Script=Han}/u.test(name);

/** Takes a picture of the screen, without the ring around what has the focus unless `keepFocus`. */
const take = async (page: Page, name: string, keepFocus = false) => {
  await page.evaluate(() => document.fonts.ready);
  if (!keepFocus) await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
};

type Look = (screen: string, keepFocus?: boolean) => Promise<void>;

/** The ten main screens, each complete before `look` is called. */
const mainScreens = async (page: Page, api: Api, look: Look): Promise<void> => {
  const customer = await richCustomer(api, (name) => !isChinese(name));
  const { deal } = await movableDeal(api);
  const main = page.getByRole("main");

  await page.goto("/login");
  await expect(page.getByText("This is a demonstration")).toBeVisible();
  await look("sign-in");
  await page.getByText("Can't sign in?").click();
  await expect(page.getByRole("button", { name: "Copy report for IT" })).toBeVisible();
  await page.getByRole("heading", { name: "Check this device and the connection" }).scrollIntoViewIfNeeded();
  await look("help");

  await page.goto("/login");
  await page.getByRole("textbox", { name: "Email, employee number or username" }).fill(SALES.email);
  await page.getByLabel("Password", { exact: true }).fill("Harbour-lantern-42");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  await expect(main.getByRole("link").nth(3)).toBeVisible();
  await look("today");

  await page.goto("/customers");
  await expect(page.getByRole("grid", { name: "Customers" }).getByRole("link").nth(3)).toBeVisible();
  await look("customers");
  await page.goto(`/customers/${customer.id}`);
  await expect(main.getByRole("listitem").nth(8)).toBeVisible();
  await look("record");
  await page.goto(`/customers/${customer.id}/edit`);
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue(customer.name);
  await look("edit-customer");
  await page.goto("/customers/new");
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("group", { name: /needs attention/ })).toBeVisible();
  await look("new-customer", true);
  await page.goto("/pipeline");
  await expect(page.locator(".deal-card").nth(3)).toBeVisible();
  await look("board");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Search and commands" }).fill(customer.name.slice(0, 5));
  await expect(page.getByRole("option", { name: customer.name }).first()).toBeVisible();
  await look("palette", true);
  await page.goto(`/deals/${deal.id}`);
  await expect(page.getByText(deal.customer.name)).toBeVisible();
  await look("deal");
};

const LOOKS = [
  { suffix: "", options: { colorScheme: "light" } },
  { suffix: "-dark", options: { colorScheme: "dark" } },
  { suffix: "-phone", options: { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 } },
] as const;

for (const { suffix, options } of LOOKS) {
  test.describe(`as${suffix || "-light"}`, () => {
    test.use(options);

    test("ten main screens", async ({ api, page }) => {
      test.slow();
      await mainScreens(page, api, (screen, keepFocus) => take(page, `${screen}${suffix}`, keepFocus));
    });
  });
}

for (const [locale, picture, address] of [
  ["zh-CN", "record-zh-cn", "record"],
  ["de", "board-de", "board"],
] as [Locale, string, string][]) {
  test.describe(`in ${locale}`, () => {
    test(picture, async ({ api, page, shell, signInPage }) => {
      const { id, name } = await richCustomer(api, isChinese);
      await signInPage.signIn();
      await page.evaluate((chosen) => localStorage.setItem("portico.locale", chosen), locale);
      await page.goto(address === "record" ? `/customers/${id}` : "/pipeline");
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(shell.account(SALES.name)).toBeVisible();
      const shown = address === "record" ? page.getByRole("heading", { name, level: 1 }) : page.locator(".deal-card").first();
      await expect(shown).toBeVisible();
      await expect(page.getByRole("main").getByRole("listitem").nth(3)).toBeVisible();
      await take(page, picture);
    });
  });
}
