// What others change is seen at once; without it a page shows it when it is asked for again. One tab follows /events for
// all tabs of a browser. An event says that something changed and never what: a page asks for itself by its own address
// and changes in place. What somebody is typing in is left alone.
(() => {
  const root = document.getElementById("live");
  const bar = root?.querySelector("[data-paused]");
  // Not there for whoever is not signed in, nor whole on a page that was left while it was still being read.
  if (!bar) return;
  const main = document.getElementById("content");
  const follows = (main.dataset.follows ?? "").split(" ").filter(Boolean);
  const sheet = document.querySelector("form[data-record]");
  const onNow = document.getElementById("on-now");
  const GATHER_MS = 250;
  const RETRY_MS = 500;
  const RETRY_LOST_MS = 2_000;
  const RETRY_MOST_MS = 15_000;
  const LAST = "touchstone-last-event";
  const NAME = "touchstone-live";
  const TYPED = "input:not([type=hidden], [type=submit], [type=button]), textarea, select, [contenteditable]";
  const channel = new BroadcastChannel(NAME);
  const template = (name) => root.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);

  // What a signal stirs.

  function hear(message) {
    if (message.kind === "state") bar.hidden = message.isWell;
    else if (message.kind === "gap") stir();
    else if (message.kind === "signal") {
      const { signal } = message;
      if (sheet && signal.id === sheet.dataset.record) tell(sheet, signal);
      const about = [signal.type, signal.id, ...signal.of];
      if (follows.some((one) => about.includes(one))) stir(signal);
      // The bar of every page says which meetings go on.
      else if (onNow && signal.type === "review") ask();
    }
  }

  /** Says beside a form that somebody changed what it changes; the form stays as it is. */
  function tell(form, signal) {
    const known = Number(form.elements.namedItem("version")?.value);
    if (known && signal.version && signal.version <= known) return;
    badge(form, signal.by?.name);
  }

  function badge(form, who) {
    const before = form.previousElementSibling;
    const part = before?.matches(".live-badge") ? before : template("badge");
    part.querySelector("[data-who]").textContent = root.dataset.changed.replace("{who}", who ?? root.dataset.somebody);
    const link = part.querySelector("a");
    if (form.dataset.at) link.href = form.dataset.at;
    else link?.remove();
    if (part !== before) form.before(part);
  }

  let timer;
  let isAsking = false;
  let isStale = false;
  let isBarStale = false;
  let author;

  function stir(signal) {
    author = signal?.by?.name ?? author;
    isStale = true;
    ask();
  }

  function ask() {
    isBarStale = true;
    if (!isAsking && !document.hidden) timer ??= setTimeout(refresh, GATHER_MS);
  }

  const isBusy = () => main.querySelector("[data-dragged], [data-deal][aria-busy]") !== null;

  async function refresh() {
    timer = undefined;
    if (isBusy()) {
      timer = setTimeout(refresh, GATHER_MS);
      return;
    }
    const isForBar = !isStale;
    isStale = false;
    isBarStale = false;
    isAsking = true;
    let answer;
    let text;
    try {
      answer = await fetch(location.href.split("#")[0], { headers: { "HX-Request": "true" } });
      text = await answer.text();
    } catch {
      // Lost on the way: it is asked for again, as nothing else may happen that would.
      isAsking = false;
      isStale ||= !isForBar;
      isBarStale = true;
      timer ??= setTimeout(refresh, RETRY_LOST_MS);
      return;
    }
    try {
      if (!answer.ok || answer.redirected) {
        if (!isForBar) offer(root.dataset.refresh);
      } else {
        const part = document.createElement("template");
        part.innerHTML = text;
        const now = part.content.getElementById("on-now");
        if (onNow && now) morph(onNow, now, knownIn(onNow));
        const fresh = part.content.getElementById("content");
        if (!isForBar && (isBusy() || (fresh && stays(fresh)))) isStale = true;
        else if (!isForBar && fresh) swap(fresh);
      }
    } catch (error) {
      // What could not be put in place is there when the page is asked for anew.
      offer(root.dataset.refresh);
      throw error;
    } finally {
      isAsking = false;
      if (isStale || isBarStale) ask();
    }
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && (isStale || isBarStale)) ask();
  });

  // Changing in place.

  const keyOf = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const { key, deal, column, head } = node.dataset;
    if (node.id || key) return node.id || key;
    if (deal) return `deal ${deal}`;
    if (column) return `stage ${column}`;
    if (head) return `head ${head}`;
    // Of things to be done and of changes: whose button it is, and where one address does many things, which.
    const form = node.localName === "form" ? node : node.localName === "li" ? node.querySelector("form[action]") : null;
    const action = form?.getAttribute("action");
    if (!action) return "";
    const what = ["act", "item"].map((name) => form.querySelector(`input[type=hidden][name=${name}]`)?.value ?? "");
    return [node.localName, action, ...what].join(" ");
  };

  function isDirty(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.localName === "select") {
      const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
      return Boolean(chosen) && !chosen.selected;
    }
    return field.matches(TYPED) && field.value !== field.defaultValue;
  }

  const isHeld = (form) =>
    (form.contains(document.activeElement) && document.activeElement.matches(TYPED)) || [...form.elements].some(isDirty);

  /** Whether two forms look the same: their keys differ each time. */
  function looksAlike(one, other) {
    const [a, b] = [one, other].map((form) => {
      const copy = form.cloneNode(true);
      for (const input of copy.querySelectorAll("input[type=hidden]")) input.remove();
      return copy;
    });
    return a.isEqualNode(b);
  }

  const OURS = new Set(["open", "hidden", "aria-busy", "data-over", "data-chosen", "tabindex"]);

  const formsIn = (node) => [...node.querySelectorAll("form"), ...(node.localName === "form" ? [node] : [])];

  let sent = 0;
  const unanswered = new WeakMap();
  const renew = (form) => {
    const key = form.elements.namedItem("key");
    if (key) key.value = `${key.value.replace(/-r\d+$/, "")}-r${++sent}`;
  };
  // A button beside something that is being typed does its work without leaving the page.
  main.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!main.querySelector("[data-stays]") || !formsIn(main).some((one) => one !== form && isHeld(one))) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    document.querySelector("[data-refused]")?.remove();
    try {
      const fields = [...new FormData(form, submitter)];
      const said = String(new URLSearchParams(fields.filter(([name]) => name !== "key")));
      // Sent once more it is the same, with the same key; anything else has one of its own.
      if (unanswered.has(form) && unanswered.get(form) !== said) renew(form);
      unanswered.set(form, said);
      const body = new URLSearchParams([...new FormData(form, submitter)]);
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      unanswered.delete(form);
      renew(form);
      if (answer.type === "opaqueredirect") {
        // What was sent is being typed no more.
        for (const area of form.querySelectorAll("textarea")) area.defaultValue = area.value;
        form.reset();
        if (form.contains(document.activeElement)) document.activeElement.blur();
        isStale = true;
        ask();
      } else {
        const part = document.createElement("template");
        part.innerHTML = await answer.text();
        refuse(part.content.querySelector(".faults ul, .told"));
      }
    } catch {
      hear({ kind: "state", isWell: false });
    } finally {
      form.removeAttribute("aria-busy");
    }
  });

  /** Says why something was not done, above what stays as it is. */
  function refuse(lines) {
    const box = document.createElement("div");
    box.className = "faults over";
    box.tabIndex = -1;
    box.dataset.refused = "";
    box.setAttribute("role", "alert");
    if (lines) box.append(lines);
    else box.textContent = root.dataset.refresh;
    main.before(box);
    box.focus();
  }

  /** Whether the page would turn below what somebody is typing: then it stays, under an address that says where. */
  function stays(fresh) {
    const here = main.querySelector("[data-stays]");
    const next = fresh.querySelector("[data-stays]");
    if (!here || here.dataset.stays === next?.dataset.stays || !formsIn(here).some(isHeld)) return false;
    history.replaceState(history.state, "", here.dataset.stays);
    return true;
  }

  function morph(from, to, known) {
    if (from.nodeType !== Node.ELEMENT_NODE) {
      if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
      return;
    }
    if (from.isEqualNode(to) || from.matches("[data-keep], dialog, .live-badge")) return;
    if (from.localName === "form" && isHeld(from)) {
      if (!looksAlike(from, to)) badge(from, author);
      return;
    }
    for (const { name, value } of to.attributes) if (!OURS.has(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
    for (const { name } of [...from.attributes]) if (!OURS.has(name) && !to.hasAttribute(name)) from.removeAttribute(name);
    // A key that two share tells neither of them.
    const own = (node) => {
      const key = keyOf(node);
      return known.get(key) === null ? "" : key;
    };
    let at = from.firstChild;
    for (const next of to.childNodes) {
      const key = own(next);
      let match = key ? known.get(key) : undefined;
      for (let node = at; !key && node; node = node.nextSibling) {
        if (node.nodeType === next.nodeType && node.nodeName === next.nodeName && !own(node)) {
          match = node;
          break;
        }
      }
      if (!match || match.nodeName !== next.nodeName || match.contains(from)) {
        from.insertBefore(document.importNode(next, true), at);
        continue;
      }
      if (match === at) at = at.nextSibling;
      else from.insertBefore(match, at);
      morph(match, next, known);
    }
    while (at) {
      const node = at;
      at = at.nextSibling;
      const isKept = node.nodeType === Node.ELEMENT_NODE && (node.matches(".live-badge") || formsIn(node).some(isHeld));
      if (!isKept) node.remove();
    }
  }

  function knownIn(region) {
    const known = new Map();
    for (const node of region.querySelectorAll("[id], [data-key], [data-deal], [data-column], [data-head], form, li")) {
      const key = keyOf(node);
      if (key) known.set(key, known.has(key) ? null : node);
    }
    return known;
  }

  /** Rows in place and in their order; how many came, went or stand elsewhere by now. */
  function morphRows(from, to) {
    const fresh = new Map([...to.children].map((row) => [keyOf(row), row]));
    const shown = [...from.children].map(keyOf);
    for (const row of from.children) {
      const next = fresh.get(keyOf(row));
      if (next) morph(row, next, knownIn(row));
    }
    const both = shown.filter((key) => fresh.has(key));
    const isShown = new Set(shown);
    const order = [...fresh.keys()].filter((key) => isShown.has(key));
    // What comes at the top of a page pushes something off its end: that is one change.
    const [came, went] = [fresh.size - order.length, shown.length - both.length];
    return Math.max(came, went) + both.filter((key, n) => key !== order[n]).length;
  }

  function swap(fresh) {
    const marked = [...main.querySelectorAll("[data-fresh], [data-rows]")];
    const regions = marked.length ? marked : [main];
    const twin = (region) => (region === main ? fresh : fresh.querySelector(`#${CSS.escape(region.id)}`));
    if (regions.some((region) => !twin(region))) {
      offer(root.dataset.refresh, fresh);
      return;
    }
    const focus = focusKept();
    let changes = 0;
    for (const region of regions) {
      if (region.matches("[data-rows]")) changes += morphRows(region, twin(region));
      else morph(region, twin(region), knownIn(region));
    }
    focus();
    if (changes) offer(changes === 1 ? root.dataset.one : root.dataset.many.replace("{n}", changes), fresh);
    else root.querySelector(".live-pill")?.remove();
    document.dispatchEvent(new CustomEvent("fresh"));
  }

  /** The focus stays where it is; where that is gone it goes to what stood beside it, else to the heading above. */
  function focusKept() {
    const held = document.activeElement;
    if (!held || !main.contains(held)) return () => {};
    const item = held.closest("li, tr, [data-deal]");
    const heading = held.closest("section")?.querySelector("h2, h1") ?? main.querySelector("h1");
    const beside = [item?.nextElementSibling, item?.previousElementSibling];
    return () => {
      if (document.activeElement === held) return;
      const first = (node) => node?.querySelector(".name, a[href], button");
      const next = held.isConnected ? held : first(beside.find((node) => node?.isConnected)) ?? heading;
      if (!next?.isConnected) return;
      if (next === heading && !heading.hasAttribute("tabindex")) heading.tabIndex = -1;
      next.focus({ preventScroll: true });
    };
  }

  /** What a list does not do under its reader's eyes is offered. */
  function offer(text, fresh) {
    const part = root.querySelector(".live-pill") ?? template("pill");
    part.querySelector("span").textContent = text;
    part.querySelector("button").onclick = () => {
      if (!fresh) {
        location.reload();
        return;
      }
      part.remove();
      morph(main, fresh, knownIn(main));
      const heading = main.querySelector("h1");
      heading.tabIndex = -1;
      heading.focus();
    };
    root.append(part);
  }

  // The stream: one tab holds it, and says to the others what it hears.

  let last = localStorage.getItem(LAST) ?? "";
  const say = (message) => {
    hear(message);
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }) => {
    if (data.kind === "signal") last = data.last;
    if (data.kind === "again") tryAgain();
    else hear(data);
  };
  let wait = RETRY_MS;
  let isOver = false;
  let isWoken = false;
  /** Gives up what is waited for or listened to. */
  let wake = () => {};
  /** Connects at once. */
  function tryAgain() {
    if (isOver) return;
    wait = RETRY_MS;
    isWoken = true;
    wake();
  }
  bar.querySelector("button").addEventListener("click", () => {
    // Signed out, or with other rights: this page asks anew who reads it, and no other does, where somebody may be typing.
    if (isOver) location.reload();
    tryAgain();
    channel.postMessage({ kind: "again" });
  });
  // The stream may have lived through it or not; a new one tells.
  addEventListener("online", tryAgain);
  addEventListener("offline", () => hear({ kind: "state", isWell: false }));

  function take({ id, event, data }) {
    if (event === "signal") {
      last = id;
      localStorage.setItem(LAST, id);
      say({ kind: "signal", signal: JSON.parse(data), last });
    } else if (event === "gap") {
      last = "";
      localStorage.removeItem(LAST);
      say({ kind: "gap" });
    }
  }

  /** Reads events until the stream ends; whether the session is over. */
  async function listen(isThere) {
    const stop = new AbortController();
    wake = () => stop.abort();
    let period = RETRY_MOST_MS;
    let silence;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), period);
    };
    try {
      alive();
      const answer = await fetch(root.dataset.events, { signal: stop.signal, cache: "no-store", headers: last ? { "Last-Event-ID": last } : {} });
      if (answer.status === 401 || answer.status === 403) return true;
      if (!answer.ok) return false;
      isThere();
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return false;
        alive();
        text += value;
        const events = text.split("\n\n");
        text = events.pop();
        for (const lines of events) {
          const event = { data: "" };
          for (const line of lines.split("\n")) {
            const at = line.indexOf(": ");
            event[line.slice(0, at)] = line.slice(at + 2);
          }
          if (event.event === "hello") period = JSON.parse(event.data).beat_ms * 2.5;
          if (event.event === "over") return true;
          take(event);
        }
      }
    } catch {
      return false;
    } finally {
      clearTimeout(silence);
      stop.abort();
    }
  }

  async function lead() {
    let wasThere = false;
    while (!isOver) {
      isWoken = false;
      isOver = await listen(() => {
        wait = RETRY_MS;
        say({ kind: "state", isWell: true });
        // Nothing says from where on the server should tell.
        if (wasThere && !last) say({ kind: "gap" });
        wasThere = true;
      });
      if (isOver || isWoken) continue;
      // A stream that is lost and found at once is nobody's concern.
      if (wait > RETRY_MS) say({ kind: "state", isWell: false });
      await new Promise((resolve) => {
        wake = resolve;
        setTimeout(resolve, wait);
      });
      wait = Math.min(wait * 2, RETRY_MOST_MS);
    }
    hear({ kind: "state", isWell: false });
  }

  // Names across tabs need https or this very machine; without them each tab follows for itself.
  if (navigator.locks) navigator.locks.request(NAME, lead);
  else lead();
})();
