/** The first day: an invitation, one screen, and in. */
import { expectAccessible, expectNoSidewaysScroll } from "../support/a11y";
import { ADMIN } from "../support/accounts";
import { Api } from "../support/api";
import { expect, test } from "../support/fixtures";

test.use({ site: { name: "welcome" } });

const NEW = { name: "Emil Sørensen", email: "emil@portico.example", employee_number: "EMP2201" };
const PASSWORD = "quiet rivers under tin roofs";

test("an invitation leads to the work in one screen", async ({ backend, outbox, page, shell, welcome, witness }) => {
  await new Api(backend.url, "admin@portico.example").invite(NEW);
  const link = await outbox.link(NEW.email, "/welcome");
  await welcome.follow(link);
  await expect(welcome.heading(NEW.name)).toBeVisible();
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page).toHaveTitle("Welcome · Portico");
  await expect(page.getByText(`Questions? Ask ${ADMIN.name}.`)).toBeVisible();
  await expect(page.getByText(NEW.employee_number, { exact: false })).toBeVisible();
  await expectAccessible(page, "the first day");
  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScroll(page, "the first day on a phone");

  witness.excuseStatus(422);
  await welcome.password.input.fill("sørensen2026");
  await welcome.set.click();
  await expect(page.getByText("This is one of your own names", { exact: false }).first()).toBeVisible();
  await welcome.password.input.fill(PASSWORD);
  await welcome.language.selectOption("de");
  await expect(page.getByLabel("Neues Passwort", { exact: true })).toHaveValue(PASSWORD);
  await page.getByRole("combobox", { name: "Sprache" }).selectOption("en");
  await welcome.set.click();
  await expect(shell.heading("Today")).toBeVisible();

  await page.context().clearCookies();
  await welcome.follow(link);
  await expect(page.getByRole("heading", { name: "This invitation was used already" })).toBeVisible();
  await expect(page.getByText("Questions? Ask", { exact: false })).toBeVisible();
  await expectAccessible(page, "an invitation that was used");
});

test("an invitation without its token says whom to ask", async ({ backend, page, welcome }) => {
  await welcome.follow(`${backend.url}/welcome`);
  await expect(page.getByRole("heading", { name: "Open the link from your message" })).toBeVisible();
  await expect(page.getByText("Questions? Ask", { exact: false })).toBeVisible();
});
