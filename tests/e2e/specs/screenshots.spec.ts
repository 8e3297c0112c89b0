/** The README's pictures. They are taken only when asked for: `PORTICO_SCREENSHOTS=1 npx playwright test screenshots`. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { richCustomer } from "../support/samples";
import { sites } from "../support/sites";
import type { Locale } from "../support/texts";

test.use({ site: { name: "screenshots" } });
test.skip(process.env.PORTICO_SCREENSHOTS !== "1", "only when asked for");

const take = async (page: Page, name: string) => {
  await page.evaluate(() => document.fonts.ready);
  // A page that was navigated to has the focus on its heading, where a picture needs no ring.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.screenshot({ path: join(sites.screenshots, `${name}.png`), animations: "disabled", caret: "hide" });
};

const isChinese = (name: string) => /\p{Script=Han}/u.test(name);

test("the sign-in", async ({ page, signInPage }) => {
  await signInPage.open();
  await expect(page.getByText("This is a demonstration")).toBeVisible();
  await take(page, "sign-in");
});

test("customers, a record and the board", async ({ api, customer, customers, page, pipeline, shell, signInPage }) => {
  const { id } = await richCustomer(api, (name) => !isChinese(name));
  await signInPage.signIn();
  await shell.go("Customers");
  await expect(customers.table.getByRole("row").nth(1)).toBeVisible();
  await take(page, "customers");
  await customer.open(id);
  await expect(customer.part("Timeline").getByRole("listitem").first()).toBeVisible();
  await take(page, "record");
  await shell.go("Pipeline");
  await expect(pipeline.stage("Discovery").getByRole("listitem").first()).toBeVisible();
  await take(page, "board");
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, "board-dark");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 });

  test("customers", async ({ customers, page, signInPage }) => {
    await signInPage.signIn();
    await customers.open();
    await expect(customers.table.getByRole("row").nth(1)).toBeVisible();
    await take(page, "customers-phone");
  });
});

for (const [locale, picture, address] of [
  ["zh-CN", "record-zh-cn", "record"],
  ["de", "board-de", "board"],
] as [Locale, string, string][]) {
  test.describe(`in ${locale}`, () => {
    test.use({ storageState: { cookies: [], origins: [] } });

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
