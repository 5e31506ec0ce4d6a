// Saves work in forms; nothing needs it. Ctrl or ⌘ with Enter saves, fields that the chosen kind has no use for go, and
// what was typed is not left behind unasked.
(() => {
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;
  let isDirty = document.querySelector(".faults, .conflict, .foretold") !== null;
  let isSent = false;

  sheet.addEventListener("input", () => (isDirty = true));
  sheet.addEventListener("submit", () => (isSent = true));
  addEventListener("pageshow", () => (isSent = false));
  addEventListener("beforeunload", (event) => {
    if (isDirty && !isSent) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    if (!sheet.contains(event.target) && event.target !== document.body) return;
    event.preventDefault();
    sheet.requestSubmit(sheet.querySelector("[data-submit]"));
  });

  const kind = sheet.querySelector('select[name="kind"]');
  const showFor = () => {
    for (const field of sheet.querySelectorAll("[data-only-for]")) {
      const fits = field.dataset.onlyFor.split(" ").includes(kind.value);
      field.hidden = !fits;
      for (const input of field.querySelectorAll("input, select, textarea")) input.disabled = !fits;
    }
  };
  if (kind) {
    kind.addEventListener("change", showFor);
    showFor();
  }

  // A focused summary of faults is the first thing heard; without autofocus support it is focused here.
  document.querySelector(".faults, .conflict, .foretold, section.preview")?.focus();
})();
