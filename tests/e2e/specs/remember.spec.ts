/** Staying signed in when the browser is closed, where the company allows it. */
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";

test.use({ site: { name: "remember", flags: ["--remember-days", "30"] } });

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
