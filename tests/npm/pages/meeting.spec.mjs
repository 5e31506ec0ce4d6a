// A committee on three partners' browsers and the projector, by keyboard: blind votes, what they come to, the decision, and
// what is frozen of it. In both languages.
//
//   TOUCHSTONE_URL            a running server with the demonstration, http://host:port
//   TOUCHSTONE_TOKEN          a token for it, of a partner who does not attend
//   TOUCHSTONE_PRESENTER_LINK an unused sign-in link for it, of the demonstration's first partner
//   TOUCHSTONE_MEMBER_LINKS   those of two more, with a blank between
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { leftOut } from "../browser.mjs";
import { api, axe, launch, signIn, SOON_MS, write } from "../pages.mjs";

const { TOUCHSTONE_URL: base, TOUCHSTONE_TOKEN: token, TOUCHSTONE_PRESENTER_LINK: first, TOUCHSTONE_MEMBER_LINKS: others } = process.env;

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && token && first && others, "no TOUCHSTONE_URL, token or links: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

const NAME = "Cubeforge";

const WORDS = {
  en: { theme: "light", copied: "Copied, with its headings and lists", marked: "It is selected", pause: "A pause.", voted: "3 of 3 voted", tally: "Majority: 2 yes, 1 no → ADVANCE", decided: "Advance → Committee", strong: "Strong yes", yes: "Yes", no: "No", takeOver: "Take over", overridden: "Gate overridden" },
  zh: { theme: "dark", copied: "已复制（含格式）", marked: "已选中", pause: "休会片刻。", voted: "已投 3/3", tally: "多数决：2 票赞成，1 票反对 → ADVANCE", decided: "推进 → 投决会", strong: "强烈赞成", yes: "赞成", no: "反对", takeOver: "接手主持", overridden: "已破例推进" },
};

