/** What a browser must never find, run, follow or tell. */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { MANAGER, PASSWORD, SALES } from "../support/accounts";
import { expect, test } from "../support/fixtures";
import { movableDeal, richCustomer } from "../support/samples";
import { storedIn } from "../support/witness";

test.use({ site: { name: "security" } });

declare global {
  interface Window {
    /** Set by every attack that gets as far as running. */
    broken?: unknown;
  }
}

/** Those of `secrets` that occur in `text`, which itself would be too long to show. */
const found = (secrets: string[], text: string) => secrets.filter((secret) => text.includes(secret));

test("no token, name or address is stored, titled, logged or part of an address", async ({
  api,
  backend,
  customer,
  customers,
  page,
  pipeline,
  shell,
  signInPage,
  witness,
}) => {
  const { id, name } = await richCustomer(api, () => true);
  const record = await api.customer(id);
  const { deal } = await movableDeal(api);
  // At its start the backend names the demonstration's accounts to whoever sits at the machine.
  const loggedBefore = backend.logged().length;
  const granted = page.waitForResponse((answer) => answer.url().endsWith("/auth/sign-in"));
  await signInPage.signIn();
  const token = ((await (await granted).json()) as { access_token: string }).access_token;
  const cookies = (await page.context().cookies()).map((cookie) => cookie.value);
  const points = record.contacts.flatMap((it) => [it.name, ...[...it.phones, ...it.emails].map(({ value }) => value)]);
  const secrets = [token, ...cookies, PASSWORD, SALES.email, SALES.name, name, ...points];

  const titles = [await page.title()];
  const look = async () => {
    titles.push(await page.title());
    const stored = await storedIn(page);
    expect(found(secrets, stored)).toEqual([]);
  };
  await look();
  await shell.go("Customers");
  await expect(customers.table).toBeVisible();
  await look();
  await customer.open(id);
  await expect(customer.heading(name)).toBeVisible();
  await look();
  await shell.go("Pipeline");
  await expect(pipeline.stage("Discovery")).toBeVisible();
  await look();
  await page.goto(`/deals/${deal.id}`);
  await expect(page.getByRole("heading", { name: deal.name, level: 1 })).toBeVisible();
  await look();
  await shell.signOut();
  await look();

  const addresses = witness.requests.map((request) => decodeURIComponent(request.url()));
  const told = [...titles, ...addresses, ...witness.said].join("\n");
  expect(found(secrets, told)).toEqual([]);
  expect(found(secrets, backend.logged().slice(loggedBefore))).toEqual([]);
});

test("the cookies are out of reach of scripts and of other sites", async ({ context, page, signInPage }) => {
  await signInPage.signIn();
  const cookies = await context.cookies();
  const names = cookies.map(({ name }) => name).sort();
  expect(names).toEqual(["__Host-Http-portico_device", "__Host-Http-portico_rt"]);
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict", path: "/" });
  }
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("documents carry the strict headers, and hide the product from frames", async ({ request }) => {
  for (const path of ["/", "/login", "/customers", "/no/such/page"]) {
    const headers = (await request.get(path)).headers();
    const policy = headers["content-security-policy"];
    for (const directive of [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types default",
    ]) {
      expect(policy.split(/;\s*/)).toContain(directive);
    }
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
    expect(headers["strict-transport-security"]).toContain("includeSubDomains");
  }
});

test("markup from text stays text", async ({ page, signInPage, witness }) => {
  witness.excuse(/Refused markup that could run code/);
  await signInPage.open();
  await page.evaluate(() => {
    const place = document.createElement("div");
    place.id = "attack";
    document.body.append(place);
    place.innerHTML = "<img src=x onerror=window.broken=1>";
  });
  await expect(page.locator("#attack")).toHaveText("<img src=x onerror=window.broken=1>");
  expect(await page.locator("#attack img").count()).toBe(0);
  expect(await page.evaluate(() => window.broken)).toBeUndefined();
});

test("no code comes from text or from a foreign file", async ({ page, signInPage, witness }) => {
  witness.excuse(/violation of (require-trusted-types-for|script-src)/, /Content Security Policy|TrustedScript/);
  await signInPage.open();
  const refusals = await page.evaluate(async () => {
    // What a debugger starts may make code out of text; what the page's own timers start may not.
    await new Promise((resolve) => setTimeout(resolve));
    const refused = (attack: () => unknown) => {
      try {
        attack();
        return false;
      } catch {
        return true;
      }
    };
    const script = document.createElement("script");
    return {
      worker: refused(() => new Worker("/evil.js")),
      eval: refused(() => (0, eval)("window.broken = 1")),
      function: refused(() => new Function("window.broken = 1")()),
      source: refused(() => (script.src = "/evil.js")),
      text: refused(() => (script.text = "window.broken = 1")),
    };
  });
  expect(refusals).toEqual({ worker: true, eval: true, function: true, source: true, text: true });
  expect(await page.evaluate(() => window.broken)).toBeUndefined();
});

test("a page of another origin gets an empty frame", async ({ backend, browser }) => {
  const foreign = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<h1>A lure</h1><iframe src="${backend.url}/login"></iframe>`);
  }).listen(0, "127.0.0.1");
  await once(foreign, "listening");
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://localhost:${(foreign.address() as AddressInfo).port}/`);
  await expect(page.getByRole("heading", { name: "A lure" })).toBeVisible();
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("body")).not.toContainText("Portico");
  await expect(frame.getByRole("textbox")).toHaveCount(0);
  await context.close();
  foreign.close();
});

