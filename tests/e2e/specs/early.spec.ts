/** The sign-in form before the application is here: it can be used, and nothing done with it is lost. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/a11y";
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "early" } });

/** Keeps the application away, or what else is fetched from `url`, until the answer is called. */
const hold = async (page: Page, url = "**/*.wasm"): Promise<() => void> => {
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route(url, async (route) => {
    await released;
    await route.continue();
  });
  return release;
};

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("what was typed goes over into the application's form", async ({ page }) => {
      const words = texts(locale, "auth");
      const identifier = page.getByRole("textbox", { name: words.identifier });
      const password = page.getByLabel(words.password, { exact: true });
      const submit = page.getByRole("button", { name: words.submit, exact: true });
      const release = await hold(page);
      await page.goto("/login");
      await expect(page.locator("#early")).toHaveAttribute("lang", locale);
      await expect(page.getByRole("heading", { name: words.heading.replace("{product}", "Portico") })).toBeVisible();
      await expect(page.getByText(new URL(page.url()).host)).toBeVisible();
      await expect(identifier).toBeFocused();
      await expectAccessible(page, `${locale}: before the application`);
      await expectTidyText(page, `${locale}: before the application`);
      await identifier.fill(SALES.email);
      await password.pressSequentially("half a pass");
      const early = await submit.boundingBox();

      release();
      await expect(page.locator("#early")).toHaveCount(0);
      await expect(identifier).toHaveValue(SALES.email);
      await expect(password).toHaveValue("half a pass");
      await expect(password).toBeFocused();
      // Nothing moves under the finger that is about to press.
      expect((await submit.boundingBox())?.y).toBeCloseTo(early?.y ?? 0, 0);
      await password.fill(PASSWORD);
      await submit.click();
      await expect(page.getByRole("heading", { name: texts(locale, "shell").nav_today, level: 1 })).toBeVisible();
    });
  });
}

test("who presses the button before the application is here is signed in as soon as it is", async ({ page, signInPage, witness }) => {
  const release = await hold(page);
  await signInPage.open("?next=%2Fcustomers");
  await signInPage.fill(SALES.email, PASSWORD);
  await signInPage.password.press("Enter");
  await signInPage.submit.click();
  await expect(page.getByRole("status")).toHaveText("It goes on as soon as the rest of the page is here.");
  expect(witness.callsTo("POST", "/auth/sign-in")).toEqual([]);
  release();
  await expect(page.getByRole("heading", { name: "Customers", level: 1 })).toBeVisible();
  expect(witness.callsTo("POST", "/auth/sign-in")).toHaveLength(1);
});

test("a sign-in waits until it is known that nobody was signed in, or it would be asked for again", async ({
  page,
  shell,
  signInPage,
  witness,
}) => {
  const [release, answer] = [await hold(page), await hold(page, "**/auth/refresh")];
  await signInPage.open();
  await signInPage.fill(SALES.email, PASSWORD);
  await signInPage.submit.click();
  release();
  const isWaiting = () =>
    page.evaluate(async () => {
      const { held, pending } = await navigator.locks.query();
      return [held, pending].every((locks) => locks?.some(({ name }) => name === "portico:refresh"));
    });
  await expect.poll(isWaiting).toBe(true);
  expect(witness.callsTo("POST", "/auth/sign-in")).toEqual([]);
  answer();
  await expect(shell.heading("Today")).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a wrong password is refused as ever, and a later visit finds empty fields", async ({ page, shell, signInPage, witness }) => {
  witness.excuseStatus(401);
  const release = await hold(page);
  await signInPage.open();
  await signInPage.fill(SALES.email, "not this one");
  await signInPage.submit.click();
  release();
  await expect(signInPage.refusal).toContainText("That combination is not right");
  await expect(signInPage.identifier).toHaveValue(SALES.email);
  await signInPage.password.fill(PASSWORD);
  await signInPage.submit.click();
  // A page that comes takes the focus, and with it goes an open menu.
  await expect(shell.heading("Today")).toBeVisible();
  await shell.signOut();
  await expect(signInPage.heading).toBeVisible();
  await expect(signInPage.identifier).toHaveValue("");
  await expect(signInPage.password).toHaveValue("");
});

test("a network that fails while the code comes is waited for, and takes nothing away", async ({ page, shell, signInPage, witness }) => {
  witness.excuseSilence();
  await page.route("**/*.wasm", (route) => route.abort());
  await signInPage.open();
  await signInPage.fill(SALES.email, PASSWORD);
  await expect(page.getByRole("status")).toHaveText("It goes on as soon as the rest of the page is here.");
  await page.unroute("**/*.wasm");
  await signInPage.ready();
  await expect(signInPage.identifier).toHaveValue(SALES.email);
  await signInPage.submit.click();
  await expect(shell.heading("Today")).toBeVisible();
});

test("a network that does not come back is told of in the end", async ({ page, signInPage, witness }) => {
  witness.excuseSilence();
  await page.clock.install();
  await page.route("**/*.wasm", (route) => route.abort());
  await signInPage.open();
  const told = page.getByRole("heading", { name: "Portico could not be loaded", level: 1 });
  await expect(async () => {
    await page.clock.fastForward(3_000);
    await expect(told).toBeVisible({ timeout: 300 });
  }).toPass();
});

test("only the sign-in page has it", async ({ page }) => {
  const release = await hold(page);
  await page.goto("/customers");
  await expect(page.locator("#splash")).toBeVisible();
  await expect(page.locator("#early")).toBeHidden();
  release();
  await expect(page).toHaveURL(/\/login\?next=%2Fcustomers$/);
});
