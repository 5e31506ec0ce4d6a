// A restricted deal, its note, its task, its document and its place on a live agenda: for who is not on its team nothing
// on any page is other than it was before there was such a deal, and its address is answered as one that never was. Its
// team sees it with a lock. In both languages, with axe at every stop.
//
//   TOUCHSTONE_URL                   a running server with the demonstration, http://host:port
//   TOUCHSTONE_TOKEN                 a token of a partner that may read and write there
//   TOUCHSTONE_HIDDEN_PARTNER_LINK   an unused sign-in link of the same partner
//   TOUCHSTONE_HIDDEN_ANALYST_LINK   one of an analyst
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { api, axe, launch, signIn, write } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const LINKS = { partner: process.env.TOUCHSTONE_HIDDEN_PARTNER_LINK, analyst: process.env.TOUCHSTONE_HIDDEN_ANALYST_LINK };

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && Object.values(LINKS).every(Boolean), "no TOUCHSTONE_URL or links: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const WORDS = {
  en: { theme: "light", wait: "Please wait", locked: "Only its team sees this" },
  zh: { theme: "dark", wait: "请稍候", locked: "仅项目成员可见" },
};
const NAME = "Quietlake 静湖";
const NEVER = "deal_01h455vb4pex5vsknk084sn02q";
const number = (text) => Number(text.replaceAll(",", "").match(/\d+/)?.[0] ?? NaN);
/** A day in the workspace's zone, eight hours ahead. */
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

