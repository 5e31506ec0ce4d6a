// The startups list and signing in, in a real browser: axe finds nothing, everything works without JavaScript, and
// nothing is lost on a narrow screen.
//
//   TOUCHSTONE_URL   a running server, http://host:port
//   TOUCHSTONE_LINK  an unused sign-in link for it, in full; or TOUCHSTONE_COOKIE, the value of a session's cookie
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, launch, violations } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const link = process.env.TOUCHSTONE_LINK;
const cookie = process.env.TOUCHSTONE_COOKIE;

const LANGUAGES = ["en", "zh"];
const THEMES = ["light", "dark"];
const TITLES = { en: "Startups · Touchstone", zh: "公司 · 试金石" };

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && (link || cookie), "TOUCHSTONE_URL and TOUCHSTONE_LINK are not set: run through `npm test`");

// Node counts skipped tests, but no skipped suite.
const suite = skip ? (name) => test(name, { skip }) : describe;

suite("startups", () => {
  let browser;
  let state;
  let onTheLink = [];

  /** A page in a context of its own, with the reader's choices in cookies. */
  async function open(address, { language = "en", theme = "light", signedIn = true, ...options } = {}) {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width: 1440, height: 900 },
      ...(signedIn ? { storageState: state } : {}),
      ...options,
    });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: theme, url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      // A page that answers 400 or 404 is reported by the browser too; it is what was asked for.
      if (message.type() === "error" && !/status of 40\d/.test(message.text())) errors.push(message.text());
    });
    const response = await page.goto(address);
    return { context, page, errors, status: response.status() };
  }

  before(async () => {
    browser = await launch();
    if (cookie) {
      const context = await browser.newContext();
      await context.addCookies([{ name: "touchstone_session", value: cookie, url: base }]);
      state = await context.storageState();
      await context.close();
      return;
    }
    // Opening the link twice changes nothing; its button signs in.
    const looking = await open(link, { signedIn: false });
    onTheLink = await violations(looking.page);
    await looking.context.close();
    const { context, page } = await open(link, { signedIn: false, javaScriptEnabled: false });
    await page.locator("main form button").click();
    await page.waitForURL((address) => address.pathname === "/");
    state = await context.storageState();
    await context.close();
  });

  after(async () => browser?.close());

  const pages = [
    ["sign in", "/login", 200, "h1", false],
    ["list", "/startups", 200, "table", true],
    ["filtered list", "/startups?layer=APP&sector=content-generation", 200, ".chip", true],
    ["no match", "/startups?q=no-startup-is-called-this", 200, ".empty", true],
    ["bad filter", "/startups?layer=NONSENSE&conviction=40..", 400, ".chip-bad", true],
    ["projector", "/startups?display=projector", 200, "html[data-display=projector]", true],
    ["nothing here", "/nothing-here", 404, "main h1", true],
  ];

  for (const [name, address, status, holds, signedIn] of pages) {
    for (const language of LANGUAGES) {
      for (const theme of THEMES) {
        test(`${name} in ${language}, ${theme}: as it should be, and axe finds nothing`, async () => {
          const opened = await open(address, { language, theme, signedIn });
          const { page } = opened;
          assert.equal(opened.status, status);
          assert.equal(await page.locator("html").getAttribute("lang"), language === "zh" ? "zh-CN" : "en");
          assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
          assert.ok((await page.locator(holds).count()) > 0, `${holds} is on the page`);
          await axe(page, name);
          assert.deepEqual(opened.errors, []);
          await opened.context.close();
        });
      }
    }
  }

  test("axe finds nothing on a sign-in link", () => assert.deepEqual(onTheLink, []));

  test("each open menu passes axe", async () => {
    for (const width of [1440, 390]) {
      const { context, page } = await open("/startups?layer=APP&country=CN", { viewport: { width, height: 800 } });
      const menus = page.locator("details.menu > summary:visible");
      for (let i = 0; i < (await menus.count()); i++) {
        await menus.nth(i).click();
        // The menu alone: it lies over what is below it as long as it is open, and that is looked at without it.
        await axe(page, `menu ${i} at ${width}`, { within: "details.menu[open]" });
        await page.keyboard.press("Escape");
        assert.equal(await page.locator("details.menu[open]").count(), 0, "Esc closes it");
      }
      await context.close();
    }
  });

  test("without JavaScript one can filter, remove the filter, sort, search and change the language", async () => {
    const { context, page } = await open("/startups", { javaScriptEnabled: false });
    assert.equal(await page.title(), TITLES.en);
    await page.locator(".filters details").first().locator("summary").click();
    await page.locator('input[name="layer"][value="APP"]').check();
    await page.locator('input[name="layer"][value="MODEL"]').check();
    await page.locator(".filters details").first().locator("button").click();
    // One address for one list: no empty parameters, alternatives joined.
    await page.waitForURL("**/startups?layer=MODEL,APP");
    await page.locator(".chip a").first().click();
    await page.waitForURL("**/startups?layer=APP");
    for (const word of await page.locator("tbody tr .layer").allTextContents()) assert.equal(word, "App");

    await page.locator(".sorts summary").click();
    await page.locator('.sorts a[href$="sort=-name"]').click();
    await page.waitForURL("**/startups?layer=APP&sort=-name");
    assert.equal(await page.locator("th[aria-sort]").getAttribute("aria-sort"), "descending");

    await page.locator('[role="search"] input[type="search"]').fill("no-startup-is-called-this");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/startups?q=no-startup-is-called-this&layer=APP&sort=-name");
    assert.match(await page.locator(".empty h2").textContent(), /No startups match 2 filters/);
    await page.locator(".empty .button").click();
    await page.waitForURL("**/startups?sort=-name");

    await page.locator('.wide button[name="lang"][value="zh"]').click();
    assert.equal(await page.title(), TITLES.zh);
    assert.match(page.url(), /\/startups\?sort=-name$/, "and stays on the list");
    await context.close();
  });

  test("back and reload give the same list, and a pasted address gives it in the language it names", async () => {
    const { context, page } = await open("/startups?layer=APP&n=100");
    const rows = await page.locator("tbody tr").count();
    await page.goto("/startups");
    await page.goBack();
    assert.equal(await page.locator("tbody tr").count(), rows);
    await page.reload();
    assert.equal(await page.locator("tbody tr").count(), rows);
    await page.goto("/startups?lang=zh");
    assert.equal(await page.title(), TITLES.zh);
    await page.goto("/startups");
    assert.equal(await page.title(), TITLES.en, "for that request only");
    await context.close();
  });

  test("nothing is lost at 320 px, and the table scrolls in a region of its own", async () => {
    for (const address of ["/login", "/startups", "/startups?layer=NONSENSE", "/nothing-here"]) {
      const { context, page } = await open(address, { viewport: { width: 320, height: 640 } });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${address} is ${width} px wide`);
      await axe(page, `${address} at 320 px`);
      await context.close();
    }
    const { context, page } = await open("/startups", { viewport: { width: 320, height: 640 } });
    const region = page.locator(".scroll");
    await region.focus();
    assert.equal(await region.getAttribute("role"), "region");
    assert.ok(await region.evaluate((e) => e.scrollWidth > e.clientWidth && e === document.activeElement));
    await page.locator(".narrow summary").click();
    assert.ok(await page.locator(".narrow form button").last().isVisible(), "the menu holds what the bar had");
    await context.close();
  });

  test("on a telephone a short name in the other language stays whole", async () => {
    const { context, page } = await open("/startups", { viewport: { width: 390, height: 844 } });
    const heights = await page.locator(".rows .alias").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    assert.ok(heights.length > 0);
    assert.deepEqual(heights.filter((height) => height > 30), [], "each on one line");
    await context.close();
  });

  test("the keyboard alone gets to the content and to the search", async () => {
    const { context, page } = await open("/startups");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.name), "q");
    await page.keyboard.type("a/b");
    assert.equal(await page.locator('[role="search"] input[type="search"]').inputValue(), "a/b");
    await context.close();
  });

  test("a printed list has no bar, and no button", async () => {
    const { context, page } = await open("/startups");
    await page.emulateMedia({ media: "print" });
    for (const gone of [".bar", ".toolbar", ".pages", ".foot a"]) {
      for (const one of await page.locator(gone).all()) assert.equal(await one.isVisible(), false, gone);
    }
    assert.ok(await page.locator(".foot .printed").first().isVisible());
    await context.close();
  });
});
