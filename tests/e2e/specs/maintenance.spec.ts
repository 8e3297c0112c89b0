/** The backend is looked after: announced before, said while it lasts, and nothing is lost by it. */
import { Door } from "../pages/door";
import { expectAccessible } from "../support/a11y";
import { ADMIN, PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

const MINUTE = 60;
/** Seconds until it begins, which no session outlives by doing nothing, and until it is over. */
const [BEGINS, ENDS] = [10 * MINUTE, 25 * MINUTE];
const instant = (later: number) => new Date(Date.now() + later * 1_000).toISOString();

test.use({
  site: {
    name: "maintenance",
    flags: ["--dev-clock", "--maintenance-from", instant(BEGINS), "--maintenance-until", instant(ENDS)],
  },
});

// The tests follow each other: before, while it lasts, after.
test.describe.configure({ mode: "serial" });

for (const locale of LOCALES) {
  test.describe(`before it, a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("is told when it will be", async ({ page }) => {
      const [before] = texts(locale, "auth").maintenance.split("{from}");
      await page.goto("/login");
      await expect(page.getByText(before)).toBeVisible();
      await expectAccessible(page, `${locale}: maintenance announced`);
      await expectTidyText(page, `${locale}: maintenance announced`);
      const door = new Door(page, locale);
      expect(await door.knock(SALES.email, PASSWORD)).toBe(200);
      await expect(page.getByRole("heading", { name: texts(locale, "shell").nav_today, level: 1 })).toBeVisible();
      await expect(page.getByText(before)).toBeVisible();
    });
  });
}

test("who is in the middle of something is told, and goes on afterwards", async ({ backend, form, page, signInPage, witness }) => {
  // The token ran out as well, and was renewed.
  witness.excuseStatus(401);
  witness.excuseStatus(503);
  await signInPage.signIn();
  await form.create();
  await form.name.fill("Wartung & Co.");
  await backend.pass(BEGINS);
  await form.save.click();
  await expect(page.getByText("Portico is being looked after")).toBeVisible();
  await expect(form.name).toHaveValue("Wartung & Co.");
});

for (const locale of LOCALES) {
  test.describe(`while it lasts, a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("cannot sign in, and is told until when", async ({ page, witness }) => {
      witness.excuseStatus(503);
      await page.goto("/login");
      const door = new Door(page, locale);
      expect(await door.knock(SALES.email, PASSWORD)).toBe(503);
      await expect(door.refusal).toContainText(texts(locale, "common").error_maintenance);
      await expect(door.clock).toBeVisible();
      await expectAccessible(page, `${locale}: maintenance`);
      await expectTidyText(page, `${locale}: maintenance`);
    });
  });
}

test("an administrator can work meanwhile", async ({ customers, page, shell }) => {
  await page.goto("/login");
  expect(await new Door(page, "en").knock(ADMIN.email, PASSWORD)).toBe(200);
  await expect(shell.heading("Today")).toBeVisible();
  await customers.open();
  await expect(customers.table).toBeVisible();
});

test("afterwards everything is as before", async ({ backend, page, shell, signInPage }) => {
  await backend.pass(ENDS - BEGINS);
  // What is announced is in the policy.
  const policy = page.waitForResponse((answer) => answer.url().endsWith("/auth/policy"));
  await signInPage.signIn();
  await policy;
  await expect(shell.heading("Today")).toBeVisible();
  await expect(page.getByText("Maintenance from")).toHaveCount(0);
});