test("a hostile name is a name wherever it is shown", async ({ backend, page, shell, signInPage }) => {
  const name = "<img src=x onerror=window.broken=1>";
  const email = "hostile@portico.example";
  backend.createAccount({ role: "sales", email, name, number: "EMP9001", password: PASSWORD });
  await signInPage.signIn(email);
  await expect(page.getByText(`Good day, ${name}`)).toBeVisible();
  await shell.account(name).click();
  await expect(page.getByRole("menu", { name })).toContainText(name);
  expect(await page.evaluate(() => window.broken)).toBeUndefined();
});

test("a hostile search text is a search text", async ({ customers, page, signInPage }) => {
  const attack = "<img src=x onerror=window.broken=1>";
  await signInPage.signIn();
  await customers.open(`?q=${encodeURIComponent(attack)}`);
  await expect(customers.search).toHaveValue(attack);
  await expect(page.getByText("Nothing found")).toBeVisible();
  expect(await page.evaluate(() => window.broken)).toBeUndefined();
});

test("next leads to own pages and nowhere else", async ({ page, shell, signInPage }) => {
  await signInPage.signIn();
  for (const good of ["/customers?status=active", "/pipeline"]) {
    await page.goto(`/login?next=${encodeURIComponent(good)}`);
    await expect(page).toHaveURL(good);
  }
  for (const bad of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "javascript:window.broken=1",
    "data:text/html,<h1>evil</h1>",
    "/login",
    "/login?next=/login",
    "/customers\r\nSet-Cookie: a=b",
    `/customers?q=${"x".repeat(8_000)}`,
    "/unknown",
  ]) {
    await page.goto(`/login?next=${encodeURIComponent(bad)}`);
    await expect(shell.heading("Today")).toBeVisible();
    await expect(page, `after ${bad.slice(0, 40)}`).toHaveURL("/");
  }
  expect(await page.evaluate(() => window.broken)).toBeUndefined();
});

test("a refusal does not tell who has an account, and keeps what was typed", async ({ signInPage, witness }) => {
  witness.excuseStatus(401);
  const refusals: string[] = [];
  for (const identifier of [MANAGER.email, "nobody@portico.example"]) {
    await signInPage.open();
    await signInPage.fill(identifier, "not the password");
    await signInPage.submit.click();
    await expect(signInPage.refusal).toContainText("That combination is not right");
    refusals.push(await signInPage.refusal.innerText());
    await expect(signInPage.identifier).toHaveValue(identifier);
    await expect(signInPage.password).toHaveValue("not the password");
    await expect(signInPage.password).toBeFocused();
  }
  expect(refusals[0]).toBe(refusals[1]);
});
