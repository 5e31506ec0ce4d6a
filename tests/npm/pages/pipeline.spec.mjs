// The pipeline: a deal is dragged against a closed gate, overridden by keyboard, taken back; a past day is kept from page
// to page; and a restricted deal is nowhere for those outside its team. In both languages, and without JavaScript.
//
//   TOUCHSTONE_URL            a running server with the demonstration, http://host:port
//   TOUCHSTONE_PIPELINE_LINK  an unused sign-in link for it, of a partner outside the demonstration's teams
//   TOUCHSTONE_ANALYST_LINK   one of an analyst
//   TOUCHSTONE_OWNER_LINK     one of who leads the restricted deal
//   TOUCHSTONE_ADMIN_LINK     one of an administrator
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, launch, signIn } from "../pages.mjs";

const base = process.env.TOUCHSTONE_URL;
const LINKS = {
  partner: process.env.TOUCHSTONE_PIPELINE_LINK,
  analyst: process.env.TOUCHSTONE_ANALYST_LINK,
  owner: process.env.TOUCHSTONE_OWNER_LINK,
  admin: process.env.TOUCHSTONE_ADMIN_LINK,
};

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && Object.values(LINKS).every(Boolean), "no TOUCHSTONE_URL or links: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const REASON = "reference calls on Tuesday";
const WORDS = {
  en: {
    theme: "light",
    proof: "Verified proof",
    overridden: "Gate overridden",
    partner: "Ask a partner",
    moved: "Cubeforge moved to Committee, 3 deals",
    closed: "Gate not met",
    back: "Taken back",
    unknown: "Not known on that day",
  },
  zh: {
    theme: "dark",
    proof: "已核实的证据",
    overridden: "已破例推进",
    partner: "请找合伙人",
    moved: "Cubeforge 已移至 投决会，共 3 个项目",
    closed: "未达门槛",
    back: "已撤回",
    unknown: "当日尚无此记录",
  },
};

