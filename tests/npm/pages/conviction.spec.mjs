// From hype to conviction: a claim is found on the map, refuted, and a true figure verified; each review says before
// what it will do. Exact figures, in both languages, and what was done is taken back, so that the next finds the same.
//
//   TOUCHSTONE_URL              a running server with the demonstration, http://host:port
//   TOUCHSTONE_CONVICTION_LINK  (or TOUCHSTONE_LINK) an unused sign-in link for it, of a partner; or TOUCHSTONE_COOKIE
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe as look, launch } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const link = process.env.TOUCHSTONE_CONVICTION_LINK ?? process.env.TOUCHSTONE_LINK;
const cookie = process.env.TOUCHSTONE_COOKIE;

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && (link || cookie), "TOUCHSTONE_URL and TOUCHSTONE_LINK are not set: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const WORDS = {
  en: {
    theme: "light",
    unproven: ["No real users", "Hype gap", "Compute unproven"],
    refuted: "Refuted claim",
    single: "Single provider",
    goes: (now, then) => `Conviction would go ${now} → ${then}`,
    demand: (demand, claimed) => [`demand ${demand}`, `claimed ${claimed}`],
  },
  zh: {
    theme: "dark",
    unproven: ["无真实用户", "水分", "算力未证实"],
    refuted: "声称被证伪",
    single: "单一供应商",
    goes: (now, then) => `信念值将从 ${now} 变为 ${then}`,
    demand: (demand, claimed) => [`需求 ${demand}`, `声称 ${claimed}`],
  },
};

