/** Where everybody must have a second factor a phone can be one, and is said to be weaker. */
import { Door } from "../pages/door";
import { TwoFactorPage } from "../pages/two-factor";
import { expectAccessible } from "../support/a11y";
import { PASSWORD } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { type Locale, LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "sent-codes-required", flags: ["--second-factor", "required", "--second-factor-codes", "sms"] } });

/** Somebody for each language, who has nothing yet. */
const PEOPLE: Record<Locale, [email: string, phone: string]> = {
  en: ["marketing@portico.example", "+4915110000001"],
  de: ["service@portico.example", "+4915110000002"],
  "zh-CN": ["manager@portico.example", "+8613900000003"],
};

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("the first sign-in sets a phone up where somebody has neither passkey nor app", async ({ outbox, page }) => {
      const [email, phone] = PEOPLE[locale];
      const [step, parts] = [new TwoFactorPage(page, locale), texts(locale, "parts")];
      const look = async (screen: string) => {
        await expectAccessible(page, `${locale}: ${screen}`);
        await expectTidyText(page, `${locale}: ${screen}`);
      };
      await page.goto("/login");
      await new Door(page, locale).knock(email, PASSWORD);
      await expect(step.setUp).toBeVisible();
      await page.getByRole("button", { name: step.words.enrol_with_sms, exact: true }).click();
      await expect(page.getByText(step.words.sms_weaker)).toBeVisible();
      await look("a phone to be set up");
      await page.getByLabel(step.words.phone).fill(phone);
      await page.getByRole("button", { name: parts.code_send, exact: true }).click();
      await expect(step.code).toBeVisible();
      await look("a code on its way");
      await step.code.fill(await outbox.factorCode(phone));
      await step.confirm.click();
      await expect(step.sheet.list.getByRole("listitem")).toHaveCount(10);
      await step.sheet.keep();
      await expect(page.getByRole("heading", { name: texts(locale, "shell").nav_today, level: 1 })).toBeVisible();
    });
  });
}
