import { defineConfig } from "@playwright/test";
import { sites } from "./support/sites";

export default defineConfig({
  testDir: "specs",
  outputDir: "results",
  // Each file has a backend and a database of its own, so files may run beside each other, the tests of one may not.
  fullyParallel: false,
  workers: 2,
  // A test that passes only when it is repeated has found something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    trace: "off",
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    colorScheme: "light",
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: "reduce" },
    // What a test takes away or holds back must not come from a copy. offline.spec.ts lets the worker in.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: sites.browser,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
