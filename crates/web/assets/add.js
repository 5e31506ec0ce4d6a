// Quick add, quicker: who is here already is said while a name or a web site is being typed, and a text that is pasted into
// the name fills the other fields. Nothing is asked while signs are being composed.
(() => {
  const place = document.querySelector("[data-known]");
  const form = place?.closest("form");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const WAIT_MS = 250;
  let timer;
  let asking;
  let isComposing = false;

  async function ask() {
    asking?.abort();
    const [name, website] = [field("name").value.trim(), field("website").value.trim()];
    if (!name) {
      place.replaceChildren();
      return;
    }
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ name, website });
      const answer = await fetch(`${place.dataset.known}?${query}`, { headers: { "HX-Request": "true" }, signal: asking.signal });
      if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
    } catch {
      // It is said with the answer, too.
    }
  }

  const later = () => {
    clearTimeout(timer);
    if (!isComposing) timer = setTimeout(ask, WAIT_MS);
  };
  // Under the field that is being typed in.
  field("name").closest(".field").after(place);
  form.addEventListener("compositionstart", () => {
    isComposing = true;
    clearTimeout(timer);
  });
  form.addEventListener("compositionend", () => {
    isComposing = false;
    later();
  });
  for (const name of ["name", "website"]) field(name).addEventListener("input", later);
  if (field("name").value) ask();

  const fill = (name, text) => {
    if (!text || field(name).value) return;
    field(name).value = text;
    field(name).dispatchEvent(new Event("input", { bubbles: true }));
  };
  const isAddress = (text) => /^(?:https?:\/\/)?[^\s/@]+\.[a-z]{2,}(?:[/?#]\S*)?$/i.test(text);
  field("name").addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 2 && !isAddress(text)) return;
    event.preventDefault();
    const address = isAddress(text) ? text : /https?:\/\/[^\s，。、）)]+/.exec(text)?.[0];
    fill("website", address);
    if (lines.length < 2) {
      fill("name", text.replace(/^https?:\/\//i, "").replace(/^www\./i, "").split(/[/?#]/)[0].split(".")[0]);
      return;
    }
    if (!isAddress(lines[0])) fill("name", lines[0].slice(0, 200));
    fill("text", text);
  });
})();