suite("from hype to conviction", () => {
  let browser;
  let state;

  async function open(address, language, theme, options = {}) {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width: 1440, height: 900 },
      storageState: state,
      ...options,
    });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: theme, url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(address);
    return { context, page, errors };
  }

  async function axe(page, where) {
    // From the top: what the bar covers while one scrolls is no target.
    await page.evaluate(() => scrollTo(0, 0));
    await look(page, where);
  }

  const conviction = async (page) => (await page.locator(".conviction .big").textContent()).trim();
  const flags = async (page) => (await page.locator(".flag-marks .flag").allTextContents()).map((text) => text.trim());
  const record = (page, value) => page.locator("ol.ledger > li").filter({ has: page.locator(`data[value="${value}"]`) });
  const hypeShare = async (page) => /(\d+)%/.exec(await page.locator(".why-rows li").last().textContent())?.[1];

  /** What the page's head says of demand. */
  async function says(page, parts) {
    const head = await page.locator(".conviction .about").textContent();
    for (const part of parts) assert.ok(head.includes(part), `${part} in ${head}`);
  }

  /** Reviews the paying customers of the page's startup; the form says before where conviction goes. */
  async function review(page, value, grade, goes, checked, where) {
    await record(page, value).locator('a[href$="/review"]').first().click();
    await page.waitForURL(/\/review$/);
    const choice = page.locator(`label.pick:has(input[value="${grade}"])`);
    assert.equal((await choice.locator(".pick-note").textContent()).trim(), goes);
    await axe(page, `${where}: review`);
    await choice.locator("input").check();
    await page.locator("[data-submit]").click();
    await page.locator(".faults").waitFor();
    assert.equal(await page.locator("#f-checked").getAttribute("aria-invalid"), "true", "what was checked is asked for");
    assert.ok(await choice.locator("input").isChecked(), "what was chosen is kept");
    await axe(page, `${where}: review without words`);
    await page.locator("#f-checked").fill(checked);
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=reviewed/);
  }

  /** Takes the last change back. */
  async function undo(page) {
    await page.locator("#activity button").first().click();
    await page.waitForURL(/did=undone/);
  }

  before(async () => {
    browser = await launch();
    const context = await browser.newContext({ baseURL: base });
    if (cookie) {
      await context.addCookies([{ name: "touchstone_session", value: cookie, url: base }]);
    } else {
      const page = await context.newPage();
      await page.goto(link);
      await page.locator("main form button").click();
      await page.waitForURL((address) => address.pathname === "/");
    }
    state = await context.storageState();
    await context.close();
  });

  after(async () => browser?.close());

  for (const [language, w] of Object.entries(WORDS)) {
    test(`in ${language}, a claim on the map is refuted and falls from 10.0 to 3.7`, async () => {
      const { context, page, errors } = await open("/hype", language, w.theme);
      const row = page.locator("#table tbody tr").filter({ hasText: "Bigclaim" });
      const cells = (await row.locator("td").allTextContents()).join(" ");
      for (const figure of ["0.200", "0.772", "0.572"]) assert.ok(cells.includes(figure), `${figure} in ${cells}`);
      await axe(page, `${language}: hype map`);
      await row.locator("a").first().click();
      await page.waitForURL(/\/startups\//);

      assert.equal(await conviction(page), "10.0");
      await says(page, w.demand("0.200", "0.772"));
      assert.deepEqual(await flags(page), w.unproven);
      assert.equal(await hypeShare(page), "74");
      await axe(page, `${language}: Bigclaim`);

      await review(page, 100, "REFUTED", w.goes("10.0", "3.7"), "none of the ten we called had paid", `${language}: Bigclaim`);
      assert.equal(await conviction(page), "3.7");
      await says(page, w.demand("0.074", "0.772"));
      assert.deepEqual(await flags(page), [w.refuted, ...w.unproven]);
      assert.equal(await hypeShare(page), "90");
      const refuted = record(page, 100);
      assert.equal(await refuted.locator('s data[value="100"]').count(), 1, "struck, but there");
      const turn = refuted.locator(".history li").last();
      assert.match(await turn.textContent(), /none of the ten we called had paid/);
      assert.equal(await turn.locator(".grade-claimed + time + span + .grade-refuted").count(), 1, "from which grade to which");
      await axe(page, `${language}: Bigclaim refuted`);

      await undo(page);
      assert.equal(await conviction(page), "10.0");
      assert.deepEqual(errors, []);
      await context.close();
    });

    test(`in ${language}, the first question of Cubeforge is answered and it rises from 28.5 to 32.7`, async () => {
      const { context, page, errors } = await open("/startups/cubeforge", language, w.theme);
      assert.equal(await conviction(page), "28.5");
      const ask = page.locator("#ask .asks li").filter({ has: page.locator('a[href$="kind=PAYING_CUSTOMERS"]') });
      assert.match(await ask.locator(".ask-points").textContent(), /28\.5 → 32\.7/);
      await axe(page, `${language}: Cubeforge`);

      await review(page, 20, "VERIFIED", w.goes("28.5", "32.7"), "called 3 customers", `${language}: Cubeforge`);
      assert.equal(await conviction(page), "32.7");
      await says(page, w.demand("0.560", "0.706"));
      assert.match(await page.locator("#why").textContent(), /0\.520/, "proven");
      const adds = await page.locator(".why-adds").allTextContents();
      assert.deepEqual(adds.slice(0, 4).map((text) => text.trim()), ["0.351", "0.169", "0.040", "0.000"]);
      assert.deepEqual(await flags(page), [w.single]);
      await axe(page, `${language}: Cubeforge verified`);

      await undo(page);
      assert.equal(await conviction(page), "28.5");
      assert.deepEqual(errors, []);
      await context.close();
    });

    test(`in ${language}, with and without JavaScript, a new figure says where conviction would go before it is saved`, async () => {
      for (const javaScriptEnabled of [false, true]) {
        const { context, page } = await open("/startups/cubeforge", language, w.theme, { javaScriptEnabled });
        await page.locator('.actions a[href$="/evidence/new"]').first().click();
        await page.locator("#f-kind").selectOption("PILOTS");
        await page.locator("#f-value").fill("-3");
        await page.locator("#f-source").selectOption("FOUNDER");
        await page.locator('button[name="preview"]').click();
        await page.locator("#f-value-fault").waitFor();
        assert.equal(await page.locator("#f-value").inputValue(), "-3");
        await page.locator("#f-value").fill("3");
        await page.locator('button[name="preview"]').click();
        await page.locator(".foretold").waitFor();
        assert.match(await page.locator(".foretold").textContent(), /28\.5/);
        assert.equal(await page.locator("#f-value").inputValue(), "3");
        // axe is a script of its own.
        if (javaScriptEnabled) await axe(page, `${language}: preview`);
        await page.goto("/startups/cubeforge");
        assert.equal(await conviction(page), "28.5", "nothing is written");
        await context.close();
      }
    });

    test(`in ${language} and without JavaScript, several figures are entered at once, and the wrong line is named first`, async () => {
      const { context, page } = await open("/startups/new", language, w.theme, { javaScriptEnabled: false });
      await page.locator("#f-name").fill(`Gridded ${language} ${Date.now()}`);
      await page.locator("[data-submit]").click();
      await page.waitForURL(/did=added/);
      await page.locator('a[href$="/evidence/grid"]').click();
      await page.locator("#f-source").selectOption("FOUNDER");
      await page.locator("#f-PAYING_CUSTOMERS-value").fill("20");
      await page.locator("#f-RETENTION-value").fill("35%");
      await page.locator("#f-RETENTION-sampleSize").fill("400");
      await page.locator("#f-ACTIVE_USERS-value").fill("30,000");
      await page.locator("#f-ACTIVE_USERS-window").selectOption("MONTH");
      await page.locator("[data-submit]").click();
      await page.locator("#f-RETENTION-horizonDays-fault").waitFor();
      assert.equal(await page.locator(".fault").count(), 1, "the other lines are right");
      assert.equal(await page.locator("#f-ACTIVE_USERS-value").inputValue(), "30,000");
      await page.locator("#f-RETENTION-horizonDays").fill("30");
      await page.locator("[data-submit]").click();
      await page.waitForURL(/did=recorded/);
      assert.equal(await page.locator("ol.ledger > li").count(), 3);
      assert.equal(await page.locator("ol.ledger .line .grade-claimed").count(), 3);
      await context.close();
    });
  }
});
