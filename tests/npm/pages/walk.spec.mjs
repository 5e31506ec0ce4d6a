// Every page, in both languages and themes, on a desk, a telephone and the narrowest screen: nothing scrolls sideways,
// nothing is cut off, no word of the other language stands unmarked, and axe finds nothing. Then the ways through forms
// and the search, by keyboard and without JavaScript.
//
//   TOUCHSTONE_URL   a running server, http://host:port
//   TOUCHSTONE_SETTINGS_LINK  one of an administrator, for the pages of the workspace's settings
//   TOUCHSTONE_WALK_LINK (or TOUCHSTONE_LINK)  an unused sign-in link for it, of somebody who may write; or TOUCHSTONE_COOKIE
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, COLOURS, launch, signIn } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const link = process.env.TOUCHSTONE_WALK_LINK ?? process.env.TOUCHSTONE_LINK;
// Without it the pages only administrators have are left out, and said to be.
const settings = process.env.TOUCHSTONE_SETTINGS_LINK;
const cookie = process.env.TOUCHSTONE_COOKIE;

const LANGUAGES = ["en", "zh"];
const WIDTHS = [1440, 390, 320];

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && (link || cookie), "TOUCHSTONE_URL and TOUCHSTONE_LINK are not set: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

/** What is wrong with the layout and the words of the page that is open. */
function faults(language) {
  const found = [];
  const say = (what, element) =>
    found.push(`${what}: <${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().slice(0, 60)}`);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  const isScroller = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || !element.checkVisibility() || element.closest(".unseen, svg, .skip")) continue;
    // Inline boxes have no width of their own; fields scroll what is typed.
    if (style.display === "inline" || element.matches("input, select, textarea, option, optgroup")) continue;
    if (!isScroller(element) && element.scrollWidth > element.clientWidth + 1 && style.overflowX !== "visible") say("cut off", element);
  }
  // Pressed twice, a button acts once: by its key, where that is one.
  for (const { name, value, form } of document.querySelectorAll("form [name=key]"))
    if (!/^[A-Za-z0-9-]{8,80}$/.test(value)) found.push(`no key: ${name}=${value} of ${form.getAttribute("action")}`);
  // Words of the other language: signs of Han in English, words of Latin letters alone in Chinese.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  // What people typed, names of people and products, codes and addresses are data in either language.
  const data =
    "[lang], .data, .foot, .who, .user, .tag, time, data, a[href^='http'], option, kbd, code, .brand, .finder, .named, " +
    ".pairs dd, .meta, .changes p, .crumbs, h1, .payer, .written, .lead, .evidence, textarea, mark, .chips, .history, .what, .line strong, " +
    // Names of stages, of people and of funds, and statements, where one is picked.
    "label.pick:has([name='stage']), label.pick:has([name='team']), label.pick:has([name='attendees']), label.pick:has([name='vetoHolders']), " +
    "label.pick:has([name='funds']), label.pick:has([name='theses']), label.pick:has([name='capabilities']), " +
    // Titles of documents: where one is picked, and in what an undo is said to take back.
    "label.pick:has([name='documents']), form[action$='/undo'] .unseen";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue.trim();
    if (!text || !node.parentElement.checkVisibility()) continue;
    const marked = node.parentElement.closest("[lang]")?.lang;
    if (marked && marked !== document.documentElement.lang) continue;
    const hasHan = /\p{Script=Han}/u.test(text);
    if (language === "en" && hasHan && !node.parentElement.closest(data.replace("[lang], ", ""))) say("Chinese in English", node.parentElement);
    const known = /^(?:AI|API|SaaS|RPA|3D|LLM|IPO|VIE|Ctrl|Enter|Esc|GMV|URL|CSV|EN|[^\p{Script=Latin}]|\s)+$/u;
    const words = text.match(/[A-Za-z]{2,}/g) ?? [];
    if (language === "zh" && !hasHan && words.length > 0 && !known.test(text) && !node.parentElement.closest(data.replace("[lang], ", "")))
      say("English in Chinese", node.parentElement);
  }
  return found;
}

