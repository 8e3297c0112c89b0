/** Staying signed in when the browser is closed, where the company allows it. */
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";

test.use({ site: { name: "remember", flags: ["--remember-days", "30", "--dev-clock"] } });

const REMEMBERED_SECONDS = 30 * 24 * 60 * 60;

for (const remember of [true, false]) {
  test(`the cookie ${remember ? "outlives" : "ends with"} the browser`, async ({ context, page, shell, signInPage }) => {
    await signInPage.open();
    await signInPage.fill(SALES.email, PASSWORD);
    const box = page.getByRole("checkbox", { name: "Keep me signed in" });
    if (remember) await box.check();
    else await expect(box).not.toBeChecked();
    await signInPage.submit.click();
    await expect(shell.heading("Today")).toBeVisible();
    const cookies = (await context.cookies()).filter(({ name }) => name.endsWith("portico_rt"));
    expect(cookies).toHaveLength(1);
    // A cookie without an end is one that the browser forgets.
    expect(cookies[0].expires > 0).toBe(remember);
  });
}

test("who wished to stay signed in still does after the session has ended under the page", async ({
  backend,
  context,
  page,
  shell,
  signInPage,
  witness,
}) => {
  witness.excuseStatus(401);
  await signInPage.open();
  await signInPage.fill(SALES.email, PASSWORD);
  await page.getByRole("checkbox", { name: "Keep me signed in" }).check();
  await signInPage.submit.click();
  await expect(shell.heading("Today")).toBeVisible();
  // The session is another one after a reload, and knows it from the backend.
  await page.reload();
  await expect(shell.heading("Today")).toBeVisible();
  await backend.pass(REMEMBERED_SECONDS + 60);
  await shell.navigation.getByRole("link", { name: "Customers" }).click();
  const ended = page.getByRole("dialog", { name: "Your session has ended" });
  await ended.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ended.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(ended).toHaveCount(0);
  const cookies = (await context.cookies()).filter(({ name }) => name.endsWith("portico_rt"));
  expect(cookies.map(({ expires }) => expires > 0)).toEqual([true]);
});
