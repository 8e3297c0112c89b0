/** Who comes from a network that the company does not trust. */
import { Door } from "../pages/door";
import { expectAccessible } from "../support/a11y";
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { LOCALES } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "closed-network", flags: ["--sign-in-networks", "192.0.2.0/24"] } });

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("is told so", async ({ page, witness }) => {
      witness.excuseStatus(403);
      await page.goto("/login");
      const door = new Door(page, locale);
      expect(await door.knock(SALES.email, PASSWORD)).toBe(403);
      await expect(door.refusal).toContainText(door.words.outside_network);
      await expectAccessible(page, `${locale}: closed-network`);
      await expectTidyText(page, `${locale}: closed-network`);
      await expect(door.identifier).toHaveValue(SALES.email);
    });
  });
}