suite("every page", () => {
  let browser;
  let state;
  let startup;
  let record;
  let deal;
  let meeting;
  let minutes;
  let task;
  let interaction;
  let passed;
  let outcome;
  let fund;
  let thesis;
  let capability;
  let provider;
  let providerEvent;
  let adminState;

  async function open(address, { language = "en", theme = "light", width = 1440, signedIn = true, isAdmin = false, ...options } = {}) {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width, height: width < 500 ? 844 : 900 },
      ...(signedIn ? { storageState: isAdmin ? adminState : state } : {}),
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
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) errors.push(message.text());
    });
    const response = await page.goto(address);
    return { context, page, errors, status: response.status() };
  }

  const visitors = {};
  const named = ({ language, isAdmin }) => `${language} ${isAdmin}`;

  /** Goes to a page as one who goes from page to page: a new browser for each would be most of the time. */
  async function visit(address, who) {
    const visitor = visitors[named(who)];
    // Where a page failed nobody knows in which state it left the browser: there is none any more.
    delete visitors[named(who)];
    if (!visitor) return open(address, who);
    visitor.errors.length = 0;
    await visitor.page.setViewportSize({ width: WIDTHS[0], height: 900 });
    await visitor.page.goto(address);
    return visitor;
  }

  before(async () => {
    browser = await launch();
    const context = await browser.newContext({ baseURL: base });
    const page = await context.newPage();
    if (cookie) {
      await context.addCookies([{ name: "touchstone_session", value: cookie, url: base }]);
    } else {
      await page.goto(link);
      await page.locator("main form button").click();
      await page.waitForURL((address) => address.pathname === "/");
    }
    await page.goto("/startups?q=cubeforge");
    startup = await page.locator("tbody a.name").first().getAttribute("href");
    await page.goto(startup);
    record = (await page.locator('.do a[href$="/review"]').first().getAttribute("href")).replace(/\/review$/, "");
    await page.goto("/deals?q=cubeforge&status=ACTIVE");
    deal = await page.locator("tbody a.name").first().getAttribute("href");
    await page.goto("/reviews");
    meeting = await page.locator("#next tbody a").first().getAttribute("href");
    minutes = await page.locator("#past tbody a").first().getAttribute("href");
    await page.goto("/tasks?show=all");
    task = await page.locator('main a[href^="/tasks/"][href$="/edit"]').first().getAttribute("href");
    // Of the first startup in the list of which something was logged.
    const startups = await page.goto("/startups?n=200").then(() => page.locator("tbody a.name").evaluateAll((all) => all.map((a) => a.getAttribute("href"))));
    for (const address of startups) {
      interaction = /href="(\/interactions\/[^"]+\/edit)"/.exec(await (await page.request.get(address)).text())?.[1];
      if (interaction) break;
    }
    await page.goto("/deals?q=meshwright&status=PASSED");
    passed = await page.locator("tbody a.name").first().getAttribute("href");
    await page.goto(passed);
    outcome = await page.locator('#outcomes a[href$="/retract"]').first().getAttribute("href");
    await page.goto("/theses");
    thesis = await page.locator("#theses tbody th a").first().getAttribute("href");
    capability = await page.locator("#capabilities tbody th a").first().getAttribute("href");
    await page.goto("/providers");
    provider = await page.locator("th a", { hasText: "Basemodel One" }).getAttribute("href");
    await page.goto(provider);
    providerEvent = await page.locator('#events a[href*="/events/providerevent_"]').first().getAttribute("href");
    state = await context.storageState();
    await context.close();
    if (!settings) return;
    adminState = await signIn(browser, base, settings);
    const { context: theirs, page: admin } = await open("/settings/funds", { isAdmin: true });
    fund = await admin.locator('tbody a[href$="/edit"]').first().getAttribute("href");
    await theirs.close();
  });

  after(async () => browser?.close());

  const pages = [
    ["list", () => "/startups"],
    ["filtered list", () => "/startups?layer=APP&sector=content-generation"],
    ["list by what is known", () => "/startups?grade=CLAIMED,DOCUMENTED,VERIFIED&conviction=1..&not.flag=NO_RATE&sort=-conviction"],
    ["list asked for the past", () => "/startups?as_of=2024-06-30"],
    ["matrix", () => "/matrix"],
    ["matrix of every sector by conviction", () => "/matrix?measure=conviction&depth=2"],
    ["matrix as of a day", () => `/matrix?measure=proof&as_of=${new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)}`],
    ["empty matrix", () => "/matrix?as_of=2001-01-01"],
    ["bad matrix", () => "/matrix?measure=hope"],
    ["hype map", () => "/hype"],
    ["filtered hype map", () => "/hype?layer=APP,none&depth=2"],
    ["hype map as of a day", () => `/hype?as_of=${new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)}`],
    ["empty hype map", () => "/hype?as_of=2001-01-01"],
    ["bad hype map", () => "/hype?depth=9"],
    ["funnel", () => "/analytics/funnel?period=year"],
    ["funnel of what moved, as of a day", () => `/analytics/funnel?mode=activity&layer=APP&as_of=${new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)}`],
    ["flow", () => "/analytics/flow?period=year"],
    ["sources", () => "/analytics/sources?period=year"],
    ["sources that brought nothing", () => "/analytics/sources?from=2001-01-01&to=2001-12-31"],
    ["active deals by sector", () => "/analytics/pipeline?group=sector"],
    ["active deals by owner", () => "/analytics/pipeline"],
    ["active deals by fund", () => "/analytics/pipeline?group=fund"],
    ["pass reasons", () => "/analytics/pass-reasons?from=2020-01-01&to=2040-12-31"],
    ["misses", () => "/analytics/misses?from=2020-01-01&to=2040-12-31"],
    ["misses of the last days", () => "/analytics/misses?period=30d"],
    ["bad analytics", () => "/analytics/funnel?mode=guess"],
    ["providers", () => "/providers"],
    ["no providers yet", () => "/providers?as_of=2001-01-01"],
    ["provider", () => provider],
    ["provider as of a day", () => `${provider}?as_of=${new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)}`],
    ["what if a price falls", () => `${provider}/what-if`],
    ["what if it ends, as of a day", () => `${provider}/what-if?event=shutdown&as_of=${new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)}`],
    ["bad what if", () => `${provider}/what-if?event=price&pct=0`],
    ["event of a provider", () => providerEvent],
    ["new provider", () => "/providers/new"],
    ["new event of a provider", () => `${provider}/events/new?kind=PRICE`],
    ["rubric", () => "/settings/rubric"],
    ["rubric of the first version", () => "/settings/rubric?version=1&as_of=2024-06-30"],
    ["funds", () => "/settings/funds"],
    ["new fund", () => "/settings/funds/new", true],
    ["edited fund", () => fund, true],
    ["access", () => "/settings/access"],
    ["new token", () => "/settings/access/new"],
    ["exchange rates", () => "/settings/fx"],
    ["new exchange rate", () => "/settings/fx/new"],
    ["no match", () => "/startups?q=no-startup-is-called-this"],
    ["bad filter", () => "/startups?layer=NONSENSE"],
    ["startup", () => startup],
    ["startup without a 1", () => "/startups/wrapwell"],
    ["new startup", () => "/startups/new"],
    ["edited startup", () => `${startup}/edit`],
    ["new evidence", () => `${startup}/evidence/new`],
    ["new evidence of a kind", () => `${startup}/evidence/new?kind=RETENTION`],
    ["several figures", () => `${startup}/evidence/grid`],
    ["new file", () => `${startup}/documents/new`],
    ["new link", () => `${startup}/documents/new?by=link`],
    ["correction", () => `${record}/correct`],
    ["review", () => `${record}/review`],
    ["retraction", () => `${record}/retract`],
    ["my work", () => "/"],
    ["quick add", () => "/add"],
    ["new interaction", () => `${startup}/interactions/new`],
    ["new task", () => `${startup}/tasks/new`],
    ["tasks", () => "/tasks"],
    ["all tasks", () => "/tasks?show=all"],
    ["bad tasks", () => "/tasks?show=hers"],
    ["edited task", () => task],
    ["edited interaction", () => interaction],
    ["checklist", () => `${startup}/checklist`],
    ["board", () => "/pipeline"],
    ["filtered board", () => "/pipeline?layer=APP&stale=yes&sort=title&collapsed=SOURCED&density=compact"],
    ["board of every status", () => "/pipeline?status=ACTIVE,ON_HOLD,INVESTED,PASSED,LOST"],
    ["board as of a day", () => `/pipeline?as_of=${new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)}`],
    ["empty board", () => "/pipeline?as_of=2001-01-01"],
    ["board without a match", () => "/pipeline?q=no-deal-is-called-this"],
    ["bad board", () => "/pipeline?stage=NOWHERE"],
    ["deals", () => "/deals"],
    ["filtered deals", () => "/deals?status=PASSED&sort=-updated"],
    ["deal", () => deal],
    ["deal as of a day", () => `${deal}?as_of=${new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)}`],
    ["deal before it was known", () => `${deal}?as_of=2001-01-01`],
    ["passed deal", () => passed],
    ["new outcome", () => `${passed}/outcomes/new`],
    ["outcome taken back", () => outcome],
    ["deals of a pass", () => "/deals?status=PASSED&reason=TIMING&passed=2020-01-01..2040-12-31&funded=yes"],
    ["edited deal", () => `${deal}/edit`],
    ["move", () => `${deal}/move`],
    ["move taken back", () => `${deal}/void`],
    ["new deal", () => `${startup}/deals/new`],
    ["meetings", () => "/reviews"],
    ["new meeting", () => "/reviews/new"],
    ["new committee", () => "/reviews/new?kind=COMMITTEE"],
    ["edited meeting", () => `${meeting}/edit`],
    ["agenda", () => meeting],
    ["draft of minutes", () => `${meeting}/minutes`],
    ["minutes", () => minutes],
    ["agenda that was", () => minutes.replace(/\/minutes$/, "")],
    ["pre-read", () => `${meeting}/preread`],
    ["projector", () => `${meeting}/screen`],
    ["decisions", () => "/reviews/decisions"],
    ["passes of committees", () => "/reviews/decisions?kind=PASS&meeting=COMMITTEE"],
    ["meetings compared", () => "/reviews/compare"],
    ["theses", () => "/theses"],
    ["theses as of a day", () => `/theses?as_of=${new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10)}`],
    ["theses before there were any", () => "/theses?as_of=2001-01-01"],
    ["thesis", () => thesis],
    ["new thesis", () => "/theses/new"],
    ["edited thesis", () => `${thesis}/edit`],
    ["verdict on a thesis", () => `${thesis}/verdict`],
    ["capability", () => capability],
    ["new capability", () => "/capabilities/new"],
    ["edited capability", () => `${capability}/edit`],
    ["verdict on a capability", () => `${capability}/verdict`],
    ["theses and bets of a startup", () => `${startup}/bets`],
    ["stages", () => "/settings/stages"],
    ["kinds of meetings", () => "/settings/meetings"],
    ["empty search", () => "/search"],
    ["search", () => "/search?q=cube"],
    ["search that finds nothing", () => "/search?q=zzzzz"],
    ["nothing here", () => "/startups/startup_01h455vb4pex5vsknk084sn02q"],
  ];

  for (const [name, address, isAdmin = false] of pages) {
    for (const language of LANGUAGES) {
      const skip = isAdmin && !settings ? "TOUCHSTONE_SETTINGS_LINK is not set" : false;
      test(`${name} in ${language}: nothing cut off, nothing in the other language, nothing for axe`, { skip }, async () => {
        const visitor = await visit(address(), { language, isAdmin });
        const { page, errors } = visitor;
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
          const where = `${name} ${language} light ${width}`;
          assert.deepEqual(await page.evaluate(faults, language), [], where);
          if (width !== 320) await axe(page, where);
        }
        // One mark decides the theme, and it moves no words: of the dark one the colours are looked at.
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.evaluate(() => {
          document.documentElement.dataset.theme = "dark";
        });
        await axe(page, `${name} ${language} dark`, { rules: COLOURS });
        assert.deepEqual(errors, [], `${name} ${language}`);
        await page.goto("about:blank");
        visitors[named({ language, isAdmin })] = visitor;
      });
    }
  }

  test("what is wrong with a form is told beside its field, takes focus, and keeps what was typed", async () => {
    for (const language of LANGUAGES) {
      const { context, page } = await open("/startups/new", { language, width: 390 });
      await page.locator("#f-city").fill("Shenzhen");
      await page.locator("#f-foundedOn").fill("last year");
      await page.keyboard.press("Control+Enter");
      await page.locator(".faults").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), "faults");
      assert.equal(await page.locator("#f-city").inputValue(), "Shenzhen");
      assert.equal(await page.locator("#f-foundedOn").getAttribute("aria-invalid"), "true");
      assert.deepEqual(await page.evaluate(faults, language), [], "with faults");
      await axe(page, `form with faults in ${language}`);
      await context.close();
    }
  });

  test("a startup's conviction opens into its records: by a click on a bar, and as a table that adds up", async () => {
    const { context, page, errors } = await open(startup);
    const row = page.locator(".why-rows li").first();
    const box = await row.boundingBox();
    // In the middle of the chart, where the picture lies over the row.
    await page.mouse.click(box.x + box.width * 0.6, box.y + box.height / 2);
    await page.waitForURL(/#ev-/);
    const anchor = new URL(page.url()).hash;
    assert.ok(await page.locator(anchor.replace("#", "li#")).isVisible(), "the record is on the page");

    await page.locator("#why summary").click();
    const figures = async (cells) => (await cells.allTextContents()).map((text) => Math.round(Number(text) * 1000));
    const adds = await figures(page.locator(".factors tbody td:nth-child(10)"));
    const [total] = await figures(page.locator(".factors tfoot td").first());
    assert.equal(adds.reduce((sum, one) => sum + one, 0), total);
    const shown = await page.locator(".why-adds").allTextContents();
    assert.equal(shown.slice(0, 4).reduce((sum, text) => sum + Math.round(Number(text) * 1000), 0), total);
    assert.deepEqual(errors, []);
    await context.close();
  });

  test("the questions worth asking are copied as one text, and stand there to be selected without a script", async () => {
    const { context, page } = await open(startup, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator("#ask summary").click();
    await page.locator("[data-copies]").click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /^Questions for Cubeforge\n1\. /);
    assert.equal(await page.locator("#ask [role='status']").textContent(), "Copied");
    await context.close();

    const plain = await open(startup, { javaScriptEnabled: false });
    await plain.page.locator("#ask summary").click();
    assert.equal(await plain.page.locator("#ask-text").inputValue(), text);
    assert.equal(await plain.page.locator("[data-copies]").isVisible(), false);
    await plain.context.close();
  });

  test("without JavaScript a startup is added, found to be here already, and edited", async () => {
    const { context, page } = await open("/startups/new", { javaScriptEnabled: false });
    const name = `Walked ${Date.now()}`;
    await page.locator("#f-name").fill(name);
    await page.locator('input[name="layer"][value="APP"]').check();
    await page.locator("#f-need-payer").fill("Whoever walks");
    // The same name is the same company in the same country alone.
    await page.locator("#f-country").selectOption("CN");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=added/);
    assert.match(await page.locator("h1").textContent(), new RegExp(name));
    assert.match(await page.locator("#one").textContent(), /Whoever walks/);
    const address = new URL(page.url()).pathname;
    await page.goto("/startups/new");
    await page.locator("#f-name").fill(name);
    await page.locator("#f-country").selectOption("CN");
    await page.locator("[data-submit]").click();
    assert.match(await page.locator(".faults").textContent(), /Already here/);
    assert.equal(await page.locator(`.faults a[href="${address}"]`).count(), 1);
    await page.goto(`${address}/edit`);
    await page.locator("#f-need-payer").fill("");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=saved/);
    assert.match(await page.locator("#one").textContent(), /No 1 in front/);
    // Taking the last change back puts the payer there again.
    await page.locator("#activity button").first().click();
    await page.waitForURL(/did=undone/);
    assert.match(await page.locator("#one").textContent(), /Whoever walks/);
    await context.close();
  });

  test("quick add opens by its key in the name, keeps what was heard, and is taken back as a whole", async () => {
    const { context, page, errors } = await open("/");
    await page.keyboard.press("q");
    await page.waitForURL("**/add");
    assert.equal(await page.evaluate(() => document.activeElement.id), "f-name");
    const name = `Heard of ${Date.now()}`;
    await page.keyboard.type(name);
    await page.locator("#f-broughtBy").fill("Li Lei");
    await page.locator("#f-text").fill("## They **pay**\n<script>alert(1)</script>");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(/did=captured/);
    assert.match(await page.locator("h1").textContent(), new RegExp(name));
    assert.equal(await page.locator("#deals .deals > li").count(), 1);
    assert.equal(await page.locator("#interactions .prose strong").textContent(), "pay");
    assert.match(await page.locator("#interactions .prose").textContent(), /<script>/);
    await axe(page, "captured startup");
    const address = new URL(page.url()).pathname;
    await page.locator("#activity button").first().click();
    await page.waitForLoadState();
    await page.goto(address);
    assert.match(await page.locator("main").textContent(), /Nothing here/);
    assert.deepEqual(errors, []);
    await context.close();
  });

  test("without JavaScript an interaction is logged, a task added and done", async () => {
    const { context, page } = await open(`${startup}/interactions/new`, { javaScriptEnabled: false });
    const mark = String(Date.now());
    await page.locator("#f-kind").selectOption("CALL");
    await page.locator("#f-summary").fill(`call ${mark}`);
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=logged/);
    assert.match(await page.locator("#interactions li").first().textContent(), new RegExp(`call ${mark}`));
    await page.goto(`${startup}/tasks/new`);
    await page.locator("#f-what").fill(`task ${mark}`);
    await page.locator("#f-due").fill("2020-01-01");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=task/);
    const task = page.locator("#tasks li", { hasText: `task ${mark}` });
    assert.match(await task.textContent(), /overdue/);
    await task.locator("button").click();
    await page.waitForURL(/did=done/);
    assert.match(await task.textContent(), /done/);
    assert.match(await task.locator("button").textContent(), /Open again/);
    await context.close();
  });

  test("two who edit one startup both see what the other typed", async () => {
    const first = await open(`${startup}/edit`);
    const second = await open(`${startup}/edit`);
    const mark = String(Date.now());
    await first.page.locator("#f-need-pain").fill(`theirs ${mark}`);
    await first.page.locator("[data-submit]").click();
    await first.page.waitForURL(/did=saved/);
    await second.page.locator("#f-need-pain").fill(`mine ${mark}`);
    await second.page.locator("[data-submit]").click();
    await second.page.locator(".conflict").waitFor();
    const told = await second.page.locator(".conflict").textContent();
    assert.ok(told.includes(`theirs ${mark}`) && told.includes(`mine ${mark}`), told);
    await axe(second.page, "conflict");
    await second.page.locator('button[value="mine"]').click();
    await second.page.waitForURL(/did=saved/);
    assert.ok((await second.page.locator("#one").textContent()).includes(`mine ${mark}`));
    await first.context.close();
    await second.context.close();
  });

  test("evidence asks for what its kind needs, and is recorded once however often it is sent", async () => {
    const { context, page } = await open(`${startup}/evidence/new`);
    assert.equal(await page.locator("#f-horizonDays").isVisible(), false);
    await page.locator("#f-kind").selectOption("RETENTION");
    assert.equal(await page.locator("#f-horizonDays").isVisible(), true);
    assert.equal(await page.locator("#f-window").isVisible(), false);
    await page.locator("#f-value").fill("44");
    await page.locator("#f-horizonDays").fill("30");
    await page.locator("#f-source").selectOption("FOUNDER");
    const form = await page.evaluate(() => new URLSearchParams(new FormData(document.querySelector("#sheet"))).toString());
    const places = await page.evaluate(async (body) => {
      const send = () =>
        fetch(location.pathname, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" } });
      return (await Promise.all([send(), send()])).map((answer) => answer.url);
    }, form);
    assert.equal(new Set(places).size, 1, "one record");
    assert.match(places[0], /did=recorded/);
    await context.close();
  });

  test("Ctrl K finds by keyboard, waits for composition, and Esc gives the page back", async () => {
    const { context, page, errors } = await open("/startups");
    const asked = [];
    page.on("request", (request) => request.url().includes("/search?") && asked.push(request.url()));
    await page.keyboard.press("Control+k");
    const field = page.locator(".finder input");
    assert.ok(await field.evaluate((element) => element === document.activeElement));
    await axe(page, "open search");
    await field.evaluate((element) => {
      element.dispatchEvent(new CompositionEvent("compositionstart"));
      element.value = "立";
      element.dispatchEvent(new InputEvent("input", { isComposing: true }));
    });
    await page.waitForTimeout(400);
    assert.deepEqual(asked, [], "nothing while composing");
    await field.evaluate((element) => element.dispatchEvent(new CompositionEvent("compositionend")));
    await page.locator(".finder [data-chosen]").waitFor();
    assert.equal(asked.length, 1);
    await axe(page, "search with hits");
    await field.fill("cubeforge");
    await page.locator(".finder mark").first().waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog.finder").evaluate((dialog) => dialog.open), false);
    await page.keyboard.press("Control+k");
    await field.fill("cubefor");
    await page.waitForFunction(() => document.querySelector(".finder mark")?.textContent.toLowerCase() === "cubefor");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${startup}*`);
    assert.deepEqual(errors, []);
    await context.close();
  });

  test("each choice of a filter leaves as many startups as it says", async () => {
    const { context, page } = await open("/startups");
    // Not every menu counts what it offers.
    const counted = [];
    for (const [menu, panel] of (await page.locator(".filters details").all()).entries()) {
      if (await panel.locator(".item .facet").count()) counted.push(menu);
    }
    assert.ok(counted.length >= 6, `only ${counted} count`);
    for (const menu of counted) {
      const panel = page.locator(".filters details").nth(menu);
      await panel.locator("summary").click();
      const box = panel.locator(".item").filter({ has: page.locator(".facet") }).first();
      const said = Number((await box.locator(".facet").textContent()).replaceAll(",", ""));
      await box.locator("input").check();
      await panel.locator("button").click();
      await page.waitForURL(/\/startups\?/);
      const told = await page.locator("h1 .count").count();
      const count = told ? Number((await page.locator("h1 .count").textContent()).match(/\d+/)[0]) : 0;
      assert.equal(count, said, `menu ${menu}`);
      await page.goto("/startups");
    }
    await context.close();
  });
});