suite("the pipeline", () => {
  let browser;
  const states = {};
  let deal;

  async function open(who, address, { language = "en", width = 1440, ...options } = {}) {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width, height: 900 },
      storageState: states[who],
      ...options,
    });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: WORDS[language].theme, url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    const response = await page.goto(address);
    return { context, page, errors, response };
  }

  const column = (page, key) => page.locator(`[data-column="${key}"]`);
  const card = (page, name = "Cubeforge") =>
    page.locator("[data-deal]").filter({ has: page.locator(".name", { hasText: new RegExp(`^${name}$`) }) });
  const count = async (page, key) => Number(await column(page, key).locator(".stage-head .number").first().textContent());
  const isIn = async (page, key) => assert.equal(await card(page).getAttribute("data-stage"), key);
  const focused = (page) => page.evaluate(() => document.activeElement.closest("[data-deal]")?.querySelector(".name").textContent);
  const isWithin = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  /** Takes the last move back on the deal's page, without a script. */
  async function takeBack(who = "partner") {
    const { context, page } = await open(who, `${deal}/void`, { javaScriptEnabled: false });
    await page.locator("#f-reason").fill("the test is over");
    await page.locator("[data-submit]").click();
    await page.waitForURL(/did=voided/);
    await context.close();
  }

  before(async () => {
    browser = await launch();
    for (const [who, link] of Object.entries(LINKS)) states[who] = await signIn(browser, base, link);
    const { context, page } = await open("partner", "/pipeline");
    deal = await card(page).locator(".name").getAttribute("href");
    await context.close();
  });

  after(async () => browser?.close());

  for (const language of ["en", "zh"]) {
    const words = WORDS[language];

    test(`an analyst drags a deal against a closed gate: it comes back and the condition is named, in ${language}`, async () => {
      const { context, page, errors } = await open("analyst", "/pipeline", { language });
      await axe(page, "board");
      const before = [await count(page, "DILIGENCE"), await count(page, "COMMITTEE")];
      await card(page).dragTo(column(page, "COMMITTEE"));
      const dialog = page.locator("dialog.mover[open]");
      await dialog.waitFor();
      assert.match(await dialog.textContent(), new RegExp(words.closed));
      assert.deepEqual(await dialog.locator("[data-unmet] strong").allTextContents(), [words.proof]);
      assert.equal(await dialog.locator(".override").count(), 0, "only partners override");
      assert.match(await dialog.textContent(), new RegExp(words.partner));
      await isIn(page, "DILIGENCE");
      assert.equal(await column(page, "DILIGENCE").locator("[data-deal]", { hasText: "Cubeforge" }).count(), 1);
      await axe(page, "closed gate");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      assert.equal(await focused(page), "Cubeforge");
      assert.deepEqual([await count(page, "DILIGENCE"), await count(page, "COMMITTEE")], before);
      assert.deepEqual(errors, []);
      await context.close();
    });

    test(`a partner overrides the gate by keyboard alone, and the reason stays in sight, in ${language}`, async () => {
      const { context, page, errors } = await open("partner", "/pipeline", { language });
      const [diligence, committee] = [await count(page, "DILIGENCE"), await count(page, "COMMITTEE")];
      await card(page).locator(".name").focus();
      await page.keyboard.press("m");
      const dialog = page.locator("dialog.mover[open]");
      await dialog.waitFor();
      await axe(page, "move");
      assert.equal(await page.evaluate(() => document.activeElement.value), "DILIGENCE");
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.evaluate(() => document.activeElement.value), "COMMITTEE");
      await page.keyboard.press("Shift+Tab");
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      // Too short a reason is refused in place.
      await page.keyboard.type("because");
      await page.keyboard.press("Control+Enter");
      await dialog.locator(".faults").waitFor();
      assert.equal(await dialog.locator("#f-overrideReason").getAttribute("aria-invalid"), "true");
      assert.ok(await dialog.locator('input[value="COMMITTEE"]').isChecked(), "what was chosen is kept");
      await axe(page, "short reason");
      await dialog.locator("#f-overrideReason").focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.type(REASON);
      await page.keyboard.press("Control+Enter");
      await page.locator("[data-toast]").waitFor();
      await page.waitForFunction((text) => document.querySelector("[data-live]").textContent === text, words.moved);
      await isIn(page, "COMMITTEE");
      assert.equal(await column(page, "COMMITTEE").locator("[data-deal]", { hasText: "Cubeforge" }).count(), 1);
      assert.match(await card(page).textContent(), new RegExp(words.overridden));
      assert.deepEqual([await count(page, "DILIGENCE"), await count(page, "COMMITTEE")], [diligence - 1, committee + 1]);
      assert.equal(await focused(page), "Cubeforge");
      await axe(page, "after the move");
      await page.keyboard.press("Enter");
      await page.waitForURL(`**${deal}`);
      assert.match(await page.locator(".overrides").textContent(), new RegExp(REASON));
      assert.match(await page.locator("#activity li").first().textContent(), new RegExp(REASON));
      await axe(page, "deal");
      await page.keyboard.press("m");
      await page.waitForURL(`**${deal}/move`);
      assert.deepEqual(errors, []);
      await context.close();
      await takeBack();
    });

    test(`without JavaScript and on the narrowest screen a deal is moved and taken back by forms, in ${language}`, async () => {
      const plain = { language, width: 320, javaScriptEnabled: false };
      const analyst = await open("analyst", "/pipeline", plain);
      await card(analyst.page).locator("[data-move]").click();
      await analyst.page.locator('input[value="COMMITTEE"]').check();
      await analyst.page.locator("[data-submit]").click();
      assert.match(await analyst.page.locator(".gates").textContent(), new RegExp(words.closed));
      assert.match(await analyst.page.locator(".gates").textContent(), new RegExp(words.partner));
      await analyst.context.close();

      const { context, page } = await open("partner", `${deal}/move?to=COMMITTEE`, plain);
      assert.ok(await isWithin(page), "the form");
      assert.ok(await page.locator('input[value="COMMITTEE"]').isChecked());
      await page.locator(".override summary").click();
      await page.locator("#f-overrideReason").fill(REASON);
      await page.locator("[data-submit]").click();
      await page.waitForURL(/did=moved/);
      assert.match(await page.locator(".overrides").textContent(), new RegExp(REASON));
      assert.ok(await isWithin(page), "the deal");
      await page.locator(".said button").click();
      await page.waitForURL(/did=voided/);
      assert.match(await page.locator(".said").textContent(), new RegExp(words.back));
      assert.equal(await page.locator(".overrides").count(), 0);
      assert.equal(await page.locator("#history .gone").count() > 0, true, "it stays in the history, struck");
      await page.goto("/pipeline");
      await isIn(page, "DILIGENCE");
      assert.ok(await isWithin(page), "the board");
      await context.close();
    });

    test(`the board keeps the day, and writes nothing, in ${language}`, async () => {
      const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
      const { context, page } = await open("partner", `/startups/cubeforge?as_of=${day(2)}`, { language });
      await page.locator('.bar nav.wide a[href^="/pipeline"]').click();
      await page.waitForURL(`**/pipeline?as_of=${day(2)}`);
      assert.match(await page.title(), new RegExp(`^\\[${day(2)}\\]`));
      assert.ok(await page.locator(".as-of").isVisible());
      assert.equal(await page.locator("[data-move], [draggable]").count(), 0);
      await axe(page, "board of the past");
      await card(page).locator(".name").click();
      await page.waitForURL(`**${deal}?as_of=${day(2)}`);
      assert.equal(await page.locator(`a[href*="/move"], a[href*="/edit"], main form[method="post"]`).count(), 0);
      const forced = await page.request.post(`${deal}/move?as_of=${day(2)}`, { form: { stage: "COMMITTEE", version: "1" } });
      assert.equal(forced.status(), 403);
      await page.goto(`${deal}?as_of=${day(400)}`);
      assert.match(await page.locator("main").textContent(), new RegExp(words.unknown));
      await page.goto(`/pipeline?as_of=${day(2)}`);
      await page.locator(".as-of a").click();
      await page.waitForURL(/\/pipeline$/);
      await isIn(page, "DILIGENCE");
      await context.close();
    });
  }

  test("a deal goes to the stage beside by Shift and an arrow, and back by Undo; arrows go from card to card", async () => {
    const { context, page, errors } = await open("analyst", "/pipeline");
    const first = column(page, "SOURCED").locator("[data-deal] .name");
    const [one, two] = await first.allTextContents();
    await first.first().focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), two);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(page), await column(page, "SCREENING").locator(".name").first().textContent());
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(page), one);
    const before = [await count(page, "SOURCED"), await count(page, "SCREENING")];
    await page.keyboard.press("Shift+ArrowRight");
    await page.locator("[data-toast]").waitFor();
    assert.equal(await card(page, one).getAttribute("data-stage"), "SCREENING");
    assert.equal(await focused(page), one);
    assert.deepEqual([await count(page, "SOURCED"), await count(page, "SCREENING")], [before[0] - 1, before[1] + 1]);
    await page.locator("[data-undo] button").click();
    await column(page, "SOURCED").locator("[data-deal]", { hasText: one }).waitFor();
    assert.deepEqual([await count(page, "SOURCED"), await count(page, "SCREENING")], before);
    // A pass needs its reason, and takes the card off the board of what is active.
    await card(page, one).locator(".name").focus();
    await page.keyboard.press("c");
    await page.waitForURL(/collapsed=SOURCED/);
    assert.equal(await column(page, "SOURCED").locator("[data-deal]").count(), 0);
    assert.deepEqual(errors, []);
    await context.close();
  });

  test("a card dropped on what a deal comes to opens the same form with that chosen, and nothing is moved by the drop", async () => {
    for (const [who, language, fates] of [
      ["partner", "en", ["Put on hold", "Pass…", "Invested…", "Lost…"]],
      ["analyst", "zh", ["暂缓", "不投…", "已错失…"]],
    ]) {
      const { context, page, errors } = await open(who, "/pipeline", { language });
      const bar = page.locator("[data-fates]");
      assert.ok(!(await bar.isVisible()));
      const drop = async (status) => {
        const from = await card(page).boundingBox();
        await page.mouse.move(from.x + 20, from.y + from.height - 8);
        await page.mouse.down();
        await page.mouse.move(from.x + 40, from.y + from.height, { steps: 5 });
        await bar.waitFor({ state: "visible" });
        assert.deepEqual(await bar.locator("[data-fate]").allTextContents(), fates);
        const to = await bar.locator(`[data-fate="${status}"]`).boundingBox();
        await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
        await page.mouse.up();
        const dialog = page.locator("dialog.mover[open]");
        await dialog.waitFor();
        await bar.waitFor({ state: "hidden" });
        assert.equal(await dialog.locator('input[name="status"]:checked').getAttribute("value"), status);
        return dialog;
      };
      const passed = await drop("PASSED");
      assert.equal(await page.evaluate(() => document.activeElement.id), "f-passReason");
      assert.ok(await passed.locator("#f-passNote").isVisible());
      assert.ok(await passed.locator("#f-revisitOn").isVisible());
      await axe(page, `pass, dropped, in ${language}`);
      // It asks for its reason.
      await page.keyboard.press("Control+Enter");
      await passed.locator(".faults").waitFor();
      await page.keyboard.press("Escape");
      const lost = await drop("LOST");
      assert.match(await lost.textContent(), language === "en" ? /final: a new deal would follow/ : /不可逆：之后需新建项目/);
      assert.equal(await page.evaluate(() => document.activeElement.value), "LOST");
      await page.keyboard.press("Escape");
      await isIn(page, "DILIGENCE");
      assert.deepEqual(errors, []);
      await context.close();
    }
  });

  test("a restricted deal is nowhere for those outside its team, and has a lock for those in it", async () => {
    const owner = await open("owner", "/pipeline");
    const hidden = card(owner.page, "Evalgrid");
    assert.equal(await hidden.locator(".lock").count(), 1);
    const address = await hidden.locator(".name").getAttribute("href");
    const all = Number(/\d+/.exec(await owner.page.locator("h1 .count").textContent())[0]);
    await owner.context.close();

    const { context, page } = await open("analyst", "/pipeline");
    assert.equal(await card(page, "Evalgrid").count(), 0);
    assert.equal(Number(/\d+/.exec(await page.locator("h1 .count").textContent())[0]), all - 1);
    const random = `/deals/deal_01h455vb4pex5vsknk084sn02q`;
    for (const part of ["", "/move", "/edit", "/void", "?as_of=2024-06-30"]) {
      const [there, nowhere] = [await page.request.get(address + part), await page.request.get(random + part)];
      assert.equal(there.status(), 404, part);
      assert.equal(await there.text(), await nowhere.text(), part);
    }
    await page.goto("/deals?q=Evalgrid");
    assert.equal(await page.locator("tbody tr").count(), 0);
    await context.close();
  });

  test("an administrator changes a stage's limit, and sees what a set of stages would do", async () => {
    for (const language of ["en", "zh"]) {
      const { context, page, errors } = await open("admin", "/settings/stages", { language, width: 320 });
      const edit = "/settings/stages/SCREENING/edit";
      for (const address of ["/settings/stages", "/settings/stages/new", edit, "/settings/stages/adopt?set=TWO_COMMITTEES"]) {
        await page.goto(address);
        assert.ok(await isWithin(page), address);
        await page.setViewportSize({ width: 1440, height: 900 });
        // At the end: what the bar with the buttons covers while one scrolls is no target.
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await axe(page, `${address} in ${language}`);
        await page.setViewportSize({ width: 320, height: 900 });
      }
      for (const days of ["10", "14"]) {
        await page.goto(edit);
        await page.locator("#f-limitDays").fill(days);
        await page.keyboard.press("Control+Enter");
        await page.waitForURL(/did=saved/);
        await page.goto("/pipeline");
        assert.match(await column(page, "SCREENING").locator(".pace").textContent(), new RegExp(`(^|\\D)${days} `));
      }
      assert.deepEqual(errors, []);
      await context.close();
    }
  });
});
