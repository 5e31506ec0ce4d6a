// Saves keystrokes; nothing needs it: beside a text that can be selected, a button that copies it. What is no field goes to the
// clipboard as it is drawn, so that a word processor keeps its headings and lists, and as plain text.
(() => {
  const write = (text) => {
    if ("value" in text) return navigator.clipboard.writeText(text.value);
    const of = (type, content) => new Blob([content], { type });
    const item = { "text/html": of("text/html", text.innerHTML), "text/plain": of("text/plain", text.innerText) };
    return navigator.clipboard.write([new ClipboardItem(item)]);
  };
  for (const button of document.querySelectorAll("button[data-copies]")) {
    const text = document.getElementById(button.dataset.copies);
    if (!text) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if ("value" in text) {
        text.focus();
        text.select();
      }
      const told = button.nextElementSibling;
      try {
        await write(text);
        told.textContent = button.dataset.done;
      } catch {
        // Not allowed, or not a secure address: the text is selected, for the reader's own keys.
        if (!("value" in text)) getSelection().selectAllChildren(text);
        told.textContent = button.dataset.marked ?? "";
      }
    });
  }
})();
