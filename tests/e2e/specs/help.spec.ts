/** "Can't sign in?": what the page finds out about the device and its connection when something is wrong. */
import type { Locator, Page } from "@playwright/test";
import { PASSWORD, SALES } from "../support/accounts";
import { expectAccessible, expectNoSidewaysScroll } from "../support/a11y";
import { test as base, expect } from "../support/fixtures";
import { Gateway } from "../support/gateway";
import { holdClock, rest } from "../support/rest";
import { type Locale, LOCALES, texts } from "../support/texts";

/** The help beside the sign-in, in one language. */
class Help {
  readonly auth;
  readonly words;
  readonly summary: Locator;

  constructor(
    readonly page: Page,
    locale: Locale = "en",
  ) {
    this.auth = texts(locale, "auth");
    this.words = texts(locale, "help");
    this.summary = page.locator(".checkup").getByRole("status").first();
  }

  /** Opens the sign-in and waits until the check is at hand, as it is for whoever has looked at the page for a moment. */
  async arrive(origin = ""): Promise<void> {
    const fetched = this.page.waitForResponse(/\/locales\/[\w-]+\/help\./);
    await holdClock(this.page);
    await this.page.goto(`${origin}/login`);
    await rest(this.page);
    await (await fetched).finished();
  }

  async open(): Promise<void> {
    await this.page.getByText(this.auth.help, { exact: true }).click();
    await expect(this.summary).not.toHaveText(this.words.checking);
  }

  point(name: string): Locator {
    const title = new RegExp(`^\\s*${this.words[`point_${name}`]}`);
    return this.page.locator(".checkup__point", { has: this.page.locator(".checkup__name", { hasText: title }) });
  }

  async expectVerdict(name: string, verdict: string): Promise<void> {
    await expect(this.point(name)).toContainText(this.words[`verdict_${verdict}`]);
  }

  /** The point is so, and its advice is `advice`; what stands in braces is left out of the comparison. */
  async expectPoint(name: string, verdict: string, advice: string): Promise<void> {
    await this.expectVerdict(name, verdict);
    for (const part of this.words[advice].split(/\{\w+\}/)) await expect(this.point(name)).toContainText(part.trim());
  }
}

const test = base.extend<{ gateway: Gateway; help: Help }>({
  gateway: async ({ backend }, use) => {
    const gateway = await Gateway.before(backend.url);
    await use(gateway);
    await gateway.close();
  },
  help: async ({ page }, use) => use(new Help(page)),
});

test.use({ site: { name: "help" } });

test.beforeEach(({ witness }) => {
  // The gateway is another origin than the backend's to the witness, and the only other one.
  witness.excuse(/^foreign: http:\/\/127\.0\.0\.1:\d+\//);
});

test("where all is well it says so, and what was typed stays", async ({ help, page, signInPage }) => {
  await help.arrive();
  await signInPage.fill("half a na", "half a pass");
  await help.open();
  await expect(help.summary).toHaveText(help.words.all_good);
  await help.expectPoint("server", "good", "server_good");
  for (const name of ["site", "address", "cookies", "clock", "version", "browser"]) {
    await help.expectPoint(name, "good", `${name}_good`);
  }
  await help.expectPoint("caps_lock", "unknown", "caps_lock_unknown");
  await expect(signInPage.identifier).toHaveValue("half a na");
  await expect(signInPage.password).toHaveValue("half a pass");
  await expect(page).toHaveURL("/login");
});

test("a backend that died while the page was open is a refusal", async ({ backend, help, page, witness }) => {
  witness.excuseSilence();
  await help.arrive();
  await backend.kill();
  await help.open();
  await help.expectPoint("site", "problem", "refused");
  await help.expectPoint("server", "unknown", "needs_site");
  await help.expectPoint("cookies", "unknown", "needs_server");
  await backend.run();
  await page.getByRole("button", { name: help.words.again }).click();
  await expect(help.summary).toHaveText(help.words.all_good);
});

test("a data connection that alone is refused is blocked", async ({ gateway, help, witness }) => {
  witness.excuseSilence();
  await help.arrive(gateway.url);
  gateway.api = "refuse";
  await help.open();
  await help.expectPoint("site", "good", "site_good");
  await help.expectPoint("server", "problem", "blocked");
  await expect(help.point("server")).toContainText(`${gateway.url}/api/v1`);
});

test("a data connection that never answers is swallowed", async ({ gateway, help, witness }) => {
  witness.excuseSilence();
  await help.arrive(gateway.url);
  gateway.api = "hang";
  await help.open();
  await help.expectPoint("server", "problem", "swallowed");
  await expect(help.point("server")).toContainText("within 10 seconds");
});

test("a gateway without a backend is an error with its number", async ({ gateway, help, witness }) => {
  witness.excuseStatus(502);
  await help.arrive(gateway.url);
  gateway.api = 502;
  await help.open();
  await help.expectPoint("server", "problem", "fails");
  await expect(help.point("server")).toContainText("error 502");
});

test("a page of the network in the server's place is a stranger", async ({ gateway, help }) => {
  await help.arrive(gateway.url);
  gateway.api = 200;
  await help.open();
  await help.expectPoint("server", "problem", "stranger");
});

test("a clock that is five minutes off is told by how much", async ({ help, page }) => {
  await help.arrive();
  await page.clock.setFixedTime(Date.now() + 5 * 60_000);
  await help.open();
  await help.expectVerdict("clock", "warning");
  await expect(help.point("clock")).toContainText("This device is 5 minutes fast.");
  await page.clock.setFixedTime(Date.now() - 3 * 3_600_000);
  await page.getByRole("button", { name: help.words.again }).click();
  await expect(help.point("clock")).toContainText("This device is 3 hours slow.");
});

test("a build that is no longer the site's is old", async ({ help, page }) => {
  await page.route("**/index.html", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(/\/assets\/[0-9a-f]{16}\//g, "/assets/00000000000000a2/");
    await route.fulfill({ response: answer, body });
  });
  await help.arrive();
  await help.open();
  await help.expectPoint("version", "warning", "version_old");
});

test("a browser that keeps no cookies is told which it needs", async ({ gateway, help }) => {
  gateway.stripped = ["set-cookie"];
  await help.arrive(gateway.url);
  await help.open();
  await help.expectPoint("server", "good", "server_good");
  await help.expectPoint("cookies", "problem", "cookies_blocked");
});

test("what the browser lacks is named", async ({ help, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "Worker");
  });
  await help.arrive();
  await help.open();
  await help.expectPoint("browser", "warning", "browser_lacks");
  await expect(help.point("browser")).toContainText("Worker");
});

