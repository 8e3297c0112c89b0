/** The builds of a site: which one it has, and a next one to replace it. */
import { cpSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The files that name the build they belong to. */
const NAMING = ["index.html", "sw.js"];

/** The build that the site in folder `site` has. */
export const buildOf = (site: string): string => {
  const build = /"\/assets\/([0-9a-f]{16})\//.exec(readFileSync(join(site, "index.html"), "utf8"))?.[1];
  if (build === undefined) throw new Error("index.html names no build");
  return build;
};

/** Replaces the build of `site` by one with the same content and the name `next`; the earlier files stay, as in a release. */
export const publish = (site: string, next: string): void => {
  const build = buildOf(site);
  cpSync(join(site, "assets", build), join(site, "assets", next), { recursive: true });
  for (const file of NAMING) {
    const path = join(site, file);
    const earlier = statSync(path).mtimeMs / 1_000;
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(build, next));
    // A server tells versions apart by whole seconds, and tests publish faster than people.
    utimesSync(path, earlier + 2, earlier + 2);
    for (const twin of ["br", "gz"]) rmSync(`${path}.${twin}`, { force: true });
  }
};
