// Saves keystrokes; nothing needs it: beside a text that can be selected, a button that copies it.
(() => {
  for (const button of document.querySelectorAll("button[data-copies]")) {
    const text = document.getElementById(button.dataset.copies);
    if (!text) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      text.focus();
      text.select();
      try {
        await navigator.clipboard.writeText(text.value);
      } catch {
        // Not allowed, or not a secure address: the text is selected, for the reader's own keys.
        return;
      }
      button.nextElementSibling.textContent = button.dataset.done;
    });
  }
})();
