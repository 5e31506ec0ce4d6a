// Pages that follow what others change: two browsers on one board, a form that somebody else saves first, a lost
// connection, several tabs on one stream, and who hears nothing. In both languages.
//
//   TOUCHSTONE_URL        a running server with the demonstration, http://host:port
//   TOUCHSTONE_LIVE_LINK  an unused sign-in link for it, of a partner outside the demonstration's teams
//   TOUCHSTONE_LIVE_ANALYST_LINK  one of an analyst
//   TOUCHSTONE_LIVE_OWNER_LINK    one of who leads the restricted deal
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, launch, signIn, SOON_MS } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const LINKS = {
  partner: process.env.TOUCHSTONE_LIVE_LINK,
  analyst: process.env.TOUCHSTONE_LIVE_ANALYST_LINK,
  owner: process.env.TOUCHSTONE_LIVE_OWNER_LINK,
};

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && Object.values(LINKS).every(Boolean), "no TOUCHSTONE_URL or links: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const WORDS = {
  en: {
    theme: "light",
    badge: "Suites changed this",
    meanwhile: /Suites changed this/,
    paused: "Live updates paused",
    more: "1 change",
    mine: "call two studios in Shenzhen",
    theirs: "call the studios on Friday",
  },
  zh: {
    theme: "dark",
    badge: "Suites 更改了此内容",
    meanwhile: /Suites/,
    paused: "实时更新已暂停",
    more: "1 处更改",
    mine: "致电深圳两家工作室",
    theirs: "周五致电各工作室",
  },
};

