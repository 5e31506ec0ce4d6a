// Saves keystrokes; nothing needs it. `/` goes to the search, the key of a link or a button presses it, Esc and a click
// elsewhere close an open menu.
(() => {
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const openMenus = () => document.querySelectorAll("details.menu[open]");

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
    if (isTyping(event.target)) return;
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
