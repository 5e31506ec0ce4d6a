// Saves keystrokes; nothing needs it. `/` goes to the search, the key of a link or a button presses it, `g` and then a
// letter goes to a page, Esc and a click elsewhere close an open menu. All but Esc can be switched off.
(() => {
  const GO_MS = 1500;
  const isTyping = (target) => target.closest("input, textarea, select, dialog, [contenteditable]") !== null;
  const openMenus = () => document.querySelectorAll("details.menu[open]");
  const isOff = document.documentElement.dataset.keys === "off";
  const places = new Map((document.body.dataset.go ?? "").split(" ").map((place) => [place[0], place.slice(2)]));
  let goBefore = 0;

  /** Whether a key goes to a page, or begins to: then it is nothing else. */
  function goes(event) {
    const place = event.timeStamp < goBefore ? places.get(event.key) : undefined;
    goBefore = event.key === "g" && !place ? event.timeStamp + GO_MS : 0;
    if (place) location.href = place;
    return place !== undefined || goBefore > 0;
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      for (const menu of openMenus()) {
        const held = menu.contains(document.activeElement);
        menu.open = false;
        if (held) menu.querySelector("summary").focus();
      }
      return;
    }
    if (isOff || isTyping(event.target)) return;
    if (goes(event)) {
      event.preventDefault();
      // A card of the board has keys of its own.
      event.stopImmediatePropagation();
      return;
    }
    const field = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (field) {
      event.preventDefault();
      if (field.matches("a, button")) {
        field.click();
        return;
      }
      field.focus();
      field.select?.();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
})();
