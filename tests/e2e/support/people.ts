/** People that a spec makes for itself: no other one is about them. */
import { type Page, expect } from "@playwright/test";
import { SignInPage } from "../pages/sign-in";
import type { Backend, NewAccount } from "./backend";

let number = 3_100;

/** Somebody who sells, with a number that nobody has yet. */
export const somebody = (backend: Backend, name: string): NewAccount => {
  number += 1;
  const account = {
    role: "sales",
    email: `${name.toLowerCase().replace(" ", ".")}@portico.example`,
    name,
    number: `EMP${number}`,
    password: "seven green lamps on a boat",
  };
  backend.createAccount(account);
  return account;
};

/** Goes as far as the password leads. */
export const knock = async (page: Page, { email, password }: NewAccount): Promise<void> => {
  const door = new SignInPage(page);
  await door.open();
  await door.fill(email, password);
  await door.submit.click();
};

/** Waits for the first page behind the door. */
export const arrived = (page: Page): Promise<void> =>
  expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();

/** Signs out by the menu named after the person. */
export const signOut = async (page: Page, { name }: NewAccount): Promise<void> => {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);
};