/** A part of a zip file, which its directory at the end leads to. */
function part(bytes, name) {
  const end = bytes.lastIndexOf("PK\x05\x06");
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [length, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    if (bytes.toString("utf8", at + 46, at + 46 + length) === name) {
      const file = bytes.readUInt32LE(at + 42);
      const from = file + 30 + bytes.readUInt16LE(file + 26) + bytes.readUInt16LE(file + 28);
      const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
      return (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString();
    }
    at += 46 + length + extra + comment;
  }
  throw new Error(`no ${name}`);
}

/** What a user's browser is told of changes, for as long as it listens. */
function listen(state) {
  const stop = new AbortController();
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const heard = { text: "", stop: () => stop.abort() };
  heard.done = (async () => {
    try {
      const answer = await fetch(`${base}/events`, { headers: { cookie }, signal: stop.signal });
      assert.equal(answer.status, 200);
      for await (const chunk of answer.body) heard.text += Buffer.from(chunk).toString();
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  })();
  return heard;
}

suite("a committee", () => {
  let browser;
  const states = [];
  let startup;
  let deal;
  let attendees;
  let presenter;

  before(async () => {
    browser = await launch();
    for (const link of [first, ...others.split(" ")]) states.push(await signIn(browser, base, link));
    const found = await api(
      `query($name: String!) { users { id name role isActive } startups(first: 5, filter: {search: $name}) { nodes { id name version
       evidence(first: 20, filter: {kinds: [PAYING_CUSTOMERS]}) { nodes { id grade } } deals(first: 5, filter: {statuses: [ACTIVE]}) { nodes { id } } } } }`,
      { name: NAME },
    );
    startup = found.startups.nodes.find((one) => one.name === NAME);
    assert.ok(startup, `${NAME} is there`);
    [deal] = startup.deals.nodes;
    // The demonstration's own: who runs it, and its two other partners.
    const voters = found.users.filter((user) => user.isActive && ["ADMIN", "PARTNER"].includes(user.role) && user.name !== "Suites");
    attendees = voters.map((user) => user.id);
    presenter = voters.find((user) => user.role === "ADMIN").id;
    assert.equal(attendees.length, 3);
    for (const record of startup.evidence.nodes.filter((record) => record.grade !== "VERIFIED")) {
      const input = { evidence: record.id, grade: "VERIFIED", checked: "called 3 customers" };
      await write("reviewEvidence", input);
    }
  });

  after(async () => browser?.close());

  async function open(state, address, language) {
    const context = await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 }, storageState: state });
    await context.addCookies([
      { name: "lang", value: language, url: base },
      { name: "theme", value: WORDS[language].theme, url: base },
    ]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(address);
    return { context, page };
  }

  /** Presses a key of the page and waits until what it did is there. */
  async function press(page, key) {
    const turned = page.waitForEvent("framenavigated");
    await page.keyboard.press(key);
    await turned;
    await page.waitForLoadState("load");
  }

  /** All of them come to show it soon. */
  const soon = (all, where, hasText) => Promise.all(all.map(({ page }) => page.locator(where, { hasText }).waitFor({ timeout: SOON_MS })));

  for (const language of ["en", "zh"]) {
    const words = WORDS[language];

    test(`votes blind by keyboard, decides, moves the deal and stays as it was, in ${language}`, async () => {
      // Where it began, whatever another run left.
      const { deal: now } = await api("query($id: ID!) { deal(id: $id) { version stage { key } } }", { id: deal.id });
      if (now.stage.key !== "DILIGENCE") {
        const input = { id: deal.id, version: now.version, stage: "DILIGENCE", reason: "Looked at again" };
        await write("moveDeal", input);
      }
      const input = { kind: "COMMITTEE", title: `Three votes, ${language}`, startsAt: "2031-02-03T02:00:00Z", attendees, presenter };
      const { review } = await write("scheduleReview", input, "review { id items { id deal { id } } }");
      let items = review.items;
      if (!items.some((item) => item.deal.id === deal.id)) {
        const input = { review: review.id, deal: deal.id };
        await write("addAgendaItem", input);
        items = (await api("query($id: ID!) { review(id: $id) { items { id deal { id } } } }", { id: review.id })).review.items;
      }
      const ours = items.find((item) => item.deal.id === deal.id).id;
      const rest = items.map((item) => item.id).filter((id) => id !== ours);
      assert.ok(rest.length > 0, "another item before it");
      const ordered = { review: review.id, items: [rest[0], ours, ...rest.slice(1)] };
      await write("orderAgenda", ordered);

      // It begins: everybody and the screen follow.
      const address = `/reviews/${review.id}`;
      const [lead, second, third, screen] = [
        await open(states[0], address, language),
        await open(states[1], address, language),
        await open(states[2], address, language),
        await open(states[0], `${address}/screen`, language),
      ];
      await axe(screen.page, "screen before it begins");
      // Who cannot come votes before it begins.
      await second.page.goto(`${address}/preread`);
      const early = second.page.locator(`#i-${ours}`);
      await early.getByRole("button", { name: words.no, exact: true }).click();
      await second.page.locator(".said").waitFor();
      assert.ok(second.page.url().endsWith(`#i-${ours}`));
      assert.equal(await early.locator("[aria-pressed=true]").textContent(), words.no);
      await axe(second.page, "pre-read with votes");

      // The bar of any page leads attendees there as soon as it goes on.
      const elsewhere = await open(states[1], "/startups", language);
      const onNow = elsewhere.page.locator(".on-now a", { hasText: `Three votes, ${language}` });
      assert.equal(await onNow.count(), 0);
      await lead.page.locator('form:has([name=act][value="start"]) button').focus();
      await press(lead.page, "Enter");
      await lead.page.waitForURL(/\/live/);
      for (const { page } of [second, third]) await page.goto(`${address}/live`);
      await screen.page.locator(".screen-item").waitFor({ timeout: SOON_MS });
      await onNow.waitFor({ timeout: SOON_MS });
      assert.equal(await onNow.getAttribute("href"), `${address}/live`);
      await axe(elsewhere.page, "a page while a meeting goes on");
      assert.equal(await screen.page.locator(".on-now").count(), 0, "a room sees no bar");
      await press(lead.page, "n");
      await soon([lead, second, third, screen], "#h-item", NAME);
      await axe(screen.page, "screen");
      await axe(second.page, "live");
      // One turns the page for all, until another takes over.
      assert.equal(await second.page.locator("[data-key=n]").count(), 0);
      await second.page.keyboard.press("n");
      const takeOver = async ({ page }) => {
        await page.getByRole("button", { name: words.takeOver }).click();
        await page.locator("[data-key=n]").waitFor();
      };
      await takeOver(second);
      await lead.page.locator("[data-key=n]").waitFor({ state: "detached", timeout: SOON_MS });
      await takeOver(lead);
      await soon([lead, second, third, screen], "#h-item", NAME);
      const timer = () => screen.page.locator(".timer-now").textContent();
      const begun = await timer();
      assert.match(begun, /^\d\d:\d\d$/);

      // Nobody learns what another votes, in no page and from no event.
      const heard = states.map(listen);
      const voted = async (page, n) => page.locator("#h-votes", { hasText: language === "en" ? `${n} of 3` : `${n}/3` }).waitFor();
      await voted(second.page, 1);
      await press(lead.page, "2");
      await voted(second.page, 2);
      // A vote beside something that is being typed leaves it alone.
      await second.page.locator("#notes").fill("Typed beside the vote");
      await second.page.locator("h1").click();
      await second.page.keyboard.press("1");
      await second.page.locator(".ballot [aria-pressed=true]", { hasText: words.strong }).waitFor();
      assert.equal(await second.page.locator("#notes").inputValue(), "Typed beside the vote");
      // It can be changed there, and back.
      for (const [key, chosen] of [["2", words.yes], ["1", words.strong]]) {
        await second.page.keyboard.press(key);
        await second.page.locator(`.ballot [aria-pressed=true][data-key="${key}"]`, { hasText: chosen }).waitFor();
      }
      assert.equal(await second.page.locator("[data-refused]").count(), 0);
      await press(third.page, "3");
      for (const { page } of [lead, second, third]) {
        await page.locator("#h-votes", { hasText: words.voted }).waitFor();
        assert.equal(await page.locator(".votes strong").count(), 1, "one's own vote alone");
      }
      await screen.page.getByText(words.voted).waitFor();
      assert.equal(await screen.page.locator(".votes").count(), 0);
      assert.equal((await lead.page.locator(".votes").textContent()).includes(words.strong), false);
      for (const { page } of [lead, second, third]) assert.equal(await page.locator(".tally").count(), 0);
      for (const one of heard) one.stop();
      await Promise.all(heard.map((one) => one.done));
      for (const { text } of heard) {
        assert.match(text, /agenda_item/, "it heard that somebody voted");
        assert.doesNotMatch(text, /STRONG_YES|"NO"|"YES"/i);
      }

      // Closed, they are told to all; then it is decided, and the deal moves with it.
      await lead.page.keyboard.press("v");
      assert.equal(await lead.page.evaluate(() => document.activeElement.id), "h-votes");
      await press(lead.page, "c");
      await soon([lead, second, third, screen], ".tally", words.tally);
      assert.equal(await third.page.locator(".votes strong").count(), 3);
      await lead.page.keyboard.press("d");
      assert.equal(await lead.page.evaluate(() => document.activeElement.id), "kind");
      // What is refused says why, and loses nothing of what was typed.
      assert.equal(await lead.page.locator("#kind").inputValue(), "ADVANCE", "what the votes mean is proposed");
      await lead.page.locator("#kind").selectOption("PASS");
      await lead.page.locator("#rationale").fill("Three studios pay");
      await lead.page.locator('form:has([name=act][value="decide"]) button').focus();
      await press(lead.page, "Enter");
      await lead.page.locator('.faults[role="alert"]').waitFor();
      assert.equal(await lead.page.locator("#kind").inputValue(), "PASS");
      assert.equal(await lead.page.locator("#rationale").inputValue(), "Three studios pay");
      await axe(lead.page, "a decision that was refused");
      await lead.page.locator("#kind").selectOption("ADVANCE");
      await lead.page.locator("#stage").selectOption("COMMITTEE");
      await lead.page.keyboard.press("Tab");
      await lead.page.locator('form:has([name=act][value="decide"]) button').focus();
      await press(lead.page, "Enter");
      await soon([lead, second, third, screen], ".decided", words.decided);
      assert.notEqual(await timer(), begun, "the timer counts");

      // Turned on, the page stays where somebody is typing, and is turned for all others.
      await press(lead.page, "n");
      await third.page.locator("#h-item", { hasText: NAME }).waitFor({ state: "detached", timeout: SOON_MS });
      await second.page.locator(".notice").waitFor({ timeout: SOON_MS });
      assert.ok((await second.page.locator("#h-item").textContent()).includes(NAME));
      assert.equal(await second.page.locator("#notes").inputValue(), "Typed beside the vote");
      await second.page.locator('form:has([name=act][value="notes"]) button').focus();
      await press(second.page, "Enter");
      assert.equal((await second.page.locator("#h-item").textContent()).includes(NAME), false, "saved, it goes on with all");
      await second.page.goto(`${address}/live?item=${ours}`);
      assert.equal(await second.page.locator("#notes").inputValue(), "Typed beside the vote");
      await press(second.page, "b");
      assert.equal((await second.page.locator("#h-item").textContent()).includes(NAME), false);

      // What is open is said before it is closed for good.
      await lead.page.locator(".closing summary").click();
      assert.equal(await lead.page.locator(".closing li").count() > 0, true);
      await axe(lead.page, "what closing leaves open");
      await lead.page.locator('form:has([name=act][value="close"]) button').focus();
      await press(lead.page, "Enter");
      await lead.page.waitForURL(/\/minutes/);
      await screen.page.locator(".pause").waitFor({ timeout: SOON_MS });
      await onNow.waitFor({ state: "detached", timeout: SOON_MS });
      const board = await open(states[0], "/pipeline", language);
      const card = board.page.locator('[data-column="COMMITTEE"] [data-deal]').filter({ has: board.page.locator(".name", { hasText: new RegExp(`^${NAME}$`) }) });
      await card.waitFor();
      assert.equal((await card.textContent()).includes(words.overridden), false);

      // What was frozen stays, whatever becomes of what it speaks of.
      const file = async (name) => (await lead.context.request.get(`${address}/${name}`)).text();
      const read = async () => [await file("minutes.md"), await file("minutes.json"), await lead.page.locator(".minutes").innerHTML()];
      const frozen = await read();
      assert.match(frozen[0], new RegExp(NAME));
      const rename = async (name) => {
        const { startup: seen } = await api("query($id: ID!) { startup(id: $id) { version } }", { id: startup.id });
        const input = { id: startup.id, version: seen.version, name };
        await write("updateStartup", input);
      };
      await rename("Cube Foundry");
      try {
        await lead.page.reload();
        assert.deepEqual(await read(), frozen);
      } finally {
        await rename(NAME);
      }

      // As a document each gets what is for them: Evalgrid's deal is restricted, and one of the three is on its team.
      const body = async ({ context }) => part(await (await context.request.get(`${address}/minutes.docx`)).body(), "word/document.xml");
      const documents = await Promise.all([lead, second, third].map(body));
      for (const text of documents) for (const word of [NAME, words.decided, "Three studios pay"]) assert.ok(text.includes(word), word);
      const sees = documents.map((text) => text.includes("Evalgrid"));
      for (const [n, text] of documents.entries()) assert.ok(sees[n] || text.includes(words.pause), "a pause in its place");
      assert.deepEqual([...sees].sort(), [false, true, true]);

      // Copied, it keeps its headings; where there is no clipboard it is selected.
      await lead.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
      const copy = async (page) => {
        await page.locator('[data-copies="minutes"]').click();
        return page.locator('[data-copies="minutes"] + [role=status]');
      };
      await (await copy(lead.page)).getByText(words.copied).waitFor();
      const clip = await lead.page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        return Promise.all(["text/html", "text/plain"].map(async (type) => (await item.getType(type)).text()));
      });
      assert.match(clip[0], new RegExp(`<h2[^>]*>[^<]*${NAME}`));
      assert.ok(clip[1].includes(NAME) && !clip[1].includes("<h2"));
      await axe(lead.page, "minutes that were copied");
      await second.page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
      await second.page.goto(`${address}/minutes`);
      await (await copy(second.page)).getByText(words.marked).waitFor();
      assert.ok((await second.page.evaluate(() => getSelection().toString())).includes(NAME));
      for (const { context } of [lead, second, third, screen, board, elsewhere]) await context.close();
    });
  }
});
