/** What a person is told when the application cannot start: in their language, without the application. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/a11y";
import { expect, test } from "../support/fixtures";
import type { Locale } from "../support/texts";

test.use({ site: { name: "notices" } });

const WORDS: Record<Locale, { old: string; wasm: string; failed: string; reload: string }> = {
  en: {
    old: "This browser is too old",
    wasm: "This browser does not run Portico's code",
    failed: "Portico could not be loaded",
    reload: "Load the page again",
  },
  de: {
    old: "Dieser Browser ist zu alt",
    wasm: "Dieser Browser führt den Code von Portico nicht aus",
    failed: "Portico konnte nicht geladen werden",
    reload: "Seite neu laden",
  },
  "zh-CN": {
    old: "浏览器版本过旧",
    wasm: "此浏览器无法运行 Portico",
    failed: "Portico 无法加载",
    reload: "重新载入页面",
  },
};

const expectNotice = async (page: Page, locale: Locale, trouble: "old" | "wasm" | "failed") => {
  const words = WORDS[locale];
  await expect(page.getByRole("heading", { name: words[trouble], level: 1 })).toBeVisible();
  await expect(page.locator("#boot-failure")).toHaveAttribute("lang", locale);
  await expect(page.getByRole("button", { name: words.reload })).toBeVisible();
  await expectAccessible(page, `${locale}: ${trouble}`);
};

for (const locale of Object.keys(WORDS) as Locale[]) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale });

    test("and is too old is told so, and loads nothing", async ({ page, witness }) => {
      await page.addInitScript(() => {
        CSS.supports = () => false;
      });
      await page.goto("/login");
      await expectNotice(page, locale, "old");
      expect(witness.requests.filter((request) => request.url().endsWith(".wasm"))).toEqual([]);
    });

    test("and has WebAssembly switched off is told so", async ({ page }) => {
      await page.addInitScript(() => {
        Reflect.deleteProperty(window, "WebAssembly");
      });
      await page.goto("/login");
      await expectNotice(page, locale, "wasm");
    });

    test("and cannot load the code may try again", async ({ page, signInPage, witness }) => {
      witness.excuseSilence();
      witness.excuse(/TypeError: Failed to fetch|Failed to fetch/);
      await page.route("**/*.wasm", (route) => route.abort());
      // At the sign-in it would be waited for: see early.spec.ts.
      await page.goto("/forgot-password");
      await expectNotice(page, locale, "failed");
      await page.unroute("**/*.wasm");
      await page.getByRole("button", { name: WORDS[locale].reload }).click();
      await expect(page.locator("#boot-failure")).toHaveCount(0);
      await expect(page.getByRole("textbox").first()).toBeVisible();
      await expect(signInPage.page).toHaveURL(/\/forgot-password$/);
    });
  });
}

test("when not even the first script comes, the page says so after a while", async ({ page, witness }) => {
  witness.excuseSilence();
  await page.route("**/boot.js", (route) => route.abort());
  await page.goto("/login");
  const late = page.getByText("Loading takes longer than usual.");
  await expect(late).toBeHidden();
  await expect(late).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says what it needs, in every language", async ({ page }) => {
    await page.goto("/login");
    const said = page.locator("noscript p");
    for (const words of [/^Portico needs JavaScript\./, /^Portico braucht JavaScript\./, /^Portico 需要 JavaScript。/]) {
      await expect(said.filter({ hasText: words })).toBeVisible();
    }
    await expect(page.locator("#splash")).toBeHidden();
  });
});
