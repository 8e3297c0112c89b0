/** Where the product under test is. `cargo xtask test` says so; by hand the newest build is taken. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

const inRoot = (path: string) => resolve(root, path);

const firstThatExists = (paths: string[]) => paths.find((path) => existsSync(path)) ?? paths[0];

export const sites = {
  root,
  browser: process.env.CHROMIUM ?? "/usr/bin/chromium",
  backend:
    process.env.PORTICO_BACKEND ??
    firstThatExists([inRoot("target/release/portico-backend"), inRoot("target/debug/portico-backend")]),
  spa: process.env.PORTICO_SPA ?? inRoot("dist"),
  gallery: process.env.PORTICO_GALLERY ?? inRoot("target/gallery"),
  screenshots: inRoot("docs/screenshots"),
  locales: inRoot("src/i18n/locales"),
};
