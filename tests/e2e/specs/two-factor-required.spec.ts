/** Where everybody must have a second factor: it is set up at the first sign-in, and one has to remain. */
import { Door } from "../pages/door";
import { TwoFactorPage } from "../pages/two-factor";
import { expectAccessible } from "../support/a11y";
import { ADMIN, COLLEAGUE, PASSWORD } from "../support/accounts";
import { Authenticator, enterWithNewApp } from "../support/authenticator";
import { expect, test } from "../support/fixtures";
import { type Locale, LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "two-factor-required", flags: ["--dev-clock", "--second-factor", "required"] } });

/** Somebody for each language, who has no app yet. */
const PEOPLE: Record<Locale, string> = {
  en: "marketing@portico.example",
  de: "service@portico.example",
  "zh-CN": "manager@portico.example",
};

for (const locale of LOCALES) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });

    test("the first sign-in sets an app up, and nothing is lost by a reload on the way", async ({ backend, page, witness }) => {
      witness.excuseStatus(422);
      const step = new TwoFactorPage(page, locale);
      const look = async (screen: string) => {
        await expectAccessible(page, `${locale}: ${screen}`);
        await expectTidyText(page, `${locale}: ${screen}`);
      };
      await page.goto("/login");
      await new Door(page, locale).knock(PEOPLE[locale], PASSWORD);
      await expect(step.setUp).toBeVisible();
      await expect(page.getByText(step.words.enrol_required)).toBeVisible();
      await expect(step.key).toBeVisible();
      await look("setting up");
      await page.reload();
      await expect(step.setUp).toBeVisible();
      const app = new Authenticator((await step.key.textContent()) ?? "", backend);
      await step.code.fill(await app.wrong());
      await step.confirm.click();
      await expect(page.locator("form [aria-invalid=true]")).toBeVisible();
      await look("setting up, with a wrong code");
      await step.code.fill(await app.code());
      await step.confirm.click();
      await expect(step.sheet.list.getByRole("listitem")).toHaveCount(10);
      await look("the codes");
      await step.sheet.keep();
      await expect(page.getByRole("heading", { name: texts(locale, "shell").nav_today, level: 1 })).toBeVisible();
    });
  });
}

test("the last app stays, and the page says why", async ({ backend, page, signInPage }) => {
  await signInPage.open();
  await signInPage.fill(COLLEAGUE.email, PASSWORD);
  await signInPage.submit.click();
  const step = new TwoFactorPage(page);
  const app = new Authenticator((await step.key.textContent()) ?? "", backend);
  await step.code.fill(await app.code());
  await step.confirm.click();
  await step.sheet.keep();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  await page.goto("/account/security");
  await expect(page.getByText(/one of these has to stay/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove", exact: true })).toBeDisabled();
});

test("an invitation leads through a password and an app to the work", async ({ backend, outbox, page, welcome }) => {
  const token = await enterWithNewApp(backend, ADMIN.email, PASSWORD);
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const [team] = await (await fetch(`${backend.url}/api/v1/admin/teams`, { headers })).json();
  const person = { name: "Vera Novak", email: "vera.novak@portico.example", employee_number: "EMP2901" };
  const invited = await fetch(`${backend.url}/api/v1/admin/users`, {
    method: "POST",
    headers,
    body: JSON.stringify({ ...person, role: "sales", team: team.id, locale: "en" }),
  });
  expect(invited.ok).toBe(true);
  await welcome.follow(await outbox.link(person.email, "/welcome"));
  await welcome.password.input.fill("seven green lamps on a boat");
  await welcome.set.click();
  const step = new TwoFactorPage(page);
  await expect(step.setUp).toBeVisible();
  const app = new Authenticator((await step.key.textContent()) ?? "", backend);
  await step.code.fill(await app.code());
  await step.confirm.click();
  await step.sheet.keep();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
});
