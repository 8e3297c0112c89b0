/** Refused sign-ins: what happened, how long it lasts and what to do, the same for accounts that exist and that do not. */
import { Door } from "../pages/door";
import { expectAccessible } from "../support/a11y";
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { LOCALES } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "refusals", flags: ["--dev-clock"] } });

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("wrong passwords lead to a pause, then to a lock that is counted down", async ({ backend, context, page, witness }) => {
      witness.excuseStatus(401);
      witness.excuseStatus(429);
      const who = `nobody.${locale}@portico.example`;
      await page.goto("/login");
      const door = new Door(page, locale);
      const { words, refusal, clock } = door;
      expect(await door.knock(who, "wrong one")).toBe(401);
      await expect(refusal).toContainText(words.wrong);
      await expect(refusal).toContainText("3");
      await expectAccessible(page, `${locale}: wrong`);

      // Each try after the third has to wait longer than the one before.
      let [status, tries] = [401, 1];
      while (tries < 10) {
        status = await door.knock(who, "wrong one");
        if (status === 429) {
          await expect(refusal).toContainText(words.rate_limited);
          await expect(clock).toBeVisible();
          if (tries === 4) await expectAccessible(page, `${locale}: a pause`);
          await backend.pass(61);
        } else {
          tries += 1;
        }
      }
      expect(await door.knock(who, "wrong one")).toBe(429);
      await expect(refusal).toContainText(words.locked);
      await expect(clock).toHaveText(/^1?\d:\d\d$/);
      await expectAccessible(page, `${locale}: locked`);
      await expectTidyText(page, `${locale}: locked`);
      // What was typed stays, and the ways round are one press away.
      await expect(door.identifier).toHaveValue(who);
      await expect(page.getByRole("link", { name: words.forgot })).toBeVisible();

      // When the time is over, it is said.
      await context.clearCookies();
      await backend.pass(15 * 60);
      expect(await door.knock(who, "wrong one")).toBe(401);
      await expect(refusal).toContainText(words.wrong);
    });

    test("a temporary password that has expired says what to do", async ({ page, witness }) => {
      witness.excuseStatus(403);
      await page.goto("/login");
      const door = new Door(page, locale);
      const { words, refusal } = door;
      expect(await door.knock("expired-temporary@portico.example", PASSWORD)).toBe(403);
      await expect(refusal).toContainText(words.temporary_expired);
      await expectAccessible(page, `${locale}: temporary password expired`);
      await expectTidyText(page, `${locale}: temporary password expired`);
    });
  });
}

test("the countdown ends with a word", async ({ page, signInPage, witness }) => {
  witness.excuseStatus(401);
  witness.excuseStatus(429);
  await page.clock.install();
  await signInPage.open();
  const door = new Door(page, "en");
  const who = "countdown@portico.example";
  let status = 401;
  while (status === 401) status = await door.knock(who, "wrong one");
  await expect(door.clock).toBeVisible();
  await page.clock.fastForward(120_000);
  await expect(page.getByText("You can try again now.")).toBeVisible();
  await expect(door.clock).toHaveCount(0);
});

test("who was here before gets past a lock that somebody else caused", async ({ browser, backend, page, shell, signInPage, witness }) => {
  witness.excuseStatus(401);
  witness.excuseStatus(429);
  await signInPage.signIn();
  await shell.signOut();
  const stranger = await browser.newContext({ baseURL: backend.url });
  const elsewhere = await stranger.newPage();
  await elsewhere.goto("/login");
  const door = new Door(elsewhere, "en");
  for (let tries = 0; tries < 10; ) {
    const status = await door.knock(SALES.email, "wrong one");
    if (status === 429) await backend.pass(61);
    else tries += 1;
  }
  expect(await door.knock(SALES.email, PASSWORD)).toBe(429);
  await expect(door.refusal).toContainText("Signing in is locked for now");
  await stranger.close();
  await signInPage.signIn();
});

test.describe("after a hundred wrong passwords in a row", () => {
  const who = "nobody.ever@portico.example";

  test.beforeAll(async ({ api, backend }) => {
    test.setTimeout(180_000);
    for (let tries = 0; tries < 100; ) {
      const status = await api.trySigningIn(who, "wrong one");
      if (status === 429) await backend.pass(16 * 60);
      else tries += 1;
    }
    await backend.pass(24 * 3_600);
  });

  for (const locale of LOCALES) {
    test.describe(`a browser that prefers ${locale}`, () => {
      test.use({ locale, viewport: { width: 360, height: 780 } });

      test("is told that waiting does not help, and what does", async ({ page, witness }) => {
        witness.excuseStatus(429);
        await page.goto("/login");
        const door = new Door(page, locale);
        expect(await door.knock(who, "wrong one")).toBe(429);
        await expect(door.refusal).toContainText(door.words.locked_for_good_hint);
        await expect(door.clock).toHaveCount(0);
        await expectAccessible(page, `${locale}: locked for good`);
        await expectTidyText(page, `${locale}: locked for good`);
      });
    });
  }
});
