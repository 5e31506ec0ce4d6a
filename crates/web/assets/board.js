// The board by hand and by keyboard; without it every card's button leads to the form of its move. A card that is moved
// goes at once and comes back where the server says no; then the form opens over the board and says why. After a move
// the card and the heads of both stages are asked for anew, and nothing else.
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const live = document.querySelector("[data-live]");
  const dialog = document.querySelector("[data-dialog]");
  const toasts = document.querySelector("[data-toasts]");
  const fates = document.querySelector("[data-fates]");
  const TOAST_MS = 8000;
  const HEADERS = { "HX-Request": "true" };

  const columns = () => [...board.querySelectorAll("[data-column]")];
  const columnOf = (key) => board.querySelector(`[data-column="${CSS.escape(key)}"]`);
  const cardOf = (id) => board.querySelector(`[data-deal="${CSS.escape(id)}"]`);
  const cardsIn = (column) => [...column.querySelectorAll("[data-deal]")];
  const focusCard = (card) => card?.querySelector(".name")?.focus();
  const isMovable = (card) => card?.querySelector("[data-move]") !== null;
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  /** Asks the server; a page that was sent elsewhere (to sign in, say) is gone to. */
  async function ask(address, options = {}) {
    const answer = await fetch(address, { ...options, headers: { ...HEADERS, ...options.headers } });
    if (answer.redirected) {
      location.href = answer.url;
      return undefined;
    }
    return answer;
  }

  function say(text) {
    if (live) live.textContent = text;
  }

  function toast(part) {
    if (!part || !toasts) return;
    while (toasts.children.length >= 3) toasts.firstElementChild.remove();
    toasts.append(part);
    let timer;
    const wait = () => (timer = setTimeout(() => part.remove(), TOAST_MS));
    const hold = () => clearTimeout(timer);
    for (const event of ["pointerenter", "focusin"]) part.addEventListener(event, hold);
    for (const event of ["pointerleave", "focusout"]) part.addEventListener(event, wait);
    part.querySelector("[data-dismiss]").addEventListener("click", () => part.remove());
    wait();
  }

  /** Draws the heads of some stages and one card anew, where they now are. */
  async function redraw(id, stages) {
    const answer = await ask(location.href.split("#")[0], {
      headers: { "X-Card": id, "X-Stages": [...new Set(stages)].join(",") },
    });
    if (!answer?.ok) return;
    const part = parsed(await answer.text());
    for (const head of part.querySelectorAll("[data-head]")) {
      board.querySelector(`[data-head="${CSS.escape(head.dataset.head)}"]`)?.replaceWith(head);
    }
    const card = part.querySelector("[data-deal]");
    const old = cardOf(id);
    if (card) {
      const list = columnOf(card.dataset.stage)?.querySelector("[data-cards]");
      if (old && list?.contains(old)) old.replaceWith(card);
      else {
        old?.remove();
        list?.prepend(card);
      }
    }
    return { card, told: part.querySelector("[data-told]")?.textContent ?? "" };
  }

  /** After a move: what is said, and the focus on the card; if it is gone, on its neighbour or the stage's head. */
  async function settle(id, from, answer) {
    const part = parsed(await answer.text()).querySelector("[data-toast]");
    const old = cardOf(id);
    const neighbour = old?.nextElementSibling ?? old?.previousElementSibling;
    if (old) old.dataset.version = part.dataset.version;
    const drawn = await redraw(id, [from, part.dataset.stage]);
    const text = part.querySelector("p").textContent;
    toast(part);
    say(drawn?.told || text);
    const card = drawn?.card ?? cardOf(id);
    if (drawn && !drawn.card && card?.dataset.stage === part.dataset.stage) {
      // It came out of what this board shows.
      card.remove();
      if (neighbour?.isConnected) focusCard(neighbour);
      else board.querySelector(`#h-${CSS.escape(from)}`)?.focus();
      return;
    }
    if (card) {
      card.removeAttribute("aria-busy");
      card.dataset.stage = part.dataset.stage;
      focusCard(card);
    }
  }

  /** Moves a card at once; puts it back where the server says no, and shows why. */
  async function move(card, target) {
    const from = card.dataset.stage;
    const to = target.dataset.column;
    if (from === to || card.hasAttribute("aria-busy") || !isMovable(card) || target.hasAttribute("data-retired")) return;
    const all = columns();
    if (all.indexOf(target) < all.indexOf(card.closest("[data-column]"))) {
      // One that goes back is asked why.
      await open(card, { to });
      return;
    }
    const place = { list: card.parentElement, next: card.nextElementSibling };
    const list = target.querySelector("[data-cards]");
    card.setAttribute("aria-busy", "true");
    list?.prepend(card);
    if (list) focusCard(card);
    const back = () => {
      place.list.insertBefore(card, place.next?.parentElement === place.list ? place.next : null);
      card.removeAttribute("aria-busy");
    };
    const body = new URLSearchParams({
      stage: to,
      "was.stage": from,
      version: card.dataset.version,
      key: crypto.randomUUID(),
    });
    try {
      const answer = await ask(card.querySelector("[data-move]").href, { method: "POST", body });
      if (!answer) return;
      if (answer.ok) {
        await settle(card.dataset.deal, from, answer);
        return;
      }
      back();
      if (answer.status === 422 || answer.status === 409) show(card, await answer.text());
      else location.href = card.querySelector("[data-move]").href;
    } catch {
      back();
      focusCard(card);
      say(board.dataset.failed);
    }
  }

  // The form of a move over the board.
  let opener;

  function show(card, html, { status, to } = {}) {
    opener = card.dataset.deal;
    dialog.innerHTML = html;
    const title = dialog.querySelector("h1");
    // Of a dialog over a page that has its own.
    const heading = document.createElement("h2");
    heading.className = title.className;
    heading.textContent = title.textContent;
    title.replaceWith(heading);
    if (!dialog.open) dialog.showModal();
    const fate = status && dialog.querySelector(status === "PASSED" ? "#f-passReason" : `input[name="status"][value="${CSS.escape(status)}"]`);
    const why = to && dialog.querySelector("#f-reason");
    const first = fate || why || (dialog.querySelector("[autofocus]") ?? dialog.querySelector("input:checked") ?? dialog.querySelector("input:not([type=hidden])"));
    first?.focus();
  }

  /** Opens the form of a card's move, with what is chosen already: the status or the stage that the card was dropped on. */
  async function open(card, chosen = {}) {
    if (!isMovable(card)) return;
    const query = new URLSearchParams(chosen).toString();
    const link = card.querySelector("[data-move]").href + (query ? `?${query}` : "");
    try {
      const answer = await ask(link);
      if (answer?.ok) show(card, await answer.text(), chosen);
      else if (answer) location.href = link;
    } catch {
      location.href = link;
    }
  }

  async function send(form) {
    const id = opener;
    const card = cardOf(id);
    const from = card?.dataset.stage ?? "";
    form.setAttribute("aria-busy", "true");
    const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer) return;
    if (answer.ok) {
      dialog.close();
      await settle(id, from, answer);
    } else if (answer.status === 422 || answer.status === 409) {
      show(card, await answer.text());
    } else {
      location.href = form.action;
    }
  }

  dialog?.addEventListener("submit", (event) => {
    // To another page: the agenda of a meeting.
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const form = event.target;
    if (form.getAttribute("aria-busy")) return;
    send(form).catch(() => {
      form.removeAttribute("aria-busy");
      say(board.dataset.failed);
    });
  });
  dialog?.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-cancel]")) {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog?.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    dialog.querySelector("form").requestSubmit();
  });
  dialog?.addEventListener("close", () => {
    dialog.replaceChildren();
    focusCard(cardOf(opener));
  });

  toasts?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const part = form.closest("[data-toast]");
    const id = /\/deals\/([^/]+)\/void$/.exec(new URL(form.action).pathname)?.[1];
    const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer) return;
    const from = part.dataset.stage;
    part.remove();
    if (answer.ok) await settle(id, from, answer);
    else location.href = form.action;
  });

  board.addEventListener("click", (event) => {
    const link = event.target.closest("[data-move]");
    if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.closest("[data-deal]"));
  });

  // From card to card, and from stage to stage.
  function beside(card, step) {
    const all = columns();
    const at = all.indexOf(card.closest("[data-column]"));
    const row = cardsIn(all[at]).indexOf(card);
    for (let n = at + step; n >= 0 && n < all.length; n += step) {
      const cards = cardsIn(all[n]);
      if (cards.length) return cards[Math.min(row, cards.length - 1)];
    }
    return undefined;
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || dialog?.open) return;
    if (event.target.closest("input, textarea, select, dialog, details.menu")) return;
    const hasSingleKeys = document.documentElement.dataset.keys !== "off";
    const card = event.target.closest?.("[data-deal]");
    if (!card) {
      // Into the board from nowhere in particular.
      if (event.target === document.body && event.key === "ArrowDown" && !event.shiftKey) {
        const first = board.querySelector("[data-deal]");
        if (first) {
          event.preventDefault();
          focusCard(first);
        }
      }
      return;
    }
    const all = columns();
    const at = all.indexOf(card.closest("[data-column]"));
    const go = (to) => {
      event.preventDefault();
      if (to) focusCard(to);
    };
    if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      const target = all[at + (event.key === "ArrowLeft" ? -1 : 1)];
      if (target) move(card, target);
    } else if (event.shiftKey) return;
    else if (event.key === "ArrowDown") go(card.nextElementSibling);
    else if (event.key === "ArrowUp") go(card.previousElementSibling);
    else if (event.key === "ArrowRight") go(beside(card, 1));
    else if (event.key === "ArrowLeft") go(beside(card, -1));
    else if (!hasSingleKeys) return;
    else if (event.key === "m" && dialog) {
      event.preventDefault();
      open(card);
    } else if (event.key === "c") all[at].querySelector("[data-fold]").click();
  });

  // Dragging. A stage has no order by hand: where in it a card falls says nothing.
  let dragged;
  board.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-deal]");
    if (!card || !isMovable(card)) return;
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.querySelector(".name").textContent);
    card.setAttribute("data-dragged", "");
    // Not at once: a drag ends where the page changes below it.
    setTimeout(() => fates?.toggleAttribute("data-shown", dragged !== undefined));
  });
  const over = (column) => {
    for (const one of document.querySelectorAll("[data-over]")) if (one !== column) one.removeAttribute("data-over");
    column?.setAttribute("data-over", "");
  };
  board.addEventListener("dragover", (event) => {
    const column = event.target.closest?.("[data-column]");
    if (!dragged || !column || column.hasAttribute("data-retired")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    over(column);
  });
  board.addEventListener("drop", (event) => {
    const column = event.target.closest?.("[data-column]");
    if (!dragged || !column) return;
    event.preventDefault();
    move(dragged, column);
  });
  // What a deal comes to is dropped on, too; the same form asks for what it needs.
  fates?.addEventListener("dragover", (event) => {
    const fate = event.target.closest?.("[data-fate]");
    if (!dragged || !fate) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    over(fate);
  });
  fates?.addEventListener("drop", (event) => {
    const fate = event.target.closest?.("[data-fate]");
    if (!dragged || !fate) return;
    event.preventDefault();
    open(dragged, { status: fate.dataset.fate });
  });
  board.addEventListener("dragend", () => {
    dragged?.removeAttribute("data-dragged");
    dragged = undefined;
    fates?.removeAttribute("data-shown");
    over(undefined);
  });
})();
