/** Who comes outside of the hours that the company has set, and may not sign in then. */
import { Door } from "../pages/door";
import { expectAccessible } from "../support/a11y";
import { ADMIN, PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { LOCALES } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

/** An hour of the day that has not begun yet. */
const time = (later: number) => new Date(Date.now() + later * 3_600_000).toISOString().slice(11, 16);
const hours = `${time(2)}-${time(3)}@UTC`;

test.use({ site: { name: "closed-hours", flags: ["--sign-in-hours", hours] } });

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("is told so", async ({ page, witness }) => {
      witness.excuseStatus(403);
      await page.goto("/login");
      const door = new Door(page, locale);
      expect(await door.knock(SALES.email, PASSWORD)).toBe(403);
      await expect(door.refusal).toContainText(door.words.outside_hours);
      await expect(door.clock).toHaveText(/^[12]:\d\d:\d\d$/);
      await expectAccessible(page, `${locale}: closed-hours`);
      await expectTidyText(page, `${locale}: closed-hours`);
      await expect(door.identifier).toHaveValue(SALES.email);
    });
  });
}

test("an administrator gets in at any time, and a wrong password learns nothing of the hours", async ({ page, shell, witness }) => {
  witness.excuseStatus(401);
  await page.goto("/login");
  const door = new Door(page, "en");
  expect(await door.knock(SALES.email, "wrong one")).toBe(401);
  await expect(door.refusal).toContainText(door.words.wrong);
  expect(await door.knock(ADMIN.email, PASSWORD)).toBe(200);
  await expect(shell.heading("Today")).toBeVisible();
});
