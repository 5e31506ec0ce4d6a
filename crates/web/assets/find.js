// The search as an overlay: Ctrl or ⌘ with K opens it anywhere. Without a script its button leads to /search. Nothing is
// asked while signs are being composed.
(() => {
  const opener = document.querySelector("[data-find]");
  const dialog = document.querySelector("dialog.finder");
  if (!opener || !dialog) return;
  const form = dialog.querySelector("form");
  const field = dialog.querySelector("input");
  const results = dialog.querySelector(".results");
  const WAIT_MS = 120;
  let timer;
  let asking;
  let isComposing = false;

  const hits = () => [...results.querySelectorAll("[data-hit]")];
  const chosen = () => results.querySelector("[data-hit][data-chosen]");
  const choose = (hit) => {
    chosen()?.removeAttribute("data-chosen");
    if (!hit) return;
    hit.setAttribute("data-chosen", "");
    hit.scrollIntoView({ block: "nearest" });
  };
  const isEnough = (text) => text.length >= 2 || /\p{Script=Han}/u.test(text);

  async function ask() {
    asking?.abort();
    const text = field.value.trim();
    if (!isEnough(text)) {
      results.replaceChildren();
      return;
    }
    asking = new AbortController();
    const query = new URLSearchParams({ q: text });
    try {
      const answer = await fetch(`/search?${query}`, { headers: { "HX-Request": "true" }, signal: asking.signal });
      if (answer.redirected || !answer.ok) {
        location.href = `/search?${query}`;
        return;
      }
      results.innerHTML = await answer.text();
      choose(hits()[0]);
    } catch (error) {
      if (error.name !== "AbortError") location.href = `/search?${query}`;
    }
  }

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
  }

  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    if (event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  field.addEventListener("compositionstart", () => {
    isComposing = true;
    clearTimeout(timer);
  });
  field.addEventListener("compositionend", () => {
    isComposing = false;
    timer = setTimeout(ask, WAIT_MS);
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (!isComposing) timer = setTimeout(ask, WAIT_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = hits();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? at + 1 : at - 1;
      if (all.length) choose(all[(next + all.length) % all.length]);
    } else if (event.key === "Escape") {
      // Of itself a search field would only be emptied.
      event.preventDefault();
      dialog.close();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      all[at].click();
    }
  });
  form.addEventListener("submit", (event) => {
    if (isComposing) event.preventDefault();
  });
  // A place on the page that is open already: nothing is loaded that would close the overlay.
  results.addEventListener("click", (event) => {
    if (event.target.closest("[data-hit]")) dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => opener.focus());
})();
