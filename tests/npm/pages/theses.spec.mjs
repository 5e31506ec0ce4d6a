// Theses and capabilities: a verdict says before it is saved what it brings back; then Home and the next weekly have it.
//
//   TOUCHSTONE_URL              a running server with the demonstration, http://host:port
//   TOUCHSTONE_TOKEN            a token for it that may write
//   TOUCHSTONE_THESES_LINK      an unused sign-in link for it, of the demonstration's first partner
//   TOUCHSTONE_THESES_OWN_LINK  one of the token's owner
//   TOUCHSTONE_THESES_READER_LINK  one of a viewer
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { api, axe, launch, signIn, write } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const token = process.env.TOUCHSTONE_TOKEN;
const LINKS = {
  first: process.env.TOUCHSTONE_THESES_LINK,
  own: process.env.TOUCHSTONE_THESES_OWN_LINK,
  reader: process.env.TOUCHSTONE_THESES_READER_LINK,
};

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && token && Object.values(LINKS).every(Boolean), "no TOUCHSTONE_URL, token or links: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

suite("theses and capabilities", () => {
  let browser;
  const states = {};

  async function open(who, address, { language = "en", ...options } = {}) {
    const context = await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 }, storageState: states[who], ...options });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: language === "en" ? "light" : "dark", url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const response = await page.goto(address);
    return { context, page, response };
  }

  before(async () => {
    browser = await launch();
    for (const [who, link] of Object.entries(LINKS)) states[who] = await signIn(browser, base, link);
  });

  after(async () => browser?.close());

  const weekly = async () => (await api("{ reviews(first: 1, kind: WEEKLY, status: DRAFT) { nodes { id } } }")).reviews.nodes[0].id;

  test("what models can do becomes solved: three deals come back, to Home and to Monday's agenda", async () => {
    const { context, page } = await open("first", "/theses");
    await axe(page, "list");
    await page.locator("nav.wide a[aria-current=page]", { hasText: "Theses" }).waitFor();
    const row = page.locator("#capabilities tbody tr", { hasText: "Models can make usable 3D assets" });
    assert.deepEqual((await row.locator("td").allTextContents()).slice(0, 4), ["◐ Partly", "3D generation", "4", "3"]);
    await row.locator("th a").click();
    await page.waitForURL(/\/capabilities\/capability_[a-z0-9]+$/);
    const address = new URL(page.url()).pathname;
    await axe(page, "capability");
    assert.equal(await page.locator("#waiting .resting > li").count(), 3);
    assert.equal(await page.locator("#startups .resting > li").count(), 4);
    assert.deepEqual(await page.locator(".verdicts .stance").allTextContents(), ["◐ Partly", "○ Not yet"]);

    await page.locator(`a[href="${address}/verdict"]`).click();
    await axe(page, "verdict");
    const notes = await page.locator("#f-status .pick").allTextContents();
    assert.deepEqual(notes, [
      "Not yet4 startups bet on this, 0 passed deals would come back for review",
      "Partly4 startups bet on this, 0 passed deals would come back for review",
      "Solved4 startups bet on this, 3 passed deals would come back for review",
    ]);
    await page.locator("input[name=status][value=SOLVED]").check();
    await page.locator("[name=on]").fill("2099-01-01");
    await page.locator("[data-submit]").click();
    await page.locator("#faults").waitFor();
    await axe(page, "faults");
    await page.locator("[name=on]").fill(new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10));
    await page.locator("[name=reason]").fill("A studio ships a game with meshes that nobody touched");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=judged/);
    assert.equal(await page.locator("#waiting .resting > li").count(), 0);
    assert.equal(await page.locator(".verdicts .stance").first().textContent(), "● Solved");

    await page.goto("/");
    const back = page.locator("section", { has: page.locator("h2", { hasText: "Came back" }) });
    const told = await back.locator("li", { hasText: "Meshwright" }).textContent();
    assert.match(told, /is solved since \d{4}-\d{2}-\d{2}/);

    await page.goto(`/reviews/${await weekly()}`);
    for (const name of ["Meshwright", "Rigwright", "Propshop"]) {
      const item = page.locator(".agenda > li", { has: page.locator("h3", { hasText: name }) });
      assert.match((await item.locator(".reasons").textContent()) ?? "", /it waited for “Models can make usable 3D assets.*solved on /);
    }
    await context.close();
  });

  test("一项模型能力实现后，等待它的项目回到视野 (in zh, without JavaScript)", async () => {
    const capability = (await write("createCapability", { statement: "模型能独立审完一份合同" }, "capability { id }")).capability.id;
    const names = [];
    for (const name of ["Redlinery", "Clauseloop"]) {
      const startup = (await write("createStartup", { name }, "startup { id }")).startup.id;
      await write("setBets", { startup, capabilities: [capability] }, "startup { id }");
      const owner = (await api("{ viewer { id } }")).viewer.id;
      const deal = (await write("openDeal", { startup, round: "SEED", owner }, "deal { id version }")).deal;
      await write(
        "moveDeal",
        { id: deal.id, version: deal.version, status: "PASSED", passReason: "TIMING", revisitWhen: { capability, capabilityStatus: "PARTLY" } },
        "deal { id }",
      );
      names.push(name);
    }
    const { context, page } = await open("own", `/capabilities/${capability}/verdict`, { language: "zh", javaScriptEnabled: false });
    const note = await page.locator("#f-status .pick", { has: page.locator("[value=PARTLY]") }).locator(".pick-note").textContent();
    assert.equal(note, "2 家公司押注于此，2 个不投项目将回到评审");
    await page.locator("input[name=status][value=PARTLY]").check();
    await page.locator("[name=reason]").fill("三份里有一份不用改");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=judged/);
    await page.goto("/");
    const back = page.locator("section", { has: page.locator("h2", { hasText: "回到视野" }) });
    for (const name of names) assert.match((await back.locator("li", { hasText: name }).textContent()) ?? "", /部分实现/);
    await page.goto("/activity?kind=thesis");
    const told = page.locator("a", { hasText: "对模型能力“模型能独立审完一份合同”作出结论：部分实现" });
    assert.equal(await told.first().getAttribute("href"), `/capabilities/${capability}`);
    await page.goto(`/reviews/${await weekly()}`);
    for (const name of names) {
      const item = page.locator(".agenda > li", { has: page.locator("h3", { hasText: name }) });
      assert.match((await item.locator(".reasons").textContent()) ?? "", /所等的能力“模型能独立审完一份合同”/);
      assert.equal(await item.locator(".reasons a").getAttribute("href"), `/capabilities/${capability}`);
    }
    await context.close();
  });

  test("a thesis is written down, edited beside somebody else, chosen by a startup, and read as of before", async () => {
    const { context, page } = await open("own", "/theses/new");
    await axe(page, "new thesis");
    await page.locator("[data-submit]").click();
    await page.locator("#faults").waitFor();
    await page.locator("[name=statement]").fill("Lawyers pay for what they can check in a minute");
    await page.locator("[name=layer]").selectOption("APP");
    await page.locator("[name=sector]").selectOption("vertical-ai");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/\/theses\/thesis_[a-z0-9]+\?did=saved/);
    const address = new URL(page.url()).pathname;
    assert.match(await page.locator(".profile-head .lead").textContent(), /● Held · App · AI for an industry/);

    await page.goto(`${address}/edit`);
    const id = address.split("/").pop();
    await write("updateThesis", { id, version: 1, statement: "Lawyers pay for what they can check" }, "thesis { id }");
    await page.locator("[name=reviewOn]").fill("2031-01-06");
    await page.locator("[data-submit]").click();
    await page.locator(".conflict").waitFor();
    await axe(page, "conflict");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=saved/);
    assert.equal(await page.locator("h1").textContent(), "Lawyers pay for what they can check");
    assert.match(await page.locator(".profile-head").textContent(), /Look again on 6 Jan 2031/);

    await page.goto("/startups?q=Clausewise");
    await page.locator("table.rows tbody a", { hasText: "Clausewise" }).first().click();
    await page.locator("#bets a.button").click();
    await axe(page, "bets");
    await page.locator("label.pick", { hasText: "Lawyers pay for what they can check" }).locator("input").check();
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=saved/);
    await page.locator("#bets a", { hasText: "Lawyers pay for what they can check" }).click();
    await page.waitForURL(address);
    assert.deepEqual(await page.locator("#startups .resting .named").allTextContents(), ["Clausewise"]);
    const yesterday = new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10);
    const past = await page.goto(`${address}?as_of=${yesterday}`);
    assert.equal(past.status(), 404, "it was not written down then");
    await context.close();
  });

  test("a viewer reads and has nothing to write with", async () => {
    const { context, page } = await open("reader", "/theses");
    assert.equal(await page.locator("a[href$='/new']").count(), 0);
    await page.locator("#theses tbody th a").first().click();
    await page.locator("#verdicts").waitFor();
    assert.equal(await page.locator("a[href$='/verdict'], a[href$='/edit']").count(), 0);
    const answer = await page.goto(`${new URL(page.url()).pathname}/verdict`);
    assert.equal(answer.status(), 403);
    await context.close();
  });
});
