/** What can keep a person before the door that no rule of the backend is to blame for, and how the way out is found. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { Door } from "../pages/door";
import { expectAccessible } from "../support/a11y";
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { sites } from "../support/sites";
import { LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "door-states", flags: ["--dev-clock"] } });

/** Longer than a sign-in waits for its next step. */
const TOO_LONG = 11 * 60;

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });
    const [auth, recovery, passwords] = ["auth", "recovery", "passwords"].map((it) => texts(locale, it));

    test("a backend that does not answer is not the person's fault", async ({ backend, page, witness }) => {
      witness.excuseSilence();
      await page.goto("/login");
      const door = new Door(page, locale);
      await expect(page.locator("#early")).toHaveCount(0);
      await expect(door.submit).toBeVisible();
      await door.identifier.fill(SALES.email);
      await door.password.fill(PASSWORD);
      await backend.kill();
      await door.submit.click();
      await expect(door.refusal).toContainText(texts(locale, "common").error_offline);
      await expect(door.identifier).toHaveValue(SALES.email);
      await expect(door.password).toHaveValue(PASSWORD);
      await expectAccessible(page, `${locale}: no backend`);
      await expectTidyText(page, `${locale}: no backend`);
      await backend.run();
      await door.submit.click();
      await expect(page.getByRole("heading", { name: texts(locale, "shell").nav_today, level: 1 })).toBeVisible();
    });

    for (const state of ["temporary", "compromised"]) {
      test(`a sign-in that waits for a new password can be left and begun anew (${state})`, async ({ backend, page, witness }) => {
        // The answer to a step that is over.
        witness.excuseStatus(401);
        await page.goto("/login?next=%2Fpipeline");
        const door = new Door(page, locale);
        const forced = page.getByRole("heading", { name: recovery.forced, level: 1, exact: true });
        const signIn = async () => {
          await door.knock(`${state}@portico.example`, PASSWORD);
          await expect(forced).toBeVisible();
        };
        await signIn();
        await expect(page.getByText(recovery[`forced_${state}`])).toBeVisible();
        await expectAccessible(page, `${locale}: ${state}`);
        await expectTidyText(page, `${locale}: ${state}`);
        await page.getByRole("link", { name: recovery.to_sign_in, exact: true }).click();
        await expect(door.submit).toBeVisible();

        await signIn();
        await page.getByLabel(passwords.new, { exact: true }).fill("quiet rivers under tin roofs");
        await backend.pass(TOO_LONG);
        await page.getByRole("button", { name: passwords.set, exact: true }).click();
        await expect(page.getByRole("heading", { name: recovery.forced_over, level: 1, exact: true })).toBeVisible();
        await expectAccessible(page, `${locale}: ${state}, too late`);
        await expectTidyText(page, `${locale}: ${state}, too late`);
        await page.getByRole("link", { name: recovery.sign_in, exact: true }).click();
        await expect(door.submit).toBeVisible();
        await signIn();
      });
    }

    test("a page that came without encryption says so", async ({ backend }) => {
      // A host that is not this machine to the browser, though it is.
      const browser = await chromium.launch({
        executablePath: sites.browser,
        args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP portico.test 127.0.0.1"],
      });
      const page = await browser.newPage({ locale, viewport: { width: 360, height: 780 } });
      await page.goto(`${backend.url.replace("127.0.0.1", "portico.test")}/login`);
      await expect(page.getByText(auth.insecure)).toBeVisible();
      await expectAccessible(page, `${locale}: without encryption`);
      await expectTidyText(page, `${locale}: without encryption`);
      await browser.close();
    });

    test("a browser that keeps no cookies is told before it tries", async ({ backend }) => {
      const home = mkdtempSync(join(tmpdir(), "portico-e2e-"));
      mkdirSync(join(home, "Default"));
      const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
      writeFileSync(join(home, "Default", "Preferences"), JSON.stringify(settings));
      const context = await chromium.launchPersistentContext(home, {
        executablePath: sites.browser,
        args: ["--no-sandbox", "--disable-gpu"],
        locale,
        viewport: { width: 360, height: 780 },
      });
      const page = await context.newPage();
      await page.goto(`${backend.url}/login`);
      await expect(page.getByText(auth.cookies_blocked)).toBeVisible();
      await expectAccessible(page, `${locale}: no cookies`);
      await expectTidyText(page, `${locale}: no cookies`);
      await context.close();
      rmSync(home, { recursive: true, force: true });
    });
  });
}
