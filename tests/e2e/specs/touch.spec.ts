/** The main job on a phone, by touch alone. */
import { type CDPSession, devices } from "@playwright/test";
import { PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { movableDeal, soughtCustomer } from "../support/samples";

const { defaultBrowserType: _, ...PIXEL } = devices["Pixel 7"];

test.use({ ...PIXEL, locale: "en-US", site: { name: "touch" } });

/** One finger. */
class Finger {
  private constructor(private readonly session: CDPSession) {}

  static async of(page: import("@playwright/test").Page): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page));
  }

  async down(x: number, y: number): Promise<void> {
    await this.session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  }

  async move(x: number, y: number): Promise<void> {
    await this.session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y }] });
  }

  async up(): Promise<void> {
    await this.session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }
}

const centre = (box: { x: number; y: number; width: number; height: number } | null) => {
  if (box === null) throw new Error("it is not on the screen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

test("the main job is done by touch alone", async ({ api, customer, customers, form, page, pipeline, shell, signInPage }) => {
  const { customer: wanted, byInitials } = await soughtCustomer(api);
  const found = await api.customers({ q: byInitials });
  const { deal, from, to } = await movableDeal(api);

  await signInPage.open();
  await signInPage.identifier.tap();
  await page.keyboard.type(SALES.number);
  await signInPage.password.tap();
  await page.keyboard.type(PASSWORD);
  await signInPage.submit.tap();
  await expect(shell.heading("Today")).toBeVisible();

  await shell.navigation.getByRole("link", { name: "Customers" }).tap();
  await customers.search.tap();
  await page.keyboard.type(byInitials);
  await expect(customers.count).toHaveText(new RegExp(`^${found.total} customers?$`));
  await customers.customer(wanted.name).tap();
  await expect(customer.heading(wanted.name)).toBeVisible();

  await page.getByRole("link", { name: "Edit", exact: true }).tap();
  await form.town.tap();
  await form.town.fill("Husum");
  await form.save.tap();
  await expect(customer.heading(wanted.name)).toBeVisible();
  expect((await api.customer(wanted.id)).address.city).toBe("Husum");

  await shell.navigation.getByRole("link", { name: "Pipeline" }).tap();
  const card = pipeline.card(deal, from.name.default);
  await expect(card).toBeVisible();
  const finger = await Finger.of(page);
  const start = centre(await card.boundingBox());
  await finger.down(start.x, start.y);
  await expect(card).toHaveAttribute("data-lifted");
  // Held at the edge, the board scrolls on to the next column; there the finger goes back to the middle.
  const viewport = page.viewportSize()?.width ?? 0;
  const target = pipeline.stage(to.name.default);
  const left = async () => (await target.boundingBox())?.x ?? viewport;
  await finger.move(start.x + 20, start.y);
  await finger.move(viewport - 10, start.y);
  await expect.poll(left, { intervals: [20] }).toBeLessThan(viewport / 2);
  await finger.move(Math.max(await left(), 0) + 60, start.y);
  await expect(target).toHaveAttribute("data-over");
  await finger.up();
  await expect(pipeline.toast(`${deal.name} is now in ${to.name.default}`)).toBeVisible();
  expect((await api.deal(deal.id)).stage_id).toBe(to.id);

  await shell.account().tap();
  await page.getByRole("menuitem", { name: "Sign out" }).tap();
  await expect(signInPage.heading).toBeVisible();
});

test("a finger that only passes over the board scrolls it", async ({ api, page, pipeline, signInPage }) => {
  const { deal, from } = await movableDeal(api);
  await signInPage.signIn();
  await pipeline.open();
  const card = pipeline.card(deal, from.name.default);
  const start = centre(await card.boundingBox());
  const finger = await Finger.of(page);
  await finger.down(start.x, start.y);
  for (let step = 1; step <= 8; step += 1) await finger.move(start.x - step * 25, start.y);
  await finger.up();
  await expect.poll(() => page.locator(".board__columns").evaluate((columns) => columns.scrollLeft)).toBeGreaterThan(50);
  expect((await api.deal(deal.id)).stage_id).toBe(from.id);
});
