/** Choosing a password: what is said while one types, what leaves the device, and what is told of a refusal. */
import { PASSWORD } from "../support/accounts";
import { expectAccessible } from "../support/a11y";
import { expect, test } from "../support/fixtures";

test.use({ site: { name: "password" } });

const ACCOUNT = {
  role: "sales",
  email: "wang.fang@portico.example",
  name: "Wang Fang",
  number: "EMP2101",
  password: "seven green lamps on a boat",
};
const BETTER = "quiet rivers under tin roofs";

test.beforeAll(({ backend }) => backend.createAccount(ACCOUNT));

test("a password is changed, and judged on the device while it is typed", async ({
  page,
  security,
  shell,
  signInPage,
  witness,
}) => {
  await signInPage.signIn(ACCOUNT.email, ACCOUNT.password);
  await shell.account(ACCOUNT.name).click();
  await page.getByRole("menuitem", { name: "Security" }).click();
  await expect(security.heading).toBeVisible();
  const before = witness.requests.length;
  await security.next.input.pressSequentially("wangfang1990");
  await expect(security.next.meter).toHaveAttribute("aria-valuetext", "Weak");
  await expect(page.getByText("Leave out your own names, addresses and numbers.")).toBeVisible();
  await expect(security.next.rule("Hard to guess")).toContainText("not yet");
  await security.next.input.fill(BETTER);
  await expect(security.next.meter).toHaveAttribute("aria-valuetext", "Very good");
  await expect(security.next.rule("Hard to guess")).toContainText("done");
  await expectAccessible(page, "a password that is being chosen");
  const meanwhile = witness.requests.slice(before);
  expect(meanwhile.map((request) => request.method())).not.toContain("POST");
  expect(meanwhile.map((request) => new URL(request.url()).pathname.split("/").pop())).toContain("strength_bg.wasm");

  await security.current.fill("not the one in use");
  await security.submit.click();
  witness.excuseStatus(422);
  await expect(page.getByText("This is not your current password.").first()).toBeVisible();
  await expect(security.next.input).toHaveValue(BETTER);
  await security.current.fill(ACCOUNT.password);
  await security.submit.click();
  await expect(security.changed).toBeVisible();
  // What was done is read: the form that had the focus is gone.
  await expect(page.locator(":focus")).toContainText("Your password is changed.");
  await expect(page).toHaveURL(/\/account\/security\?changed=1$/);
  await expect(security.current).toHaveCount(0);
  await shell.go("Customers");
  await shell.account(ACCOUNT.name).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await signInPage.signIn(ACCOUNT.email, BETTER);
});

test("a renewal in another tab waits for the change, and nobody is signed out by it", async ({ backend, context, page, security, shell, signInPage }) => {
  const person = { ...ACCOUNT, email: "wang.min@portico.example", name: "Wang Min", number: "EMP2102" };
  backend.createAccount(person);
  await signInPage.signIn(person.email, person.password);
  await security.open();
  await security.fill(person.password, BETTER);
  // The answer is on its way for long: the cookie is another one already, and this browser does not know.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const changed = new Promise<void>((resolve) => {
    void page.route("**/api/v1/me/password", async (route) => {
      const answer = await route.fetch();
      resolve();
      await held;
      await route.fulfill({ response: answer });
    });
  });
  await security.submit.click();
  await changed;
  const other = await context.newPage();
  await other.goto("/customers");
  const renewals = () => other.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/auth/refresh")).length);
  await expect.poll(() => other.evaluate(async () => (await navigator.locks.query()).pending?.length)).toBe(1);
  expect(await renewals()).toBe(0);
  release();
  await expect(security.changed).toBeVisible();
  await expect(other.getByRole("heading", { name: "Customers", level: 1 })).toBeVisible();
  await page.reload();
  await expect(shell.account(person.name)).toBeVisible();
});

test("without the worker the backend has the last word, and nothing typed is lost", async ({
  page,
  security,
  signInPage,
  witness,
}) => {
  witness.excuseSilence();
  witness.excuseStatus(422);
  await page.route("**/strength_bg.wasm", (route) => route.abort());
  await signInPage.signIn();
  await security.open();
  await security.fill(PASSWORD, "aaaaaaaaaaaaaaaaaaaa");
  await expect(page.getByText("How strong it is will be checked when you send it.")).toBeVisible();
  await expect(security.next.rule("At least 12 characters")).toContainText("done");
  await security.submit.click();
  await expect(page.getByText("This is guessed too easily. Add a word or two.").first()).toBeVisible();
  await expect(security.next.input).toHaveValue("aaaaaaaaaaaaaaaaaaaa");
  await expect(security.current).toHaveValue(PASSWORD);
  await expect(security.next.input).toBeFocused();
});

for (const { email, reason } of [
  { email: "temporary@portico.example", reason: "Your password was given to you to start with." },
  { email: "compromised@portico.example", reason: "Your password is known to others." },
]) {
  test(`${email} chooses a new password before the work begins`, async ({ page, security, shell, signInPage }) => {
    await signInPage.open("?next=%2Fpipeline");
    await signInPage.fill(email, PASSWORD);
    await signInPage.submit.click();
    await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
    await expect(page).toHaveURL(/\/login\/new-password(\?|$)/);
    await expect(page.getByText(reason, { exact: false })).toBeVisible();
    await expectAccessible(page, "a sign-in that waits for a new password");
    await security.next.input.fill(BETTER);
    await expect(security.next.rule("Hard to guess")).toContainText("done");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(shell.heading("Pipeline")).toBeVisible();
  });
}

test("a worker of another address is refused", async ({ page, security, signInPage, witness }) => {
  witness.excuse(/violation of require-trusted-types-for/, /Content Security Policy|TrustedScript/);
  await signInPage.signIn();
  await security.open();
  const refused = await page.evaluate(() => {
    const attempt = (address: string) => {
      try {
        new Worker(address).terminate();
        return false;
      } catch {
        return true;
      }
    };
    return ["/strength.js", "/assets/0123456789abcdef/strength.js", "/assets/x/../strength.js?x"].map(attempt);
  });
  expect(refused).toEqual([true, true, true]);
});
