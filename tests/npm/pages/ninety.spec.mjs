// Ninety seconds with the demonstration, as one goes through them: from the hype map over a refuted and a verified figure
// to the capability that brings three deals back, Monday's agenda, the provider at a tenth of its price, and the minutes.
// What is done stays done, so each language has a server of its own.
//
//   TOUCHSTONE_URL             a running server with the demonstration, http://host:port
//   TOUCHSTONE_PRESENTER_LINK  an unused sign-in link for it, of the demonstration's first partner
//   TOUCHSTONE_LANGUAGE        en (the default) or zh
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, launch, signIn } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const link = process.env.TOUCHSTONE_PRESENTER_LINK;
const language = process.env.TOUCHSTONE_LANGUAGE ?? "en";

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && link, "no TOUCHSTONE_URL or link: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const WORDS = {
  en: {
    theme: "light",
    goes: (now, then) => `Conviction would go ${now} → ${then}`,
    proof: "Verified proof",
    solved: "Solved4 startups bet on this, 3 passed deals would come back for review",
    waited: /it waited for “Models can make usable 3D assets.*solved on \d{4}-\d{2}-\d{2}/,
    cut: /Basemodel One, price on \d{4}-\d{2}-\d{2}: 0\.30 → 0\.03 CNY per 1,000 characters/,
    what: "What if Basemodel One cuts its prices by 90%?",
    hit: /^9 startups, 4 active deals, /,
    moat: "loses its moat",
  },
  zh: {
    theme: "dark",
    goes: (now, then) => `信念值将从 ${now} 变为 ${then}`,
    proof: "已核实的证据",
    solved: "已实现4 家公司押注于此，3 个不投项目将回到评审",
    waited: /所等的能力“Models can make usable 3D assets.*已实现/,
    cut: /Basemodel One \d{4}-\d{2}-\d{2} 调价：.*0\.30 → 0\.03/,
    what: "如果 Basemodel One 降价 90%？",
    hit: /^9 家公司、4 个进行中项目、/,
    moat: "失去壁垒",
  },
};

/** The day so many days from today, in the workspace's zone. */
const day = (offset) => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);

