/** The backend is away for a minute while a person reloads: nobody is signed out by it. */
import { CustomersPage } from "../pages/customers";
import { expect, test } from "../support/fixtures";
import { Gateway } from "../support/gateway";
import { PASSWORD, SALES } from "../support/accounts";

test.use({ site: { name: "outage" } });

for (const fate of ["refuse", 503] as const) {
  test(`a reload meanwhile waits for it (${fate})`, async ({ backend, page, signInPage, witness }) => {
    witness.excuse(/^foreign: http:\/\/127\.0\.0\.1:\d+\//);
    witness.excuseSilence();
    witness.excuseStatus(503);
    const gateway = await Gateway.before(backend.url);
    try {
      await page.clock.install();
      await page.goto(`${gateway.url}/login?next=%2Fcustomers`);
      await signInPage.fill(SALES.email, PASSWORD);
      await signInPage.submit.click();
      const customers = new CustomersPage(page);
      await expect(customers.table).toBeVisible();

      gateway.api = fate;
      await page.reload();
      const again = page.getByRole("button", { name: "Try again" });
      await expect(again).toBeVisible();
      for (let second = 0; second < 60; second += 10) {
        await page.clock.fastForward(10_000);
        await expect(again).toBeVisible();
        await expect(page).toHaveURL(`${gateway.url}/customers`);
      }
      gateway.api = "pass";
      await page.clock.fastForward(10_000);
      await expect(customers.table).toBeVisible();
    } finally {
      await gateway.close();
    }
  });
}
