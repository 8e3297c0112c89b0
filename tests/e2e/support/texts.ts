/** The application's own texts, to find controls in a language in which the documents give no names. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sites } from "./sites";

export type Locale = "en" | "de" | "zh-CN";
export const LOCALES: Locale[] = ["en", "de", "zh-CN"];

export const texts = (locale: Locale, namespace: string): Record<string, string> =>
  JSON.parse(readFileSync(join(sites.locales, locale, `${namespace}.json`), "utf8")) as Record<string, string>;
