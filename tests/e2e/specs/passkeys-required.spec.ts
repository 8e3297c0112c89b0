/** Where everybody must have a second factor a passkey is one, and the quickest to set up. */
import { Door } from "../pages/door";
import { TwoFactorPage } from "../pages/two-factor";
import { expectAccessible } from "../support/a11y";
import { PASSWORD } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { PasskeyDevice } from "../support/passkeys";
import { type Locale, LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "passkeys-required", flags: ["--second-factor", "required"], host: "localhost" } });

/** Somebody for each language, who has nothing yet. */
const PEOPLE: Record<Locale, string> = {
  en: "marketing@portico.example",
  de: "service@portico.example",
  "zh-CN": "manager@portico.example",
};

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("the first sign-in makes a passkey, and the next one takes nothing else", async ({ page }) => {
      const device = await PasskeyDevice.at(page);
      const [step, words] = [new TwoFactorPage(page, locale), texts(locale, "passkeys")];
      const look = async (screen: string) => {
        await expectAccessible(page, `${locale}: ${screen}`);
        await expectTidyText(page, `${locale}: ${screen}`);
      };
      const today = page.getByRole("heading", { name: texts(locale, "shell").nav_today, level: 1 });
      await page.goto("/login");
      await new Door(page, locale).knock(PEOPLE[locale], PASSWORD);
      await expect(step.setUp).toBeVisible();
      const create = page.getByRole("button", { name: words.create, exact: true });
      await expect(create).toBeVisible();
      await look("a passkey to be made");
      await create.click();
      await expect(step.sheet.list.getByRole("listitem")).toHaveCount(10);
      await step.sheet.keep();
      await expect(today).toBeVisible();
      await page.goto("/account/security");
      await expect(page.getByText(texts(locale, "account").factor_last)).toBeVisible();
      await look("the account");

      await device.touched(false);
      await page.context().clearCookies();
      await page.goto("/login");
      const enter = page.getByRole("button", { name: words.sign_in, exact: true });
      await expect(enter).toBeVisible();
      await look("the sign-in");
      await device.touched(true);
      await enter.click();
      await expect(today).toBeVisible();
    });
  });
}
