// A meeting from its scheduling to its minutes: prepared by an associate, held by two partners, without JavaScript too.
//
//   TOUCHSTONE_URL           a running server with the demonstration, http://host:port
//   TOUCHSTONE_REVIEWS_LINK  an unused sign-in link for it, of its first partner
//   TOUCHSTONE_SECOND_LINK   one of another partner
//   TOUCHSTONE_READER_LINK   one of a viewer
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, launch, signIn } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const LINKS = {
  first: process.env.TOUCHSTONE_REVIEWS_LINK,
  second: process.env.TOUCHSTONE_SECOND_LINK,
  reader: process.env.TOUCHSTONE_READER_LINK,
};

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && Object.values(LINKS).every(Boolean), "no TOUCHSTONE_URL or links: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const WORDS = {
  en: { theme: "light", voted: "1 of 3 voted", tally: "Majority: 2 yes, 0 no → ADVANCE", decided: "Hold", wait: "Please wait" },
  zh: { theme: "dark", voted: "已投 1/3", tally: "多数决：2 票赞成，0 票反对 → ADVANCE", decided: "暂缓", wait: "请稍候" },
};

suite("a meeting", () => {
  let browser;
  const states = {};

  async function open(who, address, { language = "en", width = 1440, ...options } = {}) {
    const context = await browser.newContext({ baseURL: base, viewport: { width, height: 900 }, storageState: states[who], ...options });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: WORDS[language].theme, url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const response = await page.goto(address);
    return { context, page, response };
  }

  const press = async (page, act, within = page) => {
    const turned = page.waitForEvent("framenavigated");
    await within.locator(`form:has([name=act][value="${act}"]) button`).last().click();
    await turned;
    await page.waitForLoadState("load");
  };
  const vote = async (page, what) => {
    const turned = page.waitForEvent("framenavigated");
    await page.locator(`button[name=vote][value=${what}]`).click();
    await turned;
    await page.waitForLoadState("load");
  };
  const isWithin = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  before(async () => {
    browser = await launch();
    for (const [who, link] of Object.entries(LINKS)) states[who] = await signIn(browser, base, link);
  });

  after(async () => browser?.close());

  for (const language of ["en", "zh"]) {
    const words = WORDS[language];
    for (const javaScriptEnabled of [true, false]) {
      const how = `${language}, ${javaScriptEnabled ? "with" : "without"} JavaScript`;

      test(`is scheduled, prepared, held with blind votes, decided and closed, in ${how}`, async () => {
        const { context, page } = await open("first", "/reviews", { language, javaScriptEnabled });
        if (javaScriptEnabled) await axe(page, "list");
        assert.ok((await page.locator("#past tbody tr").count()) >= 10, "eight weeklies and two committees");
        await page.goto("/reviews/new");
        if (javaScriptEnabled) await axe(page, "form");
        await page.locator("input[name=kind][value=COMMITTEE]").check();
        await page.locator("[name=title]").fill(`Committee ${how}`);
        await page.locator("[name=day]").fill("2031-01-06");
        await page.locator("[name=hour]").fill("half past");
        await page.locator("[data-submit]").click();
        await page.locator("#faults").waitFor();
        await page.locator("[name=hour]").fill("10:00");
        await page.locator("[data-submit]").click();
        await page.waitForURL(/\/reviews\/review_[a-z0-9]+\?did=scheduled/);
        const address = new URL(page.url()).pathname;

        // Put off by half an hour.
        await page.locator(`a[href="${address}/edit"]`).click();
        if (javaScriptEnabled) await axe(page, "edit");
        await page.locator("[name=hour]").fill("10:30");
        await page.locator("[data-submit]").click();
        await page.waitForURL(/\?did=did/);
        assert.match(await page.locator(".lead time").textContent(), /10:30/);

        // Prepared: one is added, one dropped and put back, one moved.
        const names = () => page.locator(".agenda h3 a:first-of-type").allTextContents();
        const before = await names();
        const [dropped] = before;
        await press(page, "drop", page.locator(".agenda > li").first());
        assert.ok(!(await names()).includes(dropped));
        await press(page, "restore");
        const back = await names();
        assert.ok(back.includes(dropped));
        await press(page, "down", page.locator(".agenda > li").first());
        const turned = await names();
        assert.deepEqual(turned.slice(0, 2), [back[1], back[0]]);
        if (javaScriptEnabled) {
          // Or dragged: on the upper half of another before it, on the lower behind it.
          const [first, second] = [0, 1].map((n) => page.locator(".agenda > li").nth(n));
          const drag = async (from, onto, at) => {
            // Nothing scrolls while the mouse is down.
            await page.evaluate(() => scrollTo(0, 0));
            const { height } = await onto.boundingBox();
            const targetPosition = { x: 200, y: height * (at === "upper" ? 0.4 : 0.6) };
            await Promise.all([page.waitForEvent("framenavigated"), from.locator("[data-grip]").dragTo(onto, { targetPosition })]);
            await page.waitForLoadState();
          };
          await drag(second, first, "upper");
          assert.deepEqual((await names()).slice(0, 2), [back[0], back[1]]);
          await drag(first, second, "lower");
          assert.deepEqual((await names()).slice(0, 2), [back[1], back[0]]);
          await axe(page, "agenda");
          for (const width of [390, 320]) {
            await page.setViewportSize({ width, height: 844 });
            assert.ok(await isWithin(page), `the agenda at ${width} px`);
          }
          await page.setViewportSize({ width: 1440, height: 900 });
        }

        // Held: two partners vote without seeing each other's vote.
        await press(page, "start");
        await page.waitForURL(/\/live/);
        if (javaScriptEnabled) {
          await axe(page, "live");
          for (const width of [1280, 390, 320]) {
            await page.setViewportSize({ width, height: 844 });
            assert.ok(await isWithin(page), `the meeting, and the bar that tells of it, at ${width} px`);
          }
          await axe(page, "live at 320 px");
          await page.setViewportSize({ width: 1440, height: 900 });
        }
        // Sent twice, a task is there once.
        const twice = new URLSearchParams(await page.evaluate(() => {
          const form = document.querySelector('form:has([name=act][value="task"])');
          form.elements.what.value = "Call the third pilot";
          return [...new FormData(form)];
        }));
        for (let n = 0; n < 2; n += 1)
          await context.request.post(`${address}/act`, { data: String(twice), headers: { "content-type": "application/x-www-form-urlencoded", origin: base } });
        await page.reload();
        assert.equal(await page.getByText("Call the third pilot", { exact: true }).count(), 1);
        await vote(page, "YES");
        const second = await open("second", `${address}/live`, { language, javaScriptEnabled });
        assert.match(await second.page.locator("#h-votes").textContent(), new RegExp(words.voted.replace("/", "\\/")));
        assert.equal(await second.page.locator(".votes strong").count(), 0, "blind");
        await vote(second.page, "STRONG_YES");
        await page.reload();
        await press(page, "close-votes");
        assert.equal((await page.locator(".tally").textContent()).trim(), words.tally);
        // Somebody who writes at the same time keeps the words, and is told.
        await second.page.locator("[name=notes]").fill("Do they?");
        await page.locator("[name=notes]").fill("They **pay**.");
        await press(page, "notes");
        await press(second.page, "notes");
        assert.match(await second.page.locator(".conflict").textContent(), /They \*\*pay\*\*/);
        assert.equal(await second.page.locator("[name=notes]").inputValue(), "Do they?");
        await page.locator("[name=kind]").selectOption("HOLD");
        await page.locator("[name=rationale]").fill("Until the third pilot pays");
        await press(page, "decide");
        assert.match(await page.locator(".decided").first().textContent(), new RegExp(words.decided));
        await press(page, "undo-decision");
        await press(page, "pause");
        const reader = await open("reader", `${address}/live`, { language, javaScriptEnabled });
        assert.match(await reader.page.locator("#h-item").textContent(), new RegExp(words.wait));
        assert.equal(await reader.page.locator("main form").count(), 0, "a viewer only reads");

        // Closed: what is read afterwards stays.
        await page.locator(".closing summary").click();
        await press(page, "close");
        await page.waitForURL(/\/minutes\?did=closed/);
        if (javaScriptEnabled) {
          await axe(page, "minutes");
          await page.setViewportSize({ width: 320, height: 844 });
          assert.ok(await isWithin(page), "the minutes at 320 px");
        }
        assert.match(await page.locator(".minutes").textContent(), /They pay\./);
        const file = async (name) => (await context.request.get(`${address}/${name}`)).text();
        const [minutes, packet] = [await file("minutes.md"), await file("minutes.json")];
        await page.locator("[name=text]").fill("The third pilot paid");
        await press(page, "amend");
        assert.match(await page.locator("#amendments").textContent(), /The third pilot paid/);
        assert.deepEqual([await file("minutes.md"), await file("minutes.json")], [minutes, packet]);
        for (const one of [context, second.context, reader.context]) await one.close();
      });
    }
  }
});
