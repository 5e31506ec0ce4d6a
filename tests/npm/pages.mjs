// What all suites of pages do: a browser, people who are signed in, the API beside the pages, and axe.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { browser as executablePath } from "./browser.mjs";

/**
 * How long it may take until what one does is seen by another. A second, the pages promise, on a machine that does nothing
 * else: `TOUCHSTONE_SOON_MS=1000` holds them to it. Where suites run beside each other each gets a part of the machine.
 */
export const SOON_MS = Number(process.env.TOUCHSTONE_SOON_MS || 15_000);

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

/** All that axe looks for, and what of it only the theme decides. */
const EVERYTHING = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
export const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What on a page, or within what a selector finds there, keeps anybody out. No page has frames. */
export async function violations(page, { rules = EVERYTHING, within } = {}) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async ([runOnly, within]) => {
    // What the bar of a form covers, which stays in sight, can be scrolled from under it.
    const bars = [...document.querySelectorAll(".actions.submit")];
    for (const bar of bars) bar.style.position = "static";
    const { violations, passes } = await window.axe.run(within ?? document, { runOnly, resultTypes: ["violations"] });
    for (const bar of bars) bar.style.position = "";
    return {
      wrong: violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} ${node.target} ${node.failureSummary}`)),
      right: passes.length,
      frames: document.querySelectorAll("iframe, frame").length,
    };
  }, [rules, within]);
  assert.equal(found.frames, 0, "a frame is not looked into");
  assert.ok(found.right > 0, "no rule was applied");
  return found.wrong;
}

/** Finds nothing that keeps anybody out. */
export async function axe(page, where, options) {
  assert.deepEqual((await violations(page, options)).map((what) => `${where}: ${what}`), []);
}

/** Asks the API as the suites' own partner; nothing is refused. */
export async function api(query, variables = {}) {
  const { TOUCHSTONE_URL: base, TOUCHSTONE_TOKEN: token } = process.env;
  const response = await fetch(`${base}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  for (const payload of Object.values(data)) assert.deepEqual(payload?.userErrors ?? [], []);
  return data;
}

/** Carries out a mutation; these fields of what it answers. */
export async function write(mutation, input, fields = "") {
  const kind = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation($input: ${kind}!) { ${mutation}(input: $input) { ${fields} userErrors { message } } }`;
  return (await api(document, { input }))[mutation];
}
