// Of meetings: an agenda put into order by keyboard, and how long an item is looked at, told every second; without it the
// page says how long it was when it was asked for. The server's clock counts: this one may go wrong.
(() => {
  const seen = new WeakMap();

  function tell() {
    for (const timer of document.querySelectorAll("[data-since]")) {
      const { since, now, minutes } = timer.dataset;
      const known = seen.get(timer);
      if (known?.now !== now) seen.set(timer, { now, at: performance.now() });
      const { at } = seen.get(timer);
      const passed = Math.floor((Date.parse(now) - Date.parse(since) + performance.now() - at) / 1000);
      const seconds = Math.max(0, passed);
      const two = (n) => String(n).padStart(2, "0");
      timer.querySelector(".timer-now").textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
      timer.classList.toggle("missing", Number(minutes) > 0 && seconds > Number(minutes) * 60);
    }
  }

  tell();
  setInterval(tell, 1000);

  // An item is put elsewhere by Alt and an arrow; it keeps the focus where it comes to stand.
  document.addEventListener("keydown", (event) => {
    const item = event.target.closest?.("[data-order]");
    if (!item || event.repeat || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    const act = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const form = act && item.querySelector(`form:has([name=act][value="${act}"])`);
    if (!act) return;
    event.preventDefault();
    form?.requestSubmit();
  });

  // Or it is dragged there by its grip: on the upper half of another it comes before that, on the lower behind it.
  let dragged;
  const mark = (item, half) => {
    for (const one of document.querySelectorAll("[data-over]")) if (one !== item) one.removeAttribute("data-over");
    item?.setAttribute("data-over", half);
  };
  const target = (event) => {
    const item = dragged && event.target.closest?.("[data-order]");
    if (!item) return;
    const { top, height } = item.getBoundingClientRect();
    return { item, half: event.clientY < top + height / 2 ? "upper" : "lower" };
  };
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-grip]")?.closest("[data-order]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("h3 a").textContent);
    event.dataTransfer.setDragImage(dragged, 0, 0);
    dragged.setAttribute("data-dragged", "");
  });
  document.addEventListener("dragover", (event) => {
    const to = target(event);
    if (!to) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    mark(to.item === dragged ? undefined : to.item, to.half);
  });
  document.addEventListener("drop", (event) => {
    const to = target(event);
    if (!to) return;
    event.preventDefault();
    const before = to.half === "upper" ? to.item : to.item.nextElementSibling;
    if (to.item === dragged || before === dragged || before === dragged.nextElementSibling) return;
    const form = document.querySelector("form[data-place]");
    // `elements.item` is a method of theirs.
    const field = (name) => form.elements.namedItem(name);
    field("item").value = dragged.id;
    field("before").value = before?.id ?? "";
    field("key").value += `-${dragged.id.split("_").pop()}`;
    form.requestSubmit();
  });
  document.addEventListener("dragend", () => {
    dragged?.removeAttribute("data-dragged");
    dragged = undefined;
    mark();
  });
  const moved = document.getElementById(location.hash.slice(1));
  if (moved?.matches("[data-order]")) moved.querySelector("a")?.focus();
})();
