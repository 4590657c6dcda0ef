/* Which units have their letter drafted: the office's own note, kept in this browser alone and sent nowhere. */
if (!window.atlasDesk) {
  window.atlasDesk = true;
  const NAME = "atlas-letters";
  let drafted = new Set();
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(NAME) ?? "[]");
      if (Array.isArray(found)) drafted = new Set(found);
    } catch { /* a browser that keeps nothing, or something else under this name: the visit goes on with what it has */ }
  };
  const write = () => {
    try {
      localStorage.setItem(NAME, JSON.stringify([...drafted]));
    } catch { /* kept until the page is left */ }
  };
  const say = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };
  const show = () => {
    const list = document.querySelector(".desk");
    if (!list) return;
    const counts = { open: 0, drafted: 0, renewed: 0 };
    for (const unit of list.querySelectorAll(".desk-unit")) {
      const note = unit.querySelector(".desk-note");
      const state = unit.dataset.renewed ? "renewed" : drafted.has(unit.dataset.unit) ? "drafted" : "open";
      counts[state] += 1;
      if (!note) continue;
      note.setAttribute("aria-pressed", String(state === "drafted"));
      const said = unit.querySelector(".desk-state b");
      say(said, said.dataset[state]);
    }
    for (const number of list.querySelectorAll("[data-count]")) say(number, String(counts[number.dataset.count]));
  };
  document.addEventListener("click", (event) => {
    const unit = event.target.closest?.(".desk-note")?.closest(".desk-unit")?.dataset.unit;
    if (!unit) return;
    read(); // another tab may have changed it
    if (!drafted.delete(unit)) drafted.add(unit);
    write();
    show();
  });
  window.addEventListener("storage", () => { read(); show(); });
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  read();
  show();
}
