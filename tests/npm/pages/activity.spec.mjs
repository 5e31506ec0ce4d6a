// The workspace's activity: read page by page, narrowed by what it is about, left as of a day, and taken back where it
// stands; with and without JavaScript, in both languages, with axe at every stop.
//
//   TOUCHSTONE_URL            a running server with the demonstration, http://host:port
//   TOUCHSTONE_TOKEN          a token of a partner that may read and write there
//   TOUCHSTONE_ACTIVITY_LINK  an unused sign-in link of the same partner
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, launch, signIn, write } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const link = process.env.TOUCHSTONE_ACTIVITY_LINK;

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && link, "no TOUCHSTONE_URL or TOUCHSTONE_ACTIVITY_LINK: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const WORDS = {
  en: { theme: "light", deals: "Deals", added: "added the task", back: "took back a change" },
  zh: { theme: "dark", deals: "项目", added: "添加了待办", back: "撤销了一项变更" },
};
/** A day in the workspace's zone, eight hours ahead. */
const dayAgo = (days) => new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);

suite("the activity", () => {
  let browser;
  let state;

  async function open(address, { language = "en", width = 1440, ...options } = {}) {
    const context = await browser.newContext({ baseURL: base, viewport: { width, height: 900 }, storageState: state, ...options });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: WORDS[language].theme, url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const response = await page.goto(address);
    return { context, page, response };
  }

  const rows = (page) => page.locator(".happened .changes > li");
  const instants = (page) => page.locator(".happened .changes > li > time").evaluateAll((all) => all.map((one) => one.dateTime));

  before(async () => {
    browser = await launch();
    state = await signIn(browser, base, link);
  });

  after(async () => browser?.close());

  for (const language of ["en", "zh"]) {
    const words = WORDS[language];

    test(`is read page by page, newest first, and narrowed, in ${language}`, async () => {
      const { context, page } = await open("/", { language });
      await page.locator('main .toolbar a[href="/activity"]').click();
      await page.waitForURL("**/activity");
      assert.equal(await rows(page).count(), 50);
      const first = await instants(page);
      assert.deepEqual(first, first.toSorted().reverse(), "newest first");
      await axe(page, `activity in ${language}`);
      await page.locator('.pager a[rel="next"]').click();
      await page.waitForURL(/after=/);
      const second = await instants(page);
      assert.ok(second.length > 0 && second[0] <= first.at(-1));
      await page.locator('.pager a[rel="prev"]').click();
      await page.waitForURL(/before=/);
      assert.deepEqual(await instants(page), first);

      await page.locator(".toolbar summary").nth(1).click();
      await page.locator(".toolbar details[open] a", { hasText: new RegExp(`^${words.deals}$`) }).click();
      await page.waitForURL("**/activity?kind=deal");
      const links = await page.locator(".happened .changes p .data a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      assert.ok(links.length > 10 && links.every((href) => href.startsWith("/deals/deal_")), links.join(" "));
      assert.equal(await page.locator(".chips .chip").count(), 1);
      await axe(page, `activity of deals in ${language}`);
      await page.locator(".chips .chip a").click();
      await page.waitForURL("**/activity");

      const day = dayAgo(1);
      await page.goto(`/activity?as_of=${day}`);
      assert.match(await page.title(), new RegExp(`^\\[${day}\\]`));
      assert.equal(await page.locator('main form[method="post"]').count(), 0);
      assert.ok(Date.parse((await instants(page))[0]) < Date.parse(`${day}T23:59:59.999+08:00`), "nothing that came later");
      const linked = await page.locator(".happened .changes p .data a").first().getAttribute("href");
      assert.match(linked, new RegExp(`as_of=${day}`));
      await axe(page, `activity as of ${day} in ${language}`);
      for (const bad of ["kind=rumour", "since=soon", "after=nowhere"]) {
        const response = await page.goto(`/activity?${bad}`);
        assert.equal(response.status(), 400, bad);
        assert.equal(await rows(page).count(), 0, bad);
      }
      await page.setViewportSize({ width: 320, height: 900 });
      await page.goto("/activity");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "320 px");
      await context.close();
    });

    test(`is where a change is taken back, without JavaScript too, in ${language}`, async () => {
      const what = `Call the studios, ${language}`;
      await write("createTask", { what });
      const { context, page } = await open("/activity?kind=task", { language, javaScriptEnabled: false });
      const row = rows(page).first();
      assert.match(await row.textContent(), new RegExp(`${words.added}.*${what}`));
      await row.locator("form button").click();
      await page.waitForURL(/kind=task&did=undone/);
      assert.ok(await page.locator(".said").isVisible());
      assert.match(await rows(page).first().textContent(), new RegExp(words.back));
      await context.close();
    });
  }
});