test("Caps Lock is followed while it changes", async ({ help, page }) => {
  await help.arrive();
  await help.open();
  const press = (on: boolean) =>
    page.evaluate((modifierCapsLock) => {
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift", modifierCapsLock }));
    }, on);
  await press(true);
  await help.expectPoint("caps_lock", "warning", "caps_lock_on");
  await press(false);
  await help.expectPoint("caps_lock", "good", "caps_lock_off");
});

test("the report for IT holds the findings and nothing that was typed", async ({ context, help, page, signInPage }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await help.arrive();
  await signInPage.fill(SALES.email, PASSWORD);
  await help.open();
  await page.getByRole("button", { name: help.words.copy }).click();
  await expect(page.getByText(help.words.copied)).toBeVisible();
  // Reading is closed to the page itself, so the text is pasted, as IT would.
  await signInPage.identifier.fill("");
  const report = await pasted(page);
  for (const line of ["build: ", "browser: ", `[+] ${help.words.point_cookies}: ${help.words.verdict_good}`]) {
    expect(report).toContain(line);
  }
  for (const secret of [SALES.email, SALES.name, PASSWORD]) expect(report).not.toContain(secret);
});

test("where copying is refused the report is there to be selected", async ({ help, page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  await help.arrive();
  await help.open();
  await page.getByRole("button", { name: help.words.copy }).click();
  await expect(page.getByText(help.words.copy_refused)).toBeVisible();
  const report = page.getByRole("textbox", { name: help.words.report });
  await expect(report).toHaveAttribute("readonly", "");
  await expect(report).toHaveValue(new RegExp(help.words.point_cookies));
});

/** What a person would get who pastes into a field for several lines. */
const pasted = async (page: Page): Promise<string> => {
  await page.evaluate(() => {
    const area = document.createElement("textarea");
    area.id = "paste";
    document.querySelector("main")?.append(area);
    area.focus();
  });
  await page.keyboard.press("Control+V");
  return page.locator("#paste").inputValue();
};

for (const locale of LOCALES) {
  for (const width of [320, 1280]) {
    test.describe(`${locale}, ${width} px wide`, () => {
      test.use({ locale, viewport: { width, height: 4_000 } });

      test("good and bad findings break no rule", async ({ gateway, page, witness }) => {
        witness.excuseSilence();
        const help = new Help(page, locale);
        await help.arrive(gateway.url);
        await help.open();
        await expect(help.summary).toHaveText(help.words.all_good);
        await expectAccessible(page, `${locale}: all good`);
        await expectNoSidewaysScroll(page, `${locale}: all good`);
        gateway.api = "refuse";
        await page.getByRole("button", { name: help.words.again }).click();
        await help.expectPoint("server", "problem", "blocked");
        await expectAccessible(page, `${locale}: blocked`);
        await expectNoSidewaysScroll(page, `${locale}: blocked`);
      });
    });
  }
}
