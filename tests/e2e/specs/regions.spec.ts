/** The company at two addresses: which one to sign in at, and which one is nearer. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "../support/a11y";
import { Backend } from "../support/backend";
import { test as base, expect } from "../support/fixtures";
import { holdClock, rest } from "../support/rest";
import { type Locale, LOCALES, texts } from "../support/texts";

const HEALTH = "/api/v1/health";
const EUROPE: Record<Locale, string> = { en: "Europe", de: "Europa", "zh-CN": "欧洲" };

/** Writes the list of regions into the sites of both and starts them anew: it is read at the start. */
const found = async (asia: Backend, europe: Backend): Promise<void> => {
  const { en, ...translations } = EUROPE;
  const regions = [
    { name: "Asia", url: `${asia.url}/` },
    { name: { default: en, translations }, url: europe.url },
    { name: "Script", url: "javascript:alert(1)" },
    { name: "Password", url: europe.url.replace("//", "//user:password@") },
  ];
  for (const backend of [asia, europe]) {
    const file = join(backend.site, "config.json");
    writeFileSync(file, JSON.stringify({ regions }));
    for (const twin of ["br", "gz"]) rmSync(`${file}.${twin}`, { force: true });
    await backend.stop();
    await backend.run();
  }
};

/** The choice of the region on the sign-in page, in one language. */
class Regions {
  readonly words;
  readonly select: Locator;
  readonly notice: Locator;
  readonly go: Locator;
  readonly stay: Locator;

  constructor(
    readonly page: Page,
    readonly locale: Locale = "en",
  ) {
    this.words = texts(locale, "help");
    const named = (text: string) => text.replace("{name}", EUROPE[locale]);
    this.select = page.getByRole("combobox", { name: this.words.region });
    this.notice = page.getByRole("status").filter({ hasText: named(this.words.region_faster) });
    this.go = this.notice.getByRole("button", { name: named(this.words.region_go) });
    this.stay = this.notice.getByRole("button", { name: texts(locale, "common").dismiss });
  }

  /** Lets the page's own address take longer than anybody waits. */
  async silence(backend: Backend): Promise<void> {
    await this.page.route(`${backend.url}${HEALTH}`, () => undefined);
  }

  /** The list is there. */
  async listed(): Promise<void> {
    await rest(this.page);
    await expect(this.select).toBeVisible();
  }
}

const test = base.extend<{ regions: Regions }, { europe: Backend }>({
  europe: [
    async ({ backend, site }, use) => {
      const europe = await Backend.start(site);
      await found(backend, europe);
      await use(europe);
      await europe.dispose();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  regions: async ({ page }, use) => use(new Regions(page)),
});

test.use({ site: { name: "regions", ownSite: true } });

test.beforeEach(async ({ europe, page, witness }) => {
  await holdClock(page);
  // The other region is another origin to the witness, and the only one.
  witness.excuse(new RegExp(`^foreign: ${europe.url}/`));
});

test("a region leads to its sign-in with the same page to go to", async ({ europe, page, regions, signInPage }) => {
  await signInPage.open("?next=%2Fcustomers%3Fstatus%3Dactive");
  await regions.listed();
  await expect(regions.select).toHaveValue(new URL(page.url()).origin);
  await expect(regions.select.getByRole("option")).toHaveText(["Asia", "Europe"]);
  await regions.select.selectOption({ label: "Europe" });
  await page.waitForURL(`${europe.url}/login?**`);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get("next")).toBe("/customers?status=active");
  await regions.listed();
  await expect(regions.select).toHaveValue(europe.url);
});

test("a page to go to that is not followed is not passed on", async ({ europe, page, regions, signInPage }) => {
  await signInPage.open("?next=https%3A%2F%2Fevil.example%2F");
  await regions.listed();
  await regions.select.selectOption({ label: "Europe" });
  await page.waitForURL(`${europe.url}/login?**`);
  expect(new URL(page.url()).searchParams.get("next")).toBeNull();
});

test("who chose elsewhere is not asked to come back", async ({ europe, page, regions, signInPage, witness }) => {
  await signInPage.open();
  await regions.listed();
  await regions.select.selectOption({ label: "Europe" });
  await page.waitForURL(`${europe.url}/login?**`);
  await regions.listed();
  await expect(regions.select).toHaveValue(europe.url);
  const remembered = () => page.evaluate(() => localStorage.getItem("portico.region"));
  await expect.poll(remembered).toBe("chosen");
  const measured = witness.callsTo("GET", "/health").length;
  await checked(page);
  // The check of the device asks this address once; nothing else was asked.
  expect(witness.callsTo("GET", "/health")).toHaveLength(measured + 1);
});

test("what is clearly faster is offered, never forced, and leads there", async ({ backend, europe, page, regions, signInPage }) => {
  await regions.silence(backend);
  await signInPage.open("?next=%2Fpipeline");
  await regions.listed();
  await expect(regions.notice).toBeVisible();
  await expect(page).toHaveURL(`${backend.url}/login?next=%2Fpipeline`);
  await regions.go.click();
  await page.waitForURL(`${europe.url}/login?**`);
  expect(new URL(page.url()).searchParams.get("next")).toBe("/pipeline");
});

test("who wants to stay is asked once", async ({ backend, europe, page, regions, signInPage, witness }) => {
  await regions.silence(backend);
  await signInPage.open();
  await regions.listed();
  await regions.stay.click();
  await expect(regions.notice).toBeHidden();
  const asked = witness.requests.filter((request) => request.url().startsWith(europe.url));
  expect(asked.map((request) => request.url())).toEqual(Array(2).fill(`${europe.url}${HEALTH}`));
  await page.unroute(`${backend.url}${HEALTH}`);
  await signInPage.open();
  await regions.listed();
  await expect(regions.select).toBeVisible();
  await checked(page);
  await expect(regions.notice).toBeHidden();
  expect(witness.requests.filter((request) => request.url().startsWith(europe.url))).toHaveLength(asked.length);
});

test("another site learns nothing from a region", async ({ europe, request }) => {
  for (const origin of ["null", "https://evil.example", `${europe.url}0`]) {
    const answer = await request.get(HEALTH, { headers: { origin } });
    expect(answer.headers()).not.toHaveProperty("access-control-allow-origin");
  }
  const answer = await request.get(HEALTH, { headers: { origin: europe.url } });
  expect(answer.headers()["access-control-allow-origin"]).toBe(europe.url);
});

/** Runs the check of this device, which takes longer than a question that would have been asked before it. */
const checked = async (page: Page): Promise<void> => {
  await page.getByText(texts("en", "auth").help, { exact: true }).click();
  await expect(page.locator(".checkup").getByRole("status").first()).toHaveText(texts("en", "help").all_good);
};

for (const locale of LOCALES) {
  for (const width of [320, 1280]) {
    test.describe(`${locale}, ${width} px wide`, () => {
      test.use({ locale, viewport: { width, height: 1_200 } });

      test("the choice and the notice break no rule", async ({ backend, page }) => {
        const regions = new Regions(page, locale);
        await regions.silence(backend);
        await page.goto("/login");
        await regions.listed();
        await expect(regions.notice).toBeVisible();
        await expect(regions.go).toBeVisible();
        await expect(regions.select).toContainText(EUROPE[locale]);
        await expectAccessible(page, `${locale}: regions`);
        await expectNoSidewaysScroll(page, `${locale}: regions`);
      });
    });
  }
}
