// A committee on three partners' browsers and the projector, by keyboard: blind votes, what they come to, the decision, and
// what is frozen of it. In both languages.
//
//   TOUCHSTONE_URL            a running server with the demonstration, http://host:port
//   TOUCHSTONE_TOKEN          a token for it, of a partner who does not attend
//   TOUCHSTONE_PRESENTER_LINK an unused sign-in link for it, of the demonstration's first partner
//   TOUCHSTONE_MEMBER_LINKS   those of two more, with a blank between
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { leftOut } from "../browser.mjs";
import { axe, launch, signIn } from "../pages.mjs";

const { TOUCHSTONE_URL: base, TOUCHSTONE_TOKEN: token, TOUCHSTONE_PRESENTER_LINK: first, TOUCHSTONE_MEMBER_LINKS: others } = process.env;

const skip = leftOut || (process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no pages" : false);
if (!skip) assert.ok(base && token && first && others, "no TOUCHSTONE_URL, token or links: run through `npm test`");
const suite = skip ? (name) => test(name, { skip }) : describe;

/** How long it may take until what the presenter does is seen by all. */
const SOON_MS = 1000;
const NAME = "Cubeforge";

const WORDS = {
  en: { theme: "light", voted: "3 of 3 voted", tally: "Majority: 2 yes, 1 no → ADVANCE", decided: "Advance → Committee", strong: "Strong yes", overridden: "Gate overridden" },
  zh: { theme: "dark", voted: "已投 3/3", tally: "多数决：2 票赞成，1 票反对 → ADVANCE", decided: "推进 → 投决会", strong: "强烈赞成", overridden: "已破例推进" },
};

async function ask(query, variables = {}) {
  const answer = await fetch(`${base}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  for (const payload of Object.values(data)) assert.deepEqual(payload?.userErrors ?? [], []);
  return data;
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
    const found = await ask(
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
      await ask("mutation($input: ReviewEvidenceInput!) { reviewEvidence(input: $input) { userErrors { message } } }", { input });
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

  /** All of them come to show it within a second. */
  const soon = (all, where, hasText) => Promise.all(all.map(({ page }) => page.locator(where, { hasText }).waitFor({ timeout: SOON_MS })));

  for (const language of ["en", "zh"]) {
    const words = WORDS[language];

    test(`votes blind by keyboard, decides, moves the deal and stays as it was, in ${language}`, async () => {
      // Where it began, whatever another run left.
      const { deal: now } = await ask("query($id: ID!) { deal(id: $id) { version stage { key } } }", { id: deal.id });
      if (now.stage.key !== "DILIGENCE") {
        const input = { id: deal.id, version: now.version, stage: "DILIGENCE", reason: "Looked at again" };
        await ask("mutation($input: MoveDealInput!) { moveDeal(input: $input) { userErrors { message } } }", { input });
      }
      const input = { kind: "COMMITTEE", title: `Three votes, ${language}`, startsAt: "2031-02-03T02:00:00Z", attendees, presenter };
      const { scheduleReview } = await ask("mutation($input: ScheduleReviewInput!) { scheduleReview(input: $input) { review { id items { id deal { id } } } userErrors { message } } }", { input });
      const { review } = scheduleReview;
      let items = review.items;
      if (!items.some((item) => item.deal.id === deal.id)) {
        const input = { review: review.id, deal: deal.id };
        await ask("mutation($input: AddAgendaItemInput!) { addAgendaItem(input: $input) { userErrors { message } } }", { input });
        items = (await ask("query($id: ID!) { review(id: $id) { items { id deal { id } } } }", { id: review.id })).review.items;
      }
      const ours = items.find((item) => item.deal.id === deal.id).id;
      const rest = items.map((item) => item.id).filter((id) => id !== ours);
      assert.ok(rest.length > 0, "another item before it");
      const ordered = { review: review.id, items: [rest[0], ours, ...rest.slice(1)] };
      await ask("mutation($input: OrderAgendaInput!) { orderAgenda(input: $input) { userErrors { message } } }", { input: ordered });

      // It begins: everybody and the screen follow.
      const address = `/reviews/${review.id}`;
      const [lead, second, third, screen] = [
        await open(states[0], address, language),
        await open(states[1], address, language),
        await open(states[2], address, language),
        await open(states[0], `${address}/screen`, language),
      ];
      await axe(screen.page, "screen before it begins");
      await lead.page.locator('form:has([name=act][value="start"]) button').focus();
      await press(lead.page, "Enter");
      await lead.page.waitForURL(/\/live/);
      for (const { page } of [second, third]) await page.goto(`${address}/live`);
      await screen.page.locator(".screen-item").waitFor({ timeout: SOON_MS });
      await press(lead.page, "n");
      await soon([lead, second, third, screen], "#h-item", NAME);
      await axe(screen.page, "screen");
      await axe(second.page, "live");
      const timer = () => screen.page.locator(".timer-now").textContent();
      const begun = await timer();
      assert.match(begun, /^\d\d:\d\d$/);

      // Nobody learns what another votes, in no page and from no event.
      const heard = states.map(listen);
      const voted = async (page, n) => page.locator("#h-votes", { hasText: language === "en" ? `${n} of 3` : `${n}/3` }).waitFor();
      await press(lead.page, "2");
      await voted(second.page, 1);
      await press(second.page, "1");
      await voted(third.page, 2);
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
      await press(lead.page, "c");
      await soon([lead, second, third, screen], ".tally", words.tally);
      assert.equal(await third.page.locator(".votes strong").count(), 3);
      await lead.page.keyboard.press("d");
      assert.equal(await lead.page.evaluate(() => document.activeElement.id), "kind");
      await lead.page.locator("#stage").selectOption("COMMITTEE");
      await lead.page.locator("#rationale").fill("Three studios pay");
      await lead.page.keyboard.press("Tab");
      await lead.page.locator('form:has([name=act][value="decide"]) button').focus();
      await press(lead.page, "Enter");
      await soon([lead, second, third, screen], ".decided", words.decided);
      assert.notEqual(await timer(), begun, "the timer counts");

      await lead.page.locator('form:has([name=act][value="close"]) button').focus();
      await press(lead.page, "Enter");
      await lead.page.waitForURL(/\/minutes/);
      await screen.page.locator(".pause").waitFor({ timeout: SOON_MS });
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
        const { startup: seen } = await ask("query($id: ID!) { startup(id: $id) { version } }", { id: startup.id });
        const input = { id: startup.id, version: seen.version, name };
        await ask("mutation($input: UpdateStartupInput!) { updateStartup(input: $input) { userErrors { message } } }", { input });
      };
      await rename("Cube Foundry");
      try {
        await lead.page.reload();
        assert.deepEqual(await read(), frozen);
      } finally {
        await rename(NAME);
      }
      for (const { context } of [lead, second, third, screen, board]) await context.close();
    });
  }
});