suite("live pages", () => {
  let browser;
  const states = {};
  let deal;

  async function open(who, address, { language = "en", context } = {}) {
    const own =
      context ??
      (await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 }, storageState: states[who] }));
    await own.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: WORDS[language].theme, url: base },
    ]);
    const page = await own.newPage();
    page.setDefaultTimeout(15_000);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && /Content Security/.test(message.text()) && errors.push(message.text()));
    const streams = [];
    const followed = page.waitForResponse((response) => response.url().endsWith("/events"), { timeout: 5000 }).catch(() => undefined);
    page.on("request", (request) => request.url().endsWith("/events") && streams.push(request));
    await page.goto(address);
    if (!context) await followed;
    return { context: own, page, errors, streams };
  }

  const column = (page, key) => page.locator(`[data-column="${key}"]`);
  const card = (page, name) =>
    page.locator("[data-deal]").filter({ has: page.locator(".name", { hasText: new RegExp(`^${name}$`) }) });
  const count = async (page, key) => Number(await column(page, key).locator(".stage-head .number").first().textContent());

  before(async () => {
    browser = await launch();
    for (const [who, link] of Object.entries(LINKS)) states[who] = await signIn(browser, base, link);
    const { context, page } = await open("partner", "/pipeline");
    deal = await card(page, "Cubeforge").locator(".name").getAttribute("href");
    await context.close();
  });

  after(async () => browser?.close());

  for (const language of ["en", "zh"]) {
    const words = WORDS[language];

    test(`a card that one moves is seen by another soon, and a text being typed stays with its caret, in ${language}`, async () => {
      const watching = await open("analyst", "/pipeline", { language });
      const moving = await open("partner", "/pipeline", { language });
      const name = await column(moving.page, "SOURCED").locator("[data-deal] .name").first().textContent();
      const numbers = [await count(watching.page, "SOURCED"), await count(watching.page, "SCREENING")];
      const filter = watching.page.locator('.toolbar input[type="search"], .toolbar input[name="q"]').first();
      await filter.focus();
      await watching.page.keyboard.type("half a wo");
      await watching.page.keyboard.press("ArrowLeft");
      // What is lost on the way is asked for again.
      let lost = 0;
      const lose = (route) => {
        lost += 1;
        return route.abort();
      };
      await watching.page.route(/\/pipeline$/, lose, { times: 1 });
      await card(moving.page, name).locator(".name").focus();
      await moving.page.keyboard.press("Shift+ArrowRight");
      await moving.page.locator("[data-toast]").waitFor();
      await column(watching.page, "SCREENING").locator("[data-deal]", { hasText: name }).waitFor({ timeout: SOON_MS });
      assert.equal(lost, 1);
      assert.equal(await card(watching.page, name).getAttribute("data-stage"), "SCREENING");
      assert.deepEqual([await count(watching.page, "SOURCED"), await count(watching.page, "SCREENING")], [numbers[0] - 1, numbers[1] + 1]);
      const typed = await watching.page.evaluate(() => [document.activeElement.value, document.activeElement.selectionStart]);
      assert.deepEqual(typed, ["half a wo", 8]);
      await axe(watching.page, "board after a move");
      await moving.page.locator("[data-undo] button").click();
      await column(watching.page, "SOURCED").locator("[data-deal]", { hasText: name }).waitFor({ timeout: SOON_MS });
      assert.deepEqual([watching.errors, moving.errors], [[], []]);
      await watching.context.close();
      await moving.context.close();
    });

    test(`who saves second sees it while typing, and then both values, in ${language}`, async () => {
      const first = await open("partner", `${deal}/edit`, { language });
      const second = await open("analyst", `${deal}/edit`, { language });
      const before = await first.page.locator("#f-nextStep").inputValue();
      const field = second.page.locator("#f-nextStep");
      await field.fill(words.mine);
      for (let n = 0; n < 3; n++) await second.page.keyboard.press("ArrowLeft");
      await first.page.locator("#f-nextStep").fill(words.theirs);
      await first.page.keyboard.press("Control+Enter");
      await first.page.waitForURL(/did=saved/);
      const badge = second.page.locator(".live-badge");
      await badge.waitFor({ timeout: SOON_MS });
      assert.match(await badge.textContent(), new RegExp(words.badge));
      assert.equal(await badge.locator("a").getAttribute("href"), deal);
      const caret = await second.page.evaluate(() => [document.activeElement.id, document.activeElement.value, document.activeElement.selectionStart]);
      assert.deepEqual(caret, ["f-nextStep", words.mine, words.mine.length - 3], "the text and its caret are where they were");
      await axe(second.page, "badge");
      await second.page.keyboard.press("Control+Enter");
      const panel = second.page.locator(".conflict");
      await panel.waitFor();
      assert.match(await panel.textContent(), words.meanwhile);
      assert.deepEqual(await panel.locator("td").allTextContents(), [words.mine, words.theirs]);
      assert.equal(await field.inputValue(), words.mine);
      await axe(second.page, "conflict");
      await panel.locator('button[value="mine"]').click();
      await second.page.waitForURL(/did=saved/);
      assert.match(await second.page.locator("#next").textContent(), new RegExp(words.mine));
      await axe(second.page, "saved");
      const rows = (await second.page.locator("#activity li").allTextContents()).slice(0, 2);
      assert.match(rows[0], /Analyst/, "the newest first");
      assert.match(rows[1], /Suites/);
      // The first one's page, which is open still, has followed.
      await first.page.locator("#next", { hasText: words.mine }).waitFor({ timeout: SOON_MS });
      assert.deepEqual([first.errors, second.errors], [[], []]);
      await first.page.goto(`${deal}/edit`);
      await first.page.locator("#f-nextStep").fill(before);
      await first.page.keyboard.press("Control+Enter");
      await first.page.waitForURL(/did=saved/);
      await first.context.close();
      await second.context.close();
    });

    test(`a list stays in its order, and what came is offered, in ${language}`, async () => {
      const list = await open("analyst", "/startups?sort=name", { language });
      const names = () => list.page.locator("#rows a.name").allTextContents();
      const before = await names();
      const adding = await open("partner", "/startups/new", { language });
      // Before every other name there is, those of earlier runs too.
      const name = `00 ${9e12 - Date.now()} ${language}`;
      await adding.page.locator("#f-name").fill(name);
      await adding.page.locator("[data-submit]").click();
      await adding.page.waitForURL(/\/startups\/startup_/);
      const pill = list.page.locator(".live-pill");
      await pill.waitFor({ timeout: SOON_MS });
      assert.match(await pill.textContent(), new RegExp(words.more));
      assert.deepEqual(await names(), before);
      await axe(list.page, "pill");
      await pill.locator("button").click();
      await pill.waitFor({ state: "detached" });
      assert.equal((await names())[0], name);
      assert.equal(await list.page.evaluate(() => document.activeElement.tagName), "H1");
      assert.deepEqual([list.errors, adding.errors], [[], []]);
      await list.context.close();
      await adding.context.close();
    });

    test(`figures follow what others do where they stand, and a day being typed stays, in ${language}`, async () => {
      const matrix = await open("analyst", "/matrix", { language });
      const funnel = await open("analyst", "/analytics/funnel", { language });
      const moving = await open("partner", "/pipeline", { language });
      const table = (page, region) => page.locator(region).first().innerText();
      const changed = (page, region, before, is) =>
        page.waitForFunction(([region, before, is]) => (document.querySelector(region).innerText === before) === is, [region, before, is], { timeout: SOON_MS });
      const shown = await table(funnel.page, "table.twin");
      await funnel.page.locator("details", { has: funnel.page.locator("#from") }).locator("summary").click();
      await funnel.page.locator("#from").fill("2024-0");
      const name = await column(moving.page, "SOURCED").locator("[data-deal] .name").first().textContent();
      await card(moving.page, name).locator(".name").focus();
      await moving.page.keyboard.press("Shift+ArrowRight");
      await moving.page.locator("[data-toast]").waitFor();
      await changed(funnel.page, "table.twin", shown, false);
      const typed = await funnel.page.evaluate(() => [document.activeElement.id, document.activeElement.value, document.activeElement.closest("details").open]);
      assert.deepEqual(typed, ["from", "2024-0", true]);
      await axe(funnel.page, "funnel that followed");
      await moving.page.locator("[data-undo] button").click();
      await changed(funnel.page, "table.twin", shown, true);

      const total = await table(matrix.page, "h1");
      await moving.page.goto("/startups/new");
      await moving.page.locator("#f-name").fill(`Figures ${Date.now()} ${language}`);
      await moving.page.locator("[data-submit]").click();
      await moving.page.waitForURL(/\/startups\/startup_/);
      await changed(matrix.page, "h1", total, false);
      assert.deepEqual([matrix.errors, funnel.errors, moving.errors], [[], [], []]);
      for (const { context } of [matrix, funnel, moving]) await context.close();
    });

    test(`without a connection a page says so and keeps what was typed, and goes on by itself, in ${language}`, async () => {
      const { context, page, errors } = await open("analyst", `${deal}/edit`, { language });
      await page.locator("#f-nextStep").fill(words.mine);
      await context.setOffline(true);
      const bar = page.locator("[data-paused]");
      await bar.waitFor({ state: "visible" });
      assert.match(await bar.textContent(), new RegExp(words.paused));
      await axe(page, "paused");
      assert.equal(await page.locator("#f-nextStep").inputValue(), words.mine);
      await context.setOffline(false);
      await bar.waitFor({ state: "hidden" });
      // A browser may say that it is offline while the stream lives on.
      for (const back of [() => page.evaluate(() => dispatchEvent(new Event("online"))), () => bar.locator("button").click()]) {
        await page.evaluate(() => dispatchEvent(new Event("offline")));
        await bar.waitFor({ state: "visible" });
        await back();
        await bar.waitFor({ state: "hidden", timeout: SOON_MS });
      }
      assert.equal(await page.locator("#f-nextStep").inputValue(), words.mine);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }

  test("the tabs of a browser follow one stream, and another takes it up when its tab closes", async () => {
    const first = await open("analyst", "/pipeline");
    const second = await open("analyst", "/pipeline", { context: first.context });
    await second.page.waitForTimeout(500);
    assert.deepEqual([first.streams.length, second.streams.length], [1, 0]);
    const moving = await open("partner", "/pipeline");
    const move = async () => {
      const name = await column(moving.page, "SOURCED").locator("[data-deal] .name").first().textContent();
      await card(moving.page, name).locator(".name").focus();
      await moving.page.keyboard.press("Shift+ArrowRight");
      await moving.page.locator("[data-toast]").waitFor();
      await column(second.page, "SCREENING").locator("[data-deal]", { hasText: name }).waitFor({ timeout: SOON_MS });
      await moving.page.locator("[data-undo] button").click();
      await column(second.page, "SOURCED").locator("[data-deal]", { hasText: name }).waitFor({ timeout: SOON_MS });
    };
    await second.page.bringToFront();
    await move();
    await first.page.close();
    await second.page.waitForResponse((response) => response.url().endsWith("/events"));
    await move();
    await first.context.close();
    await moving.context.close();
  });

  test("the past is not followed, and nothing of a restricted deal stirs the page of who may not see it", async () => {
    const past = await open("analyst", `/pipeline?as_of=${new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)}`);
    assert.equal(past.streams.length, 0);
    await past.context.close();

    const outsider = await open("analyst", "/pipeline");
    const owner = await open("owner", "/pipeline");
    const asked = [];
    outsider.page.on("request", (request) => request.headers()["hx-request"] && asked.push(request.url()));
    const hidden = await card(owner.page, "Evalgrid").locator(".name").getAttribute("href");
    await owner.page.goto(`${hidden}/edit`);
    const before = await owner.page.locator("#f-nextStep").inputValue();
    for (const text of ["a secret step", before]) {
      await owner.page.locator("#f-nextStep").fill(text);
      await owner.page.keyboard.press("Control+Enter");
      await owner.page.waitForURL(/did=saved/);
      await owner.page.goto(`${hidden}/edit`);
    }
    await outsider.page.waitForTimeout(1500);
    assert.deepEqual(asked, []);
    await owner.context.close();
    await outsider.context.close();
  });
});
