// The matrix and the pages of analytics, on the figures of the demonstration: what they count is what the lists behind
// them hold, a switch changes what is counted and nothing else, the past stays, and paper carries what matters.
//
//   TOUCHSTONE_URL   a running server with the demonstration, http://host:port
//   TOUCHSTONE_ANALYTICS_LINK (or TOUCHSTONE_LINK)  an unused sign-in link for it; or TOUCHSTONE_COOKIE
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { launch } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const link = process.env.TOUCHSTONE_ANALYTICS_LINK ?? process.env.TOUCHSTONE_LINK;
const cookie = process.env.TOUCHSTONE_COOKIE;

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && (link || cookie), "TOUCHSTONE_URL and TOUCHSTONE_LINK are not set: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const number = (text) => Number(text.replaceAll(",", "").match(/\d+/)?.[0] ?? NaN);
const dayAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

suite("matrix and analytics", () => {
  let browser;
  let state;

  async function open(address, options = {}) {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width: 1440, height: 900 },
      storageState: state,
      ...options,
    });
    await context.addCookies([{ name: "lang", value: "en", url: base }]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(address);
    return { context, page };
  }

  /** The figures of a table's column below its head. */
  const column = async (page, n) =>
    (await page.locator(`.part:first-of-type tbody tr > :nth-child(${n})`).allTextContents()).map(number);

  before(async () => {
    browser = await launch();
    const context = await browser.newContext({ baseURL: base });
    if (cookie) {
      await context.addCookies([{ name: "touchstone_session", value: cookie, url: base }]);
    } else {
      const page = await context.newPage();
      await page.goto(link);
      await page.locator("main form button").click();
      await page.waitForURL((url) => !url.pathname.startsWith("/login"));
    }
    state = await context.storageState();
    await context.close();
  });

  after(async () => browser?.close());

  test("every cell of the matrix opens a list of as many startups as it says, now, narrowed and as of a day", async () => {
    for (const [address, least] of [
      ["/matrix", 12],
      [`/matrix?as_of=${dayAgo(2)}`, 12],
      ["/matrix?focus=yes&country=CN", 1],
      ["/matrix?depth=2&route=BUILDS_ON_API", 2],
      [`/matrix?from=2015-01-01&to=${dayAgo(20)}`, 2],
      [`/matrix?from=2015-01-01&to=${dayAgo(20)}&as_of=${dayAgo(2)}`, 2],
    ]) {
      const { context, page } = await open(address);
      const cells = await page.locator(".matrix td.cell a").evaluateAll((links) =>
        links.map((link) => [link.getAttribute("href"), link.querySelector(".value").textContent]),
      );
      assert.ok(cells.length >= least, `${address}: ${cells.length} cells`);
      assert.equal(await page.locator(".matrix td.cell .still .value").count(), 0, `${address}: every number opens`);
      for (const [href, said] of cells) {
        await page.goto(href);
        assert.equal(number(await page.locator("h1 .count").textContent()), number(said), `${address}: ${href}`);
      }
      await context.close();
    }
  });

  test("the other measures say of how many startups they are, and those lists hold as many", async () => {
    for (const measure of ["deals", "proof", "conviction", "gap"]) {
      const { context, page } = await open(`/matrix?measure=${measure}`);
      const cell = page.locator("td.cell[class*='heat-'] a").first();
      const n = number(await cell.locator(".n").textContent());
      await cell.click();
      await page.waitForURL(measure === "deals" ? "**/deals?*" : "**/startups?*");
      if (measure !== "deals") assert.equal(number(await page.locator("h1 .count").textContent()), n, measure);
      await context.close();
    }
    for (const measure of ["conviction", "gap"]) {
      const { context, page } = await open(`/matrix?measure=${measure}&as_of=${dayAgo(2)}`);
      const cells = await page.locator(".matrix td.cell a").evaluateAll((links) =>
        links.map((link) => [link.getAttribute("href"), link.querySelector(".n").textContent]),
      );
      assert.ok(cells.length >= 12, `${cells.length} cells`);
      assert.equal(await page.locator(".matrix td.cell .still .value").count(), 0, `${measure}: every number opens`);
      for (const [href, n] of cells.slice(0, 8)) {
        await page.goto(href);
        assert.equal(number((await page.locator("h1 .count").count()) ? await page.locator("h1 .count").textContent() : "0"), number(n), href);
      }
      await context.close();
    }
  });

  test("every figure of active deals opens a list of as many, now and as of a day", async () => {
    for (const [address, least] of [
      ["/matrix?measure=deals", 8],
      [`/matrix?measure=deals&as_of=${dayAgo(2)}`, 8],
      ["/matrix?measure=deals&focus=yes", 4],
      ["/matrix?measure=deals&country=CN", 2],
      ["/matrix?measure=deals&route=BUILDS_ON_API&layer=APP,none", 2],
      [`/matrix?measure=deals&from=2015-01-01&to=${dayAgo(20)}&as_of=${dayAgo(2)}`, 2],
    ]) {
      const { context, page } = await open(address);
      const cells = await page.locator(".matrix td.cell a").evaluateAll((links) =>
        links.map((link) => [link.getAttribute("href"), link.querySelector(".value").textContent]),
      );
      assert.ok(cells.length >= least, `${address}: ${cells.length} cells`);
      for (const [href, said] of cells) {
        await page.goto(href);
        assert.equal(number(await page.locator("h1 .count").textContent()), number(said), `${address}: ${href}`);
      }
      await context.close();
    }
  });

  test("every figure of the pages of analytics and of the board opens a list of as many", async () => {
    for (const address of [
      "/analytics/funnel?period=year&vs=prev",
      "/analytics/funnel?mode=activity&period=year",
      `/analytics/funnel?period=year&as_of=${dayAgo(2)}`,
      "/analytics/flow?interval=quarter&period=year",
      `/analytics/flow?interval=quarter&from=2015-01-01&to=${dayAgo(0)}&layer=APP`,
      `/analytics/flow?interval=quarter&from=2015-01-01&to=${dayAgo(2)}&as_of=${dayAgo(2)}`,
      "/analytics/sources?period=year",
      "/analytics/sources?period=year&layer=APP",
      "/analytics/funnel?period=year&layer=APP,none",
      "/analytics/pipeline",
      "/analytics/pipeline?group=sector",
      "/analytics/pipeline?group=channel&layer=APP",
      `/analytics/pipeline?group=layer&as_of=${dayAgo(2)}`,
      "/analytics/pipeline?period=90d",
      `/analytics/pipeline?group=round&from=2015-01-01&to=${dayAgo(20)}`,
      "/pipeline",
      `/pipeline?as_of=${dayAgo(2)}`,
      `/pipeline?layer=APP,none&as_of=${dayAgo(2)}`,
    ]) {
      const { context, page } = await open(address);
      const figures = await page
        .locator(address.startsWith("/pipeline") ? ".stage-head a.number, .stage-head .stale a, h1 .count a" : ".part td.figure a, .n-of a, .bar-said a")
        .evaluateAll((links) => links.map((link) => [link.getAttribute("href"), link.textContent]));
      assert.ok(figures.length > 0, address);
      for (const [href, said] of figures) {
        // A median is no count, a board has its own head, and a list of nothing says no number.
        if (href.includes("sort=-conviction") || said === "0" || href.startsWith("/pipeline") || (address.includes("group=layer") && said.includes("."))) continue;
        // A bar says the period before too, a count of moves how many deals they are of.
        const n = number(said.match(/deals: ([\d,]+)/)?.[1] ?? said.replace(/ · .*/, ""));
        await page.goto(href);
        assert.equal(number(await page.locator("h1 .count").textContent()), n, `${address}: ${href}`);
      }
      await context.close();
    }
  });

  test("every sector can be opened below its root", async () => {
    const { context, page } = await open("/matrix");
    const roots = await page.locator(".matrix tbody tr").count();
    await page.getByRole("link", { name: "Every sector" }).click();
    await page.waitForURL("**/matrix?depth=2");
    assert.ok((await page.locator(".matrix tbody tr").count()) > roots);
    await context.close();
  });

  test("in a cohort what entered is what advanced, was passed and is still there", async () => {
    const { context, page } = await open("/analytics/funnel?period=year");
    const [entered, skipped, advanced, passed, still] = [
      await column(page, 2),
      await column(page, 3),
      await column(page, 4),
      await column(page, 5),
      await column(page, 6),
    ];
    skipped.forEach((n, i) => assert.ok(n <= advanced[i], `who skipped stage ${i} went on from it`));
    assert.ok(entered[0] > 0, "the demonstration has deals of this year");
    entered.forEach((n, i) => assert.equal(n, advanced[i] + passed[i] + still[i], `stage ${i}`));
    // What goes on from a stage enters the next.
    advanced.slice(0, -1).forEach((n, i) => assert.equal(n, entered[i + 1], `stage ${i}`));
    assert.match(await page.locator(".n-of").first().textContent(), new RegExp(`${entered[0]} deals`));
    await context.close();
  });

  test("the switch to activity counts moves, keeps the filters, and leads back", async () => {
    const { context, page } = await open("/analytics/funnel?period=year&layer=APP");
    const cohort = await column(page, 2);
    await page.getByRole("link", { name: "Activity" }).click();
    await page.waitForURL("**/analytics/funnel?mode=activity&period=year&layer=APP");
    assert.match(await page.locator(".about").first().textContent(), /^The moves of the period/);
    await page.getByRole("link", { name: "Cohort" }).click();
    await page.waitForURL("**/analytics/funnel?period=year&layer=APP");
    assert.deepEqual(await column(page, 2), cohort);
    await context.close();
  });

  test("the flow adds up to what the sums beside its bands say, by week and by quarter", async () => {
    const { context, page } = await open("/analytics/flow?period=year");
    const sums = async () => (await page.locator(".part:first-of-type .band-label strong").allTextContents()).map(number);
    const byWeek = await sums();
    for (let n = 0; n < 4; n += 1) {
      const rows = await column(page, n + 2);
      assert.equal(rows.reduce((sum, one) => sum + one, 0), byWeek[n], `column ${n}`);
    }
    await page.getByRole("link", { name: "Quarter", exact: true }).click();
    await page.waitForURL("**/analytics/flow?interval=quarter&period=year");
    assert.deepEqual(await sums(), byWeek);
    await context.close();
  });

  test("as of a day stays through the pages until it is left", async () => {
    const day = dayAgo(2);
    const { context, page } = await open(`/matrix?as_of=${day}`);
    for (const href of await page.locator(".matrix td.cell a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
      assert.match(href, new RegExp(`as_of=${day}$`), "lists of that day");
    }
    await page.locator("nav.wide a", { hasText: "Analytics" }).click();
    await page.waitForURL(`**/analytics/funnel?as_of=${day}`);
    assert.match(await page.title(), new RegExp(`^\\[${day}\\]`));
    await page.locator(".tabs a", { hasText: "Flow" }).click();
    await page.waitForURL(`**/analytics/flow?as_of=${day}`);
    for (const href of await page.locator(".part a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
      assert.match(href, new RegExp(`as_of=${day}`), "lists of that day");
    }
    await page.locator(".as-of a").click();
    await page.waitForURL("**/analytics/flow");
    await context.close();
  });

  test("the file holds the table that is on the page", async () => {
    const { context, page } = await open("/analytics/sources?period=year");
    const rows = await page.locator(".part tbody tr").count();
    const href = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
    const response = await page.request.get(href);
    assert.match(response.headers()["content-type"], /^text\/csv/);
    assert.equal((await response.text()).trim().split("\r\n").length, rows + 1);
    await context.close();
  });

  test("a period can be typed without JavaScript", async () => {
    const { context, page } = await open("/analytics/flow?layer=APP", { javaScriptEnabled: false });
    await page.locator("summary", { hasText: "Period" }).click();
    await page.locator("#from").fill(dayAgo(60));
    await page.locator("#to").fill(dayAgo(30));
    await page.locator("details[open] .day button").click();
    await page.waitForURL(`**/analytics/flow?from=${dayAgo(60)}&to=${dayAgo(30)}&layer=APP`);
    await context.close();
  });

  test("on paper there are figures and patterns, and nothing to press", async () => {
    for (const address of ["/matrix?measure=conviction", "/analytics/funnel?period=year"]) {
      const { context, page } = await open(address);
      await page.emulateMedia({ media: "print" });
      for (const gone of [".bar", ".toolbar", ".tabs"]) {
        const all = page.locator(gone);
        for (let n = 0; n < (await all.count()); n += 1) assert.equal(await all.nth(n).isVisible(), false, `${address} ${gone}`);
      }
      assert.ok(await page.locator("table").first().isVisible());
      assert.ok(await page.locator(".printed").first().isVisible(), "the address is printed");
      await context.close();
    }
  });
});
