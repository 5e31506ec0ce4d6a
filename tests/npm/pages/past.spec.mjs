// What stays true while one looks closer or further back: the numbers of a funnel open lists of that length, and are
// printed with their address; a startup as of a day is as it was known then, on every page one goes on to; and a
// restricted deal leaves no trace on any page for those outside its team. In both languages, with axe at every stop.
//
//   TOUCHSTONE_URL          a running server with the demonstration, http://host:port
//   TOUCHSTONE_TOKEN        a token that may read and write there
//   TOUCHSTONE_VIEWER_LINK  an unused sign-in link of a viewer
//   TOUCHSTONE_PAST_LINK    one of an analyst outside the demonstration's teams
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { api, axe, launch, signIn } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const LINKS = { viewer: process.env.TOUCHSTONE_VIEWER_LINK, analyst: process.env.TOUCHSTONE_PAST_LINK };

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && Object.values(LINKS).every(Boolean), "no TOUCHSTONE_URL or links: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const THEME = { en: "light", zh: "dark" };
const number = (text) => Number(text.replaceAll(",", "").match(/\d+/)?.[0] ?? NaN);
/** A day in the workspace's zone, eight hours ahead. */
const dayAgo = (days) => new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);

suite("looking closer and further back", () => {
  let browser;
  const states = {};

  async function open(who, address, language = "en") {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width: 1440, height: 900 },
      storageState: states[who],
    });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: THEME[language], url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(address);
    return { context, page };
  }

  const counted = async (page) => number(await page.locator("h1 .count").textContent());

  before(async () => {
    browser = await launch();
    for (const [who, link] of Object.entries(LINKS)) states[who] = await signIn(browser, base, link);
  });

  after(async () => browser?.close());

  describe("a funnel of eight deals", () => {
    const PERIOD = "from=2019-04-01&to=2019-06-30";

    before(async () => {
      // Where each deal went, a day apart from the first of its days on: five reached Screening or went past it, one of
      // them without stopping there; three had a first meeting, and one of these went back.
      const ways = [
        [],
        [],
        [],
        ["SCREENING"],
        ["SCREENING"],
        ["SCREENING", "FIRST_MEETING"],
        ["FIRST_MEETING"],
        ["SCREENING", "FIRST_MEETING", "SCREENING"],
      ];
      for (const [n, way] of ways.entries()) {
        const at = (day) => `2019-05-${String(10 + day).padStart(2, "0")}T04:00:00Z`;
        const name = `Funnel ${n + 1}`;
        const { createStartup } = await api(
          "mutation($input: CreateStartupInput!) { createStartup(input: $input) { startup { id } userErrors { message } } }",
          { input: { name } },
        );
        const { openDeal } = await api(
          "mutation($input: OpenDealInput!) { openDeal(input: $input) { deal { id version } userErrors { message } } }",
          { input: { startup: createStartup.startup.id, title: name, stage: "SOURCED", occurredAt: at(0) } },
        );
        let { id, version } = openDeal.deal;
        for (const [step, stage] of way.entries()) {
          const { moveDeal } = await api(
            "mutation($input: MoveDealInput!) { moveDeal(input: $input) { deal { version } userErrors { message } } }",
            { input: { id, version, stage, occurredAt: at(step + 1), reason: "so it went" } },
          );
          version = moveDeal.deal.version;
        }
      }
    });

    for (const language of ["en", "zh"]) {
      test(`says how far they got, and each number opens a list of that length, in ${language}`, async () => {
        const { context, page } = await open("viewer", `/analytics/funnel?${PERIOD}`, language);
        const row = async (n) => (await page.locator(`.part:first-of-type tbody tr:nth-child(${n}) > *`).allTextContents()).slice(1, 7);
        // Entered, of them skipped, advanced, passed, still there, conversion.
        assert.deepEqual((await row(1)).map((text) => text.replace(/%.*/, "%")), ["8", "0", "5", "0", "3", "62.5%"]);
        assert.deepEqual((await row(2)).map((text) => text.replace(/\.0%|%.*/, "%")), ["5", "1", "3", "0", "2", "60%"]);
        assert.deepEqual((await row(3)).slice(0, 5), ["3", "0", "0", "0", "3"]);
        await axe(page, `funnel in ${language}`);
        const figures = await page
          .locator(".part td.figure a, .n-of a, .bar-said a")
          .evaluateAll((links) => links.map((link) => [link.getAttribute("href"), link.textContent]));
        assert.equal(figures.length, 14);
        for (const [i, [href, said]] of figures.entries()) {
          await page.goto(href);
          assert.equal(await counted(page), number(said), href);
          assert.equal(await page.locator("tbody tr").count(), number(said), href);
          assert.ok((await page.locator(".chips .chip").count()) > 0, "what narrows the list can be taken away");
          if (i < 4) await axe(page, `${href} in ${language}`);
        }
        await context.close();
      });
    }

    test("leaves nothing out on paper but what could be pressed, and has its address and day", async () => {
      for (const language of ["en", "zh"]) {
        const { context, page } = await open("viewer", `/analytics/funnel?${PERIOD}`, language);
        await page.emulateMedia({ media: "print" });
        for (const gone of [".bar", ".toolbar", ".tabs"]) {
          for (const one of await page.locator(gone).all()) assert.equal(await one.isVisible(), false, gone);
        }
        const printed = (await page.locator(".printed").allTextContents()).join(" ");
        assert.match(printed, /\/analytics\/funnel\?from=2019-04-01&to=2019-06-30/);
        assert.match(printed, language === "en" ? new RegExp(`${new Date().getFullYear()}`) : /\d{4}年\d+月\d+日/);
        assert.ok(await page.locator(".part table").first().isVisible());
        await context.close();
      }
    });
  });

  describe("a startup whose customers were verified today", () => {
    const WORDS = { en: { unknown: "Not known on that day", grade: "Documented" }, zh: { unknown: "当日尚无此记录", grade: "有凭据" } };
    let address;
    let then;
    let now;
    let reviewed;

    before(async () => {
      const read = "{ startup(slug: \"cubeforge\") { id conviction bestGrade evidence(first: 50) { nodes { id kind grade } } } }";
      const { startup } = await api(read);
      address = `/startups/${startup.id}`;
      then = startup.conviction;
      const customers = startup.evidence.nodes.find((one) => one.kind === "PAYING_CUSTOMERS");
      assert.equal(customers.grade, "DOCUMENTED", "not verified by another test");
      await api(
        "mutation($input: ReviewEvidenceInput!) { reviewEvidence(input: $input) { evidence { id } userErrors { message } } }",
        { input: { evidence: customers.id, grade: "VERIFIED", checked: "called 3 customers" } },
      );
      reviewed = customers.id;
      const verified = await api(read);
      now = verified.startup.conviction;
      assert.ok(Number(now) > Number(then), `${then} to ${now}`);
    });

    // Other tests find the startup as it was.
    after(async () => {
      const { activity } = await api("query($id: ID!) { activity(first: 1, subject: $id) { nodes { id } } }", { id: reviewed });
      await api("mutation($input: UndoInput!) { undo(input: $input) { userErrors { message } } }", { input: { activity: activity.nodes[0].id } });
    });

    for (const language of ["en", "zh"]) {
      test(`is as it was known on the day that is looked at, on every page one goes on to, in ${language}`, async () => {
        const words = WORDS[language];
        const day = dayAgo(1);
        const { context, page } = await open("analyst", `${address}?as_of=${day}`, language);
        const conviction = () => page.locator("h1, .key, main").first().evaluate(() => document.querySelector("main").textContent);
        assert.match(await page.title(), new RegExp(`^\\[${day}\\]`));
        assert.ok(await page.locator(".as-of").isVisible());
        // A day's decay lies between then and the day before.
        const { startup } = await api(
          "query($id: ID!, $at: DateTime) { startup(id: $id, asOf: $at) { conviction bestGrade } }",
          { id: address.slice("/startups/".length), at: `${day}T23:59:59.999999+08:00` },
        );
        assert.equal(startup.bestGrade, "DOCUMENTED");
        assert.notEqual(startup.conviction, now);
        assert.match(await conviction(), new RegExp(`\\b${startup.conviction.replace(".", "\\.")}`));
        assert.match(await conviction(), new RegExp(words.grade));
        assert.equal(await page.locator('main form[method="post"], a[href*="/edit"], a[href*="/evidence/new"], a[href*="/deals/new"]').count(), 0);
        const forced = await page.request.post(`${address}/evidence/new?as_of=${day}`, { form: { kind: "PILOTS", value: "1" } });
        assert.equal(forced.status(), 403);
        await axe(page, `startup as of ${day} in ${language}`);

        await page.locator('.bar nav.wide a[href^="/pipeline"]').click();
        await page.waitForURL(`**/pipeline?as_of=${day}`);
        assert.equal(await page.locator("[data-move], [draggable]").count(), 0);
        await page.locator('.toolbar a[href^="/deals"]').click();
        await page.waitForURL(`**/deals?status=ACTIVE&as_of=${day}`);
        assert.match(await page.title(), new RegExp(`^\\[${day}\\]`));
        assert.ok(await page.locator(".as-of").isVisible());
        assert.equal(await page.locator('main form[method="post"], main a[href*="/move"]').count(), 0);
        await axe(page, `deals as of ${day} in ${language}`);
        const row = page.locator("tbody tr", { hasText: "Cubeforge" });
        assert.match(await row.textContent(), new RegExp(`${startup.conviction.replace(".", "\\.")}`));
        await row.locator("th a").first().click();
        await page.waitForURL(new RegExp(`/deals/deal_.*as_of=${day}`));
        await page.goBack();
        await page.locator(".as-of a").click();
        await page.waitForURL(/\/deals\?status=ACTIVE$/);
        assert.match(await page.locator("tbody tr", { hasText: "Cubeforge" }).textContent(), new RegExp(now.replace(".", "\\.")));

        // Before anybody knew it.
        await page.goto(`${address}?as_of=2015-01-01`);
        assert.match(await page.locator("main").textContent(), new RegExp(words.unknown));
        await axe(page, `not known in ${language}`);
        await page.locator(".as-of a").click();
        assert.match(await conviction(), new RegExp(now.replace(".", "\\.")));
        await context.close();
      });
    }
  });

  for (const language of ["en", "zh"]) {
    test(`a restricted deal leaves no trace for those outside its team, whatever they open, in ${language}`, async () => {
      // An administrator would see it; what is hidden is known by the demonstration: Evalgrid's only deal.
      const { context, page } = await open("analyst", "/pipeline", language);
      const board = await counted(page);
      const trace = async (address) => {
        const response = await page.goto(address);
        assert.equal(response.status(), 200, address);
        return (await page.locator("main").textContent()).includes("Evalgrid");
      };
      for (const address of [
        "/pipeline",
        "/pipeline?status=ACTIVE,ON_HOLD,INVESTED,PASSED,LOST",
        "/deals?n=200",
        "/deals?n=200&sort=-conviction",
        "/deals?first=yes&n=200",
        "/analytics/funnel?period=year",
        "/analytics/flow?period=year",
        "/analytics/sources?period=year",
        "/analytics/pipeline",
        "/",
      ]) {
        assert.equal(await trace(address), false, address);
        await axe(page, `${address} in ${language}`);
      }
      await page.goto("/deals?q=Evalgrid");
      assert.equal(await page.locator("tbody tr").count(), 0);
      // All counts agree with the board's, in which it is not.
      await page.goto("/deals?status=ACTIVE");
      assert.equal(await counted(page), board);
      await page.goto("/analytics/pipeline");
      assert.equal(number(await page.locator(".n-of").first().textContent()), board);
      await page.goto("/matrix?measure=deals");
      assert.equal(number(await page.locator(".matrix tr:last-child td.cell:last-child .value").last().textContent()), board);
      await axe(page, `matrix in ${language}`);
      // The startup itself is there, without the deal.
      await page.goto("/search?q=Evalgrid");
      assert.ok((await page.locator('main a[href^="/startups/"]').count()) > 0);
      assert.equal(await page.locator('main a[href^="/deals/"]').count(), 0);
      await axe(page, `search in ${language}`);
      await page.locator('main a[href^="/startups/"]', { hasText: "Evalgrid" }).first().click();
      await page.waitForURL("**/startups/startup_*");
      assert.equal(await page.locator('main a[href^="/deals/deal_"]').count(), 0, "neither among its deals nor in its activity");
      await context.close();
    });
  }
});
