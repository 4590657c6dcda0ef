/* The bar of filters: it shows what the address holds and what each choice would leave, and narrows long lists of choices. */
if (!window.atlasFilters) {
  window.atlasFilters = true;
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐðÐɖƉ]/g, "d").toLowerCase().replace(/[\s'’]/g, "");
  const chosen = (name) => window.atlasAsked().getAll(name);
  const said = () => JSON.parse(document.querySelector(".chips[data-counts]")?.dataset.counts ?? "{}");

  const setText = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

  const setAttribute = (element, name, value) => { if (element.getAttribute(name) !== value) element.setAttribute(name, value); };

  const showCount = (button, count) => {
    setText(button.querySelector("b"), String(count));
    button.classList.toggle("none", !count);
  };

  const showChoice = (button, counts) => {
    const [name, value] = button.dataset.toggle.split("=");
    setAttribute(button, "aria-pressed", String(chosen(name).includes(value)));
    if (counts[name]) showCount(button, counts[name][value] ?? 0);
  };

  const show = () => {
    const bar = document.querySelector(".bar:not(.choosers)");
    if (!bar) return;
    const counts = said();
    bar.querySelectorAll("button[data-toggle]").forEach((button) => showChoice(button, counts));
    for (const button of bar.querySelectorAll("button[data-if]")) {
      const [name, value] = button.dataset.if.split("=");
      setAttribute(button, "aria-pressed", String((chosen(name)[0] ?? "") === value));
      if (value in (counts[name] ?? {})) showCount(button, counts[name][value]);
    }
    for (const facet of bar.querySelectorAll("details.facet")) {
      const name = facet.dataset.facet;
      const set = { year: ["from", "to", "undated"], more: ["confidence", "seen", "changed", "layers", "labels", "asof"] }[name] ?? [name];
      const number = new Set(set.flatMap((one) => chosen(one).map((value) => (set.length > 1 ? one : value)))).size;
      setText(facet.querySelector("summary b"), number ? String(number) : "");
    }
    for (const box of bar.querySelectorAll("input[data-live], input[data-typed]")) {
      const text = chosen(box.dataset.live ?? box.dataset.typed)[0] ?? "";
      if (box !== document.activeElement && box.value !== text) box.value = text;
    }
    const facets = [...bar.querySelectorAll("details.facet")].map((one) => one.dataset.facet);
    const all = [...facets, "confidence", "seen", "changed", "from", "to", "undated", "q", "asof"].flatMap(chosen).length;
    setText(bar.querySelector(".drawer-open b"), all ? String(all) : "");
    setText(bar.querySelector(".drawer-close"), document.querySelector(".chips")?.dataset.ready ?? "");
    dispatchEvent(new CustomEvent("atlas-counts", { detail: counts }));
  };

  const narrow = (box) => {
    const facet = box.closest(".choices"), wanted = fold(box.value);
    let found = 0;
    for (const item of facet.querySelectorAll("li")) {
      item.hidden = wanted && !fold(item.firstElementChild.firstChild.textContent).includes(wanted);
      found += !item.hidden;
    }
    for (const list of facet.querySelectorAll("ul")) {
      const head = list.previousElementSibling;
      if (head?.matches("h3")) head.hidden = !list.querySelector("li:not([hidden])");
    }
    facet.querySelector(".nothing").hidden = found > 0;
  };

  // what is typed goes into the address when the typing rests; a text that grows is one step of the history
  let resting, typing = false;
  const type = (box) => {
    clearTimeout(resting);
    window.atlasGo({ [box.dataset.live]: box.value }, typing);
    typing = true;
  };

  document.addEventListener("input", (event) => {
    const box = event.target;
    if (box.matches?.(".bar .narrow")) narrow(box);
    if (!box.matches?.(".bar input[data-live]")) return;
    clearTimeout(resting);
    resting = setTimeout(() => type(box), 300);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.(".bar input[data-live]")) typing = false;
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches?.(".bar input[data-typed]")) window.atlasGo({ [box.dataset.typed]: box.value.trim() });
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key === "Enter" && box.matches?.(".bar input[data-live]")) type(box);
    if (event.key === "Enter" && box.matches?.(".bar input[data-typed]")) window.atlasGo({ [box.dataset.typed]: box.value.trim() });
    const choices = box.closest?.(".bar .choices");
    if (!choices) return;
    const offered = [...choices.querySelectorAll("li:not([hidden]) button")];
    if (event.key === "Enter" && box.matches(".narrow") && box.value && offered.length) {
      event.preventDefault();
      offered[0].click();
      box.value = "";
      narrow(box);
    }
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || box.matches("[data-typed]")) return;
    event.preventDefault();
    const at = offered.indexOf(box) + (event.key === "ArrowDown" ? 1 : -1);
    if (at < 0) choices.querySelector(".narrow")?.focus();
    else offered[Math.min(at, offered.length - 1)]?.focus();
  });

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.(".bar .facet[open]")) return;
    const { left, width } = event.target.querySelector(".choices").getBoundingClientRect();
    event.target.classList.toggle("leftward", left + width > document.documentElement.clientWidth);
    if (matchMedia("(hover: hover)").matches) event.target.querySelector(".narrow")?.focus();
  }, true);

  document.addEventListener("click", ({ target }) => {
    const drawer = document.documentElement.classList;
    if (target.closest?.(".drawer-open")) drawer.add("atlas-drawer");
    else if (target.closest?.(".drawer-close")) drawer.remove("atlas-drawer");
  });

  let due = false;
  const soon = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      show();
    });
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  addEventListener("popstate", soon);
  addEventListener("atlas-address", soon);
}