suite("a restricted deal", () => {
  let browser;
  const states = {};
  const pages = { en: {}, zh: {} };
  let startup;
  let provider;
  let deal;
  let review;

  async function open(who, address, language = "en") {
    const context = await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 }, storageState: states[who] });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: WORDS[language].theme, url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const response = await page.goto(address);
    return { context, page, response };
  }

  /** Everything that an outsider may look at: the pages, and the tables as files. */
  const looks = () => [
    "/",
    "/pipeline",
    "/pipeline?status=ACTIVE,ON_HOLD,INVESTED,PASSED,LOST",
    "/deals?n=200",
    "/deals?q=Quietlake",
    "/matrix",
    "/matrix?measure=deals",
    "/matrix?measure=deals&depth=2",
    "/analytics/funnel",
    "/analytics/funnel?mode=activity",
    "/analytics/flow",
    "/analytics/sources",
    "/analytics/pipeline",
    "/analytics/pipeline?group=channel",
    "/analytics/pipeline?group=fund",
    "/analytics/pass-reasons",
    "/analytics/misses",
    "/startups?q=Quietlake",
    `/startups?channel=INBOUND&founded=${today}..`,
    "/search?q=Quietlake",
    "/search?q=secret",
    "/activity",
    "/activity?kind=deal,interaction,task,document",
    `/activity?since=${today}`,
    "/tasks?show=all",
    "/hype",
    startup.page,
    "/providers",
    provider,
    ...["price", "ships", "shutdown", "outage"].map((event) => `${provider}/what-if?event=${event}`),
    ...["funnel", "flow", "sources", "pipeline", "pass-reasons", "misses"].map((name) => `/analytics/${name}?format=csv`),
  ];

  /** What an address says: of a page its content, with what it links to; of a file all of it. */
  async function said(page, address) {
    const response = await page.request.get(address);
    assert.equal(response.status(), 200, address);
    const html = await response.text();
    if (address.includes("format=csv")) return html;
    // Keys of forms are made anew with every look.
    return html.slice(html.indexOf("<main"), html.indexOf("</main>")).replaceAll(/name="key" value="[^"]*"/g, "");
  }

  before(async () => {
    browser = await launch();
    for (const [who, link] of Object.entries(LINKS)) states[who] = await signIn(browser, base, link);
    const made = await write("createStartup", { name: NAME, layer: "APP", sectors: ["ai-saas"] }, "startup { id }");
    startup = { id: made.startup.id, page: `/startups/${made.startup.id}` };
    const { providers } = await api("{ providers { id name } }");
    const one = providers.find(({ name }) => name === "Basemodel One").id;
    provider = `/providers/${one}`;
    await write("recordDependency", { startup: startup.id, provider: one, mode: "API", critical: true }, "dependency { id }");
    for (const language of ["en", "zh"]) {
      const { context, page } = await open("analyst", "/", language);
      for (const address of looks()) pages[language][address] = await said(page, address);
      await context.close();
    }

    const opened = await write(
      "openDeal",
      {
        startup: startup.id,
        title: `${NAME} Seed`,
        stage: "FIRST_MEETING",
        visibility: "RESTRICTED",
        amountSought: { low: "10000000", high: "10000000", currency: "USD" },
        ourAmount: { low: "10000000", high: "10000000", currency: "USD" },
        sources: [{ channel: "INBOUND" }],
      },
      "deal { id }",
    );
    deal = opened.deal.id;
    const of = { startup: startup.id, deal };
    await write("logInteraction", { ...of, kind: "CALL", at: new Date(Date.now() - 60_000).toISOString(), summary: "a secret call", body: "about a secret" }, "interaction { id }");
    await write("createTask", { ...of, what: "a secret task" }, "task { id }");
    await write("createDocument", { ...of, title: "a secret deck", kind: "DECK", url: "https://secret.example/deck" }, "document { id }");
  });

  after(async () => {
    if (review) {
      const { review: now } = await api("query($id: ID!) { review(id: $id) { version } }", { id: review });
      await write("closeReview", { id: review, version: now.version }, "review { id }");
    }
    await browser?.close();
  });

  for (const language of ["en", "zh"]) {
    test(`leaves every page and every file as it was for who is not on its team, in ${language}`, async () => {
      const { context, page } = await open("analyst", "/", language);
      for (const address of looks()) {
        const now = await said(page, address);
        assert.equal(now, pages[language][address], address);
        assert.ok(!/secret (call|task|deck)/.test(now) && !now.includes(deal), address);
      }
      // The startup itself is there.
      await page.goto("/search?q=Quietlake");
      assert.ok((await page.locator("main a[href^='/startups/startup_']").count()) > 0);
      await axe(page, `search in ${language}`);
      for (const address of ["/activity", startup.page]) {
        await page.goto(address);
        await axe(page, `${address} in ${language}`);
      }
      await context.close();
    });

    test(`is answered as a deal that never was, byte for byte, in ${language}`, async () => {
      const { context, page } = await open("analyst", "/", language);
      for (const part of ["", "/edit", "/move", "/void", "/outcomes/new", "?as_of=2024-06-30"]) {
        const [there, never] = await Promise.all([page.request.get(`/deals/${deal}${part}`), page.request.get(`/deals/${NEVER}${part}`)]);
        assert.deepEqual([there.status(), never.status()], [404, 404], part);
        assert.equal(await there.text(), await never.text(), part);
        const names = (response) => response.headersArray().filter(({ name }) => !/^(date|x-request-id)$/i.test(name));
        assert.deepEqual(names(there), names(never), part);
      }
      const { page: shown, context: other } = await open("analyst", `/deals/${deal}`, language);
      await axe(shown, `nothing here in ${language}`);
      await other.close();
      await context.close();
    });

    test(`has a lock for its team, on the board and on its page, in ${language}`, async () => {
      const { context, page } = await open("partner", "/pipeline", language);
      const card = page.locator("[data-deal]").filter({ has: page.locator(".name", { hasText: NAME }) });
      assert.equal(await card.locator(".lock").count(), 1);
      const theirs = number(await page.locator("h1 .count").textContent());
      await axe(page, `board of its team in ${language}`);
      await page.goto(`/deals/${deal}`);
      assert.match(await page.locator("main").textContent(), new RegExp(WORDS[language].locked));
      await axe(page, `its page in ${language}`);
      await page.goto("/activity?kind=deal");
      assert.ok((await page.locator(`main a[href="/deals/${deal}"]`).count()) > 0, "its team reads of it");
      await context.close();
      const outside = await open("analyst", "/pipeline", language);
      assert.equal(number(await outside.page.locator("h1 .count").textContent()), theirs - 1);
      await outside.context.close();
    });
  }

  for (const language of ["en", "zh"]) {
    test(`is at stake with its provider for its team alone, in ${language}`, async () => {
      const hit = async (who) => {
        const { context, page } = await open(who, `${provider}/what-if?event=price&pct=-90`, language);
        await axe(page, `what if, of ${who}, in ${language}`);
        const [startups, deals] = (await page.locator("[data-sums]").textContent()).match(/\d+/g).map(Number);
        const row = page.locator("#hits tbody tr", { hasText: NAME });
        const found = { startups, deals, rows: await page.locator("#hits tbody tr").count(), linked: await page.locator('#hits a[href^="/deals/"]').count(), locks: await row.locator(".lock").count() };
        await context.close();
        return found;
      };
      const [theirs, others] = [await hit("partner"), await hit("analyst")];
      assert.deepEqual(
        [theirs, others].map((one) => [one.startups === one.rows, one.deals === one.linked]),
        [[true, true], [true, true]],
        "every figure has its rows",
      );
      assert.deepEqual([theirs.startups - others.startups, theirs.deals - others.deals], [0, 1]);
      assert.deepEqual([theirs.locks, others.locks], [1, 0]);
    });
  }

  test("is a break on the live agenda that holds it, whose numbers have no hole, for who may not see it", async () => {
    const { users } = await api("{ users { id email } }");
    const attendees = ["suites@example.com", "analyst@example.com"].map((email) => users.find((user) => user.email === email).id);
    const scheduled = await write(
      "scheduleReview",
      { kind: "WEEKLY", title: "Behind the door", startsAt: new Date(Date.now() + 3_600_000).toISOString(), attendees, presenter: attendees[0] },
      "review { id version items { id deal { id } } }",
    );
    review = scheduled.review.id;
    let items = scheduled.review.items;
    if (!items.some((item) => item.deal.id === deal)) {
      await write("addAgendaItem", { review, deal }, "item { id }");
    }
    const { review: now } = await api("query($id: ID!) { review(id: $id) { version items { id deal { id } } } }", { id: review });
    items = now.items;
    const hidden = items.findIndex((item) => item.deal?.id === deal);
    assert.ok(hidden >= 0 && items.length > 2, "it is on the agenda, beside others");
    // Others stand behind it, so that a hole would show.
    const order = [items[0].id === items[hidden].id ? items[1].id : items[0].id, items[hidden].id];
    const rest = items.map((item) => item.id).filter((id) => !order.includes(id));
    await write("orderAgenda", { review, items: [...order, ...rest] }, "review { id }");
    const { review: ordered } = await api("query($id: ID!) { review(id: $id) { version } }", { id: review });
    await write("startReview", { id: review, version: ordered.version }, "review { id }");
    await write("presentItem", { review, item: items[hidden].id }, "review { id }");

    for (const language of ["en", "zh"]) {
      const theirs = await open("partner", `/reviews/${review}/live`, language);
      assert.match(await theirs.page.locator("#h-item").textContent(), /Quietlake/);
      assert.equal(await theirs.page.locator(".room-agenda .steps li").count(), items.length);
      assert.equal(await theirs.page.locator(".room-item .lock").count(), 1);
      await axe(theirs.page, `live for its team in ${language}`);
      // On the projector it is shown only once somebody says so.
      await theirs.page.goto(`/reviews/${review}/screen`);
      assert.ok(!(await theirs.page.content()).includes("Quietlake"));
      await axe(theirs.page, `screen that asks in ${language}`);
      await theirs.page.locator(".pause a").click();
      await theirs.page.locator("#h-item", { hasText: /Quietlake/ }).waitFor();
      await theirs.context.close();

      const { context, page } = await open("analyst", `/reviews/${review}/live`, language);
      assert.equal((await page.locator("#h-item").textContent()).trim(), WORDS[language].wait);
      const numbers = (await page.locator(".room-agenda .steps .number").allTextContents()).map(number);
      assert.deepEqual(numbers, Array.from({ length: items.length - 1 }, (_, n) => n + 1));
      assert.equal(await page.locator(".steps .step-current").count(), 0, "nothing says which item it is");
      const html = await page.content();
      assert.ok(!html.includes("Quietlake") && !html.includes(deal) && !html.includes(items[hidden].id));
      await axe(page, `live for others in ${language}`);
      // Its own address is no other.
      await page.goto(`/reviews/${review}/live?item=${items[hidden].id}`);
      assert.ok(!(await page.content()).includes("Quietlake"));
      for (const one of ["", "/preread", "/screen"]) {
        await page.goto(`/reviews/${review}${one}`);
        assert.ok(!(await page.content()).includes("Quietlake"), one);
      }
      await context.close();
    }
  });
});
