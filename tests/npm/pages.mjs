// What all suites of pages do: a browser, people who are signed in, and axe.
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { browser as executablePath } from "./browser.mjs";

export const launch = () => chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

/** Signs in with an unused link; what a context is given to be signed in too. */
export async function signIn(browser, base, link) {
  const context = await browser.newContext({ baseURL: base });
  const page = await context.newPage();
  await page.goto(link);
  await page.locator("main form button").click();
  await page.waitForURL(`${base}/`);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Finds nothing on a page that keeps anybody out. */
export async function axe(page, where) {
  const found = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  assert.deepEqual(
    found.violations.flatMap((v) => v.nodes.map((n) => `${where}: ${v.id} ${n.target} ${n.failureSummary}`)),
    [],
  );
}
