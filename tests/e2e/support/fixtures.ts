/** What every spec gets: a backend of its own, the API, the pages, and a witness that fails the test on any violation. */
import { test as base } from "@playwright/test";
import { CustomerPage } from "../pages/customer";
import { CustomerFormPage } from "../pages/customer-form";
import { CustomersPage } from "../pages/customers";
import { PaletteDialog } from "../pages/palette";
import { PipelinePage } from "../pages/pipeline";
import { ResetPage } from "../pages/reset";
import { SecurityPage } from "../pages/security";
import { Shell } from "../pages/shell";
import { SignInPage } from "../pages/sign-in";
import { WelcomePage } from "../pages/welcome";
import { Api } from "./api";
import { Backend, type BackendOptions } from "./backend";
import { Outbox } from "./outbox";
import { Witness } from "./witness";

interface Site extends BackendOptions {
  /** The spec's name: workers are not shared between names, so no spec sees another one's data. */
  name: string;
}

interface WorkerFixtures {
  site: Site;
  backend: Backend;
  api: Api;
  outbox: Outbox;
}

interface TestFixtures {
  witness: Witness;
  signInPage: SignInPage;
  shell: Shell;
  customers: CustomersPage;
  customer: CustomerPage;
  form: CustomerFormPage;
  pipeline: PipelinePage;
  palette: PaletteDialog;
  reset: ResetPage;
  security: SecurityPage;
  welcome: WelcomePage;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  site: [{ name: "" }, { option: true, scope: "worker" }],
  backend: [
    async ({ site }, use) => {
      const backend = await Backend.start(site);
      await use(backend);
      await backend.dispose();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  api: [async ({ backend }, use) => use(new Api(backend.url)), { scope: "worker" }],
  outbox: [async ({ backend }, use) => use(new Outbox(backend.url)), { scope: "worker" }],
  baseURL: async ({ backend }, use) => use(backend.url),
  witness: [
    async ({ context, backend }, use) => {
      const witness = await Witness.watch(context, backend.url);
      await use(witness);
      witness.testify();
    },
    { auto: true },
  ],
  signInPage: async ({ page }, use) => use(new SignInPage(page)),
  shell: async ({ page }, use) => use(new Shell(page)),
  customers: async ({ page }, use) => use(new CustomersPage(page)),
  customer: async ({ page }, use) => use(new CustomerPage(page)),
  form: async ({ page }, use) => use(new CustomerFormPage(page)),
  pipeline: async ({ page }, use) => use(new PipelinePage(page)),
  palette: async ({ page }, use) => use(new PaletteDialog(page)),
  reset: async ({ page }, use) => use(new ResetPage(page)),
  security: async ({ page }, use) => use(new SecurityPage(page)),
  welcome: async ({ page }, use) => use(new WelcomePage(page)),
});

export { expect } from "@playwright/test";
