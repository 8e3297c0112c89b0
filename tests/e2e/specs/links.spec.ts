/** Links to a new password that do not work any more, or that somebody else opens: each says why and what to do. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/a11y";
import { ADMIN, PASSWORD } from "../support/accounts";
import { Api } from "../support/api";
import { expect, test } from "../support/fixtures";
import { LOCALES, texts } from "../support/texts";
import { expectTidyText } from "../support/tidiness";

test.use({ site: { name: "links", flags: ["--dev-clock"] } });

const NEW = "quiet rivers under tin roofs";
/** How long a link works, and after how long the limit of resets is forgotten. */
const HOUR = 3_601;
const WEEK = 7 * 24 * 3_600 + 1;

/** Opens a link as a person does: in a page that has none of the application yet. */
const follow = async (page: Page, link: string) => {
  await page.goto("about:blank");
  await page.goto(link);
};

for (const [index, locale] of LOCALES.entries()) {
  test.describe(`a browser that prefers ${locale}`, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } });
    const [words, passwords, auth] = ["recovery", "passwords", "auth"].map((it) => texts(locale, it));
    const email = `links.${locale.toLowerCase()}@portico.example`;
    const person = { role: "sales", email, name: "Lin Kerr", number: `EMP24${index}1`, password: PASSWORD };

    /** The page says `title`, follows the rules and has room; its one way on leads to `way`. */
    const expectEnd = async (page: Page, title: string, hint: string, way: string) => {
      await expect(page.getByRole("heading", { name: words[title], level: 1, exact: true })).toBeVisible();
      await expect(page.getByText(words[hint])).toBeVisible();
      await expect(page.getByRole("link", { name: words[way], exact: true })).toBeVisible();
      await expectAccessible(page, `${locale}: ${title}`);
      await expectTidyText(page, `${locale}: ${title}`);
    };

    test.beforeAll(({ backend }) => backend.createAccount(person));

    test("a reset says why its link does not work", async ({ backend, outbox, page }) => {
      const admin = new Api(backend.url, ADMIN.email);
      await admin.askForReset(email);
      const first = await outbox.link(email, "/reset-password");
      await admin.askForReset(email);
      const second = await outbox.link(email, "/reset-password", first);
      await follow(page, first);
      await expectEnd(page, "over_superseded", "over_superseded_hint", "ask_new");

      // A link that is followed in the tab that shows another one's end is looked at as well.
      await page.goto(second);
      const input = page.getByLabel(passwords.new, { exact: true });
      await expect(input).toBeVisible();
      await expect(page).toHaveURL(/\/reset-password$/);
      await input.fill(NEW);
      await page.getByRole("button", { name: passwords.set, exact: true }).click();
      await expect(page.getByRole("heading", { name: words.done, level: 1, exact: true })).toBeVisible();
      await expectAccessible(page, `${locale}: done`);
      await follow(page, second);
      await expectEnd(page, "over_used", "over_used_hint", "ask_new");

      await admin.askForReset(email);
      const third = await outbox.link(email, "/reset-password", first, second);
      await backend.pass(HOUR);
      await follow(page, third);
      await expectEnd(page, "over_expired", "over_expired_hint", "ask_new");

      await admin.askForReset(email);
      const fourth = await outbox.link(email, "/reset-password", first, second, third);
      const { id } = await admin.account(email);
      await admin.changeEmail(id, `moved.${email}`);
      await follow(page, fourth);
      await expectEnd(page, "over_changed_address", "over_changed_address_hint", "ask_new");
      // The old and the new address are told of it.
      const told = async (address: string) => (await outbox.to(address)).filter(({ text }) => !text.includes("#t=")).length;
      await expect.poll(() => told(`moved.${email}`)).toBe(1);
      // One of the password that was set, one of the address.
      await expect.poll(() => told(email)).toBe(2);

      await admin.askForReset(`moved.${email}`);
      const fifth = await outbox.link(`moved.${email}`, "/reset-password");
      await admin.act(id, "deactivate");
      await follow(page, fifth);
      // Nobody learns from a link that an account is out of use.
      await expect(page.getByRole("heading", { name: words.over_unknown, level: 1, exact: true })).toBeVisible();
      await backend.pass(HOUR);
    });

    test("an invitation says why it does not work", async ({ backend, outbox, page }) => {
      const admin = new Api(backend.url, ADMIN.email);
      const guest = `guest.${email}`;
      await admin.invite({ name: "Ada Kerr", email: guest, employee_number: `EMP24${index}2` }, locale);
      const first = await outbox.link(guest, "/welcome");
      const { id } = await admin.account(guest);
      await admin.act(id, "resend-invitation");
      const second = await outbox.link(guest, "/welcome", first);
      await follow(page, first);
      await expectEnd(page, "invitation_superseded", "invitation_superseded_hint", "to_sign_in");
      await expect(page.getByText(words.ask_administrator)).toBeVisible();

      await backend.pass(WEEK);
      await follow(page, second);
      await expectEnd(page, "invitation_expired", "invitation_hint", "to_sign_in");

      await admin.act(id, "resend-invitation");
      const third = await outbox.link(guest, "/welcome", first, second);
      await follow(page, third);
      await expect(page.getByText(words.ask_person.replace("{name}", ADMIN.name))).toBeVisible();
      await expectAccessible(page, `${locale}: welcome`);
      await expectTidyText(page, `${locale}: welcome`);
      await page.getByLabel(passwords.new, { exact: true }).fill(NEW);
      await page.getByRole("button", { name: passwords.set, exact: true }).click();
      await expect(page.getByRole("heading", { name: texts(locale, "shell").nav_today, level: 1 })).toBeVisible();
      await page.context().clearCookies();
      await follow(page, third);
      await expectEnd(page, "invitation_used", "invitation_used_hint", "to_sign_in");
    });

    test("whoever is signed in is asked first", async ({ backend, outbox, page }) => {
      await page.goto("/login");
      await page.getByRole("textbox", { name: auth.identifier }).fill("service@portico.example");
      await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: auth.submit, exact: true }).click();
      await expect(page.getByRole("heading", { name: texts(locale, "shell").nav_today, level: 1 })).toBeVisible();
      const admin = new Api(backend.url, ADMIN.email);
      const somebody = `${["marketing", "manager", "guest"][index]}@portico.example`;
      await admin.askForReset(somebody);
      await follow(page, await outbox.link(somebody, "/reset-password"));
      await expect(page.getByRole("heading", { name: words.other_user, level: 1, exact: true })).toBeVisible();
      await expectAccessible(page, `${locale}: somebody else`);
      await expectTidyText(page, `${locale}: somebody else`);
      await page.getByRole("button", { name: words.other_user_go, exact: true }).click();
      await expect(page.getByLabel(passwords.new, { exact: true })).toBeVisible();
      await backend.pass(HOUR);
    });
  });
}