suite(`ninety seconds with the demonstration, in ${language}`, () => {
  const w = WORDS[language];
  let browser;
  let context;
  let page;

  const conviction = async () => (await page.locator(".conviction .big").textContent()).trim();

  /** Reviews a figure of the page's startup; the form says before where conviction goes. */
  async function review(value, grade, goes, checked) {
    const record = page.locator("ol.ledger > li").filter({ has: page.locator(`data[value="${value}"]`) });
    await record.locator('a[href$="/review"]').first().click();
    await page.waitForURL(/\/review$/);
    const choice = page.locator(`label.pick:has(input[value="${grade}"])`);
    assert.equal((await choice.locator(".pick-note").textContent()).trim(), goes);
    await choice.locator("input").check();
    await page.locator("#f-checked").fill(checked);
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=reviewed/);
  }

  before(async () => {
    browser = await launch();
    context = await browser.newContext({
      baseURL: base,
      viewport: { width: 1440, height: 900 },
      storageState: await signIn(browser, base, link),
    });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: w.theme, url: base },
    ]);
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
  });

  after(async () => browser?.close());

  test("who is all talk is found on the map, and caught", async () => {
    await page.goto("/hype");
    await axe(page, "hype map");
    await page.locator("#table tbody tr", { hasText: "Bigclaim" }).locator("a").first().click();
    await page.waitForURL(/\/startups\//);
    assert.equal(await conviction(), "10.0");
    await review(100, "REFUTED", w.goes("10.0", "3.7"), "none of the ten we called had paid");
    assert.equal(await conviction(), "3.7");
    await axe(page, "Bigclaim");
  });

  test("who has users is asked what is worth most, verified, and the gate to the committee opens", async () => {
    await page.goto("/startups/cubeforge");
    assert.equal(await conviction(), "28.5");
    const ask = page.locator("#ask .asks li", { has: page.locator('a[href$="kind=PAYING_CUSTOMERS"]') });
    assert.match(await ask.locator(".ask-points").textContent(), /28\.5 → 32\.7/);
    const deal = await page.locator('#deals a[href^="/deals/deal_"]').first().getAttribute("href");
    await page.goto(deal);
    assert.ok((await page.locator("#gates .unmet").textContent()).includes(w.proof));
    await page.goto("/startups/cubeforge");
    await review(20, "VERIFIED", w.goes("28.5", "32.7"), "called 3 customers");
    assert.equal(await conviction(), "32.7");
    await page.goto(deal);
    assert.ok(!(await page.locator("#gates").textContent()).includes(w.proof), "the gate is open");
    await axe(page, "Cubeforge's deal");
  });

  test("what models can do is solved, and three deals come back to Monday's agenda", async () => {
    await page.goto("/theses");
    await page.locator("#capabilities tbody tr", { hasText: "Models can make usable 3D assets" }).locator("th a").click();
    await page.waitForURL(/\/capabilities\//);
    await page.locator('.actions a[href$="/verdict"]').click();
    const solved = page.locator("#f-status .pick", { has: page.locator("[value=SOLVED]") });
    assert.equal((await solved.textContent()).trim(), w.solved);
    await solved.locator("input").check();
    await page.locator("[name=reason]").fill("A studio ships a game with meshes that nobody touched");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=judged/);

    await page.goto("/reviews");
    await page.locator('th a[href^="/reviews/review_"]').first().click();
    await page.waitForURL(/\/reviews\/review_[a-z0-9]+$/);
    await axe(page, "agenda");
    for (const name of ["Meshwright", "Rigwright", "Propshop"]) {
      const item = page.locator(".agenda > li", { has: page.locator("h3", { hasText: name }) });
      assert.match(await item.locator(".reasons").textContent(), w.waited);
    }
    // What the provider did is a reason for those who hang on it.
    const cubeforge = page.locator(".agenda > li", { has: page.locator("h3", { hasText: "Cubeforge" }) });
    assert.match(await cubeforge.locator(".reasons").textContent(), w.cut);
  });

  test("Meshwright then and now", async () => {
    await page.goto(`/startups/meshwright?as_of=${day(-294)}`);
    assert.equal(await conviction(), "5.0");
    await page.goto(`/startups/meshwright?as_of=${day(-13)}`);
    assert.equal(await conviction(), "38.5");
    await page.goto("/startups/meshwright");
    assert.equal(await conviction(), "45.7");
  });

  test("the provider at a tenth of its price: who is hit, and what is at stake", async () => {
    await page.goto("/providers");
    await axe(page, "providers");
    await page.locator("th a", { hasText: "Basemodel One" }).click();
    await page.waitForURL(/\/providers\/provider_[a-z0-9]+$/);
    await axe(page, "provider");
    assert.equal(await page.locator("#dependents tbody tr").count(), 9);
    await page.locator('#events a[href*="/events/"]').first().click();
    await page.waitForURL(/\/events\/providerevent_[a-z0-9]+$/);
    await axe(page, "event");
    assert.match(await page.locator("#exposed .lead").textContent(), w.hit);
    assert.equal(await page.locator("#exposed tbody tr").count(), 9);
    await page.goBack();
    await page.locator('.actions a[href$="/what-if"]').click();
    await page.waitForURL(/\/what-if$/);
    assert.equal(await page.locator("h1").textContent(), w.what);
    assert.match(await page.locator("[data-sums]").textContent(), w.hit);
    assert.equal(await page.locator("#hits tbody tr").count(), 9);
    assert.equal(await page.locator('#hits a[href^="/deals/deal_"]').count(), 4);
    const wrapwell = page.locator("#hits tbody tr", { hasText: "Wrapwell" });
    assert.ok((await wrapwell.textContent()).includes(w.moat));
    await axe(page, "what if");
    for (const event of ["ships", "shutdown", "outage"]) {
      await page.locator("#event").selectOption(event);
      await page.locator(".what-if button").click();
      await page.waitForURL(new RegExp(`event=${event}`));
      assert.equal(await page.locator("#hits tbody tr").count(), 9);
    }
  });

  test("the minutes of the last meeting go to paper without the bar", async () => {
    await page.goto("/reviews?status=CLOSED");
    await page.locator('th a[href^="/reviews/review_"]').first().click();
    await page.waitForURL(/\/reviews\/review_[a-z0-9]+$/);
    await page.locator('a[href$="/minutes"]').first().click();
    await page.waitForURL(/\/minutes$/);
    await axe(page, "minutes");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("header.bar").isVisible(), false);
    const printed = (await page.locator("footer .printed").allTextContents()).join(" ");
    assert.match(printed, /\/reviews\/review_[a-z0-9]+\/minutes/);
    assert.ok((await page.pdf({ format: "A4" })).length > 10_000, "pages come out");
    await page.emulateMedia({ media: "screen" });
  });
});
