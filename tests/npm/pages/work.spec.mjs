// Quick add, tasks, interactions and the checklist: who is here already is said while one types, a pasted text fills, files
// come along, and what is undone leads to a page that is there; with a script and without, in both languages.
//
//   TOUCHSTONE_URL        a running server with the demonstration, http://host:port
//   TOUCHSTONE_WORK_LINK  an unused sign-in link for it, of somebody who may write
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, launch } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const link = process.env.TOUCHSTONE_WORK_LINK;

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && link, "no TOUCHSTONE_URL or link: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const WORDS = {
  en: { theme: "light", domain: "Already here: Cubeforge (same domain)", name: "Already here: Cubeforge (same name)", said: "Already here, by its domain", undone: /undone|taken back|Undone/i, open: "Open again" },
  zh: { theme: "dark", domain: "已有：Cubeforge （同一域名）", name: "已有：Cubeforge （同名）", said: "已有这家公司（同一域名）", undone: /撤销|撤回/, open: "重新打开" },
};

suite("quick add, tasks and the checklist", () => {
  let browser;
  let state;
  let startup;
  let domain;

  async function open(address, { language = "en", ...options } = {}) {
    const context = await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 }, storageState: state, ...options });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: WORDS[language].theme, url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(address);
    return { context, page, errors };
  }

  before(async () => {
    browser = await launch();
    const context = await browser.newContext({ baseURL: base });
    const page = await context.newPage();
    await page.goto(link);
    await page.locator("main form button").click();
    await page.waitForURL(`${base}/`);
    await page.goto("/startups?q=cubeforge");
    startup = await page.locator("tbody a.name").first().getAttribute("href");
    domain = /cubeforge[a-z.-]*\.[a-z]+/.exec(await (await page.request.get(startup)).text())[0];
    state = await context.storageState();
    await context.close();
  });

  after(async () => browser?.close());

  for (const language of ["en", "zh"]) {
    const words = WORDS[language];

    test(`quick add says while one types who is here already, in ${language}`, async () => {
      const { context, page, errors } = await open("/add", { language });
      assert.equal(await page.evaluate(() => document.activeElement.id), "f-name");
      await page.keyboard.type("CUBEFORGE");
      const hint = page.locator(".known-here");
      await hint.waitFor();
      assert.equal((await hint.textContent()).replace("△ ", ""), words.name);
      await page.locator("#f-name").fill("CF Studio");
      await hint.waitFor({ state: "detached" });
      await page.locator("#f-website").fill(`https://www.${domain}/about`);
      await hint.waitFor();
      assert.equal((await hint.textContent()).replace("△ ", ""), words.domain);
      assert.equal(await hint.locator("a").getAttribute("href"), startup);
      await axe(page, "hint");
      // Nothing is asked while signs are being composed.
      const asked = [];
      page.on("request", (request) => request.url().includes("/add/known") && asked.push(request.url()));
      await page.locator("#f-name").dispatchEvent("compositionstart");
      await page.locator("#f-name").fill("li fang gong fang");
      await page.waitForTimeout(600);
      assert.deepEqual(asked, []);
      await page.locator("#f-name").dispatchEvent("compositionend");
      await page.waitForTimeout(600);
      assert.equal(asked.length, 1);
      assert.deepEqual(errors, []);
      await context.close();
    });

    test(`a pasted message fills quick add, files come along, and its undo leads to a page that is there, in ${language}`, async () => {
      const { context, page, errors } = await open("/add", { language, permissions: ["clipboard-read", "clipboard-write"] });
      const name = `Newcomer ${language} ${Date.now()}`;
      const site = `https://newcomer-${language}-${Date.now()}.example/`;
      await page.evaluate((text) => navigator.clipboard.writeText(text), `${name}\nThey sell robots to ports.\nSee ${site} for more.`);
      await page.keyboard.press("Control+v");
      assert.equal(await page.locator("#f-name").inputValue(), name);
      assert.equal(await page.locator("#f-website").inputValue(), site);
      assert.match(await page.locator("#f-text").inputValue(), /robots to ports/);
      await page.locator("#f-files").setInputFiles([
        { name: "deck.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 a deck") },
        { name: "terms.txt", mimeType: "text/plain", buffer: Buffer.from("terms") },
      ]);
      await page.locator("#f-link").fill("news.example/article");
      await page.locator("#f-name").press("Enter");
      await page.waitForURL(/did=captured/);
      const documents = await page.locator("#documents").textContent();
      for (const one of ["deck.pdf", "terms.txt", "news.example/article"]) assert.match(documents, new RegExp(one.replace(/[./]/g, "\\$&")));
      await axe(page, "captured");
      await page.locator('#activity form[action$="/undo"] button').first().click();
      await page.waitForURL(/did=undone/);
      assert.equal(new URL(page.url()).pathname, "/");
      assert.match(await page.locator(".said").textContent(), words.undone);
      assert.deepEqual(errors, []);
      await context.close();
    });

    test(`without a script quick add answers who was here already, in ${language}`, async () => {
      const { context, page } = await open("/add", { language, javaScriptEnabled: false });
      await page.locator("#f-name").fill("CF Studio");
      await page.locator("#f-website").fill(domain);
      await page.locator("#f-text").fill("Met them again.");
      await page.locator("#f-files").setInputFiles([{ name: `note-${language}.txt`, mimeType: "text/plain", buffer: Buffer.from("a note") }]);
      await page.locator("[data-submit]").click();
      await page.waitForURL(/did=known-domain/);
      assert.equal(new URL(page.url()).pathname, startup);
      assert.match(await page.locator(".said").textContent(), new RegExp(words.said));
      assert.match(await page.locator("#documents").textContent(), new RegExp(`note-${language}\\.txt`));
      await page.locator('#activity form[action$="/undo"] button').first().click();
      await page.waitForURL(/did=undone/);
      assert.equal(new URL(page.url()).pathname, startup);
      await context.close();
    });

    test(`a task is edited, done and opened again on the page of tasks, in ${language}`, async () => {
      const { context, page, errors } = await open(`${startup}/tasks/new`, { language });
      const what = `Call ${language} ${Date.now()}`;
      await page.locator("#f-what").fill(what);
      await page.keyboard.press("Control+Enter");
      await page.waitForURL(/did=task/);
      await page.goto("/tasks?show=open");
      const row = page.locator(".all-tasks li", { hasText: what });
      await axe(page, "tasks");
      await row.locator('a[href$="/edit"]').click();
      await page.locator("#f-what").fill(`${what} twice`);
      await page.keyboard.press("Control+Enter");
      await page.waitForURL(/did=saved/);
      await page.goto("/tasks?show=all");
      await row.locator("form button").click();
      await page.waitForURL(/did=done/);
      assert.match(await row.locator("form button").textContent(), new RegExp(words.open));
      await row.locator("form button").click();
      await page.waitForURL(/did=reopened/);
      await row.locator("form button").click();
      await page.waitForURL(/did=done/);
      assert.deepEqual(errors, []);
      await context.close();
    });

    test(`an interaction's Markdown is looked at before it is kept, and corrected later, in ${language}`, async () => {
      const { context, page } = await open(`${startup}/interactions/new`, { language });
      const summary = `Called ${language} ${Date.now()}`;
      await page.locator("#f-summary").fill(summary);
      await page.locator("#f-body").fill("They **pay**. <script>alert(1)</script>");
      await page.locator('button[name="preview"]').click();
      const drawn = page.locator("#preview");
      await drawn.waitFor();
      assert.equal(await drawn.locator("strong").textContent(), "pay");
      assert.equal(await page.locator("#preview script").count(), 0);
      await axe(page, "preview");
      await page.locator("[data-submit]").click();
      await page.waitForURL(/did=logged/);
      await page.locator("#interactions li", { hasText: summary }).locator('a[href$="/edit"]').click();
      await page.locator("#f-body").fill("They *may* pay.");
      await page.keyboard.press("Control+Enter");
      await page.waitForURL(/did=saved/);
      assert.equal(await page.locator("#interactions li", { hasText: summary }).locator(".prose em").textContent(), "may");
      await context.close();
    });

    test(`the checklist is answered in place and keeps the answers before, in ${language}`, async () => {
      const { context, page, errors } = await open(`${startup}/checklist`, { language });
      await axe(page, "checklist");
      const item = page.locator("#fund_fit");
      for (const note of [`fits ${language}`, `fits better ${language}`]) {
        await item.locator("summary").first().click();
        await item.locator('input[value="OK"]').check();
        await item.locator("textarea").fill(note);
        await axe(page, "answer");
        await item.locator("form button").click();
        await page.waitForURL(/did=saved/);
        assert.match(await item.locator("p.written").first().textContent(), new RegExp(note));
      }
      await item.locator("summary").nth(1).click();
      assert.match(await item.locator("ol").textContent(), new RegExp(`fits better ${language}[\\s\\S]*fits ${language}`));
      assert.deepEqual(errors, []);
      await context.close();
    });
  }

  test("two keys go to a page, one tells all of them, and a browser may switch single ones off", async () => {
    const { context, page, errors } = await open("/startups");
    const go = async (keys, where) => {
      for (const key of keys) await page.keyboard.press(key);
      await page.waitForURL(where);
      await page.waitForLoadState("load");
    };
    for (const [key, where] of [
      ["p", "**/pipeline"],
      ["m", "**/matrix"],
      ["a", "**/analytics/funnel"],
      ["r", "**/reviews"],
      ["t", "**/theses"],
      ["h", `${base}/`],
      ["s", "**/startups"],
    ]) {
      await go(["g", key], where);
    }
    // A card of the board has keys of its own, and so has a field.
    await go(["g", "p"], "**/pipeline");
    await page.locator("[data-deal] .name").first().focus();
    await go(["g", "m"], "**/matrix");
    await go(["g", "s"], "**/startups");
    await page.locator("[name=q]").first().fill("");
    await page.locator("[name=q]").first().pressSequentially("gp");
    assert.equal(await page.locator("[name=q]").first().inputValue(), "gp");
    await page.locator("h1").click();
    await go(["?"], "**/help/shortcuts");
    await axe(page, "shortcuts");
    await page.locator("[name=keys][value=off]").click();
    await page.locator("html[data-keys=off]").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.keyboard.press("q");
    await page.waitForTimeout(300);
    assert.equal(new URL(page.url()).pathname, "/help/shortcuts");
    assert.equal(await page.locator(".quick kbd").isVisible(), false);
    await page.locator("[name=keys][value=on]").click();
    await page.locator("html:not([data-keys])").waitFor();
    await go(["g", "p"], "**/pipeline");
    assert.deepEqual(errors, []);
    await context.close();
  });
});
