/* The keyboard: a row of controls is one stop of Tab with arrows inside, what is opened or closed keeps the focus,
   Escape closes, and the sentence of counts is read aloud when it changes. */
if (!window.atlasStops) {
  window.atlasStops = true;
  const ROWS = ".atlas-bar nav, .views, .facets, .st-key-actions, .st-key-panel .walk, .records thead, [class*='st-key-chart-']";
  const CONTROLS = "a[href], button:not(:disabled), summary";
  const opened = (control, row) => row.contains(control.closest(".choices, [data-testid=stExpanderDetails]"));
  const controls = (row) => [...row.querySelectorAll(CONTROLS)].filter((one) => !opened(one, row) && one.checkVisibility());

  const isEntry = (one) => one.matches("[aria-current]:not([aria-current=false]), [aria-pressed=true]");
  const enter = (row) => {
    const all = controls(row);
    if (all.length < 2) return;
    const entry = all.find((one) => one === document.activeElement) ?? all.find((one) => one.dataset.entry) ?? all.find(isEntry) ?? all[0];
    for (const one of all) {
      const stop = one === entry ? 0 : -1;
      if (one.tabIndex !== stop) one.tabIndex = stop;
    }
  };

  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-skip]")) return;
    const list = document.querySelector(".records tbody a[tabindex='0']") ?? document.querySelector(".bar .find, .found a");
    const place = list ?? Object.assign(document.querySelector("h1"), { tabIndex: -1 }); // a page without a list
    place.focus();
  });

  document.addEventListener("keydown", (event) => {
    const facet = event.target.closest?.(".facet[open] > summary")?.parentElement;
    if (facet && event.key === "ArrowDown") {
      event.preventDefault();
      facet.querySelector(".choices :is(button, input)").focus();
      return;
    }
    const row = event.target.closest?.(ROWS);
    if (!row || !event.target.matches(CONTROLS) || opened(event.target, row) || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = controls(row), at = all.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step ? all[at + step] : { Home: all[0], End: all.at(-1) }[event.key];
    if (!next || at < 0) return;
    event.preventDefault();
    for (const one of all) delete one.dataset.entry;
    next.dataset.entry = "true";
    next.focus();
    enter(row);
  });

  // the row of a record gives way to the record, and this to the list again, or the list is drawn anew: the focus goes along
  let left = null, id = "";
  const lost = () => document.activeElement === document.body || !document.activeElement;
  document.addEventListener("focusin", ({ target }) => {
    left = target.closest?.(".st-key-panel, .records") ? target : null;
  });
  addEventListener("popstate", () => {
    const address = new URLSearchParams(location.search);
    id = address.get("pair") ?? address.get("record") ?? id;
  });
  const follow = () => {
    if (!left || left.isConnected || !lost()) return;
    const place = document.querySelector(".st-key-panel .close-record") ?? document.querySelector(`.records tr[data-id="${CSS.escape(encodeURIComponent(id))}"] a`);
    if (!place) return;
    left = null;
    place.focus({ preventScroll: true });
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const page = document.documentElement;
    if (page.classList.contains("atlas-drawer")) {
      page.classList.remove("atlas-drawer");
      document.querySelector(".drawer-open")?.focus();
    } else if (event.target.closest?.(".st-key-panel, .st-key-record-card")) document.querySelector(".close-record")?.click();
  });

  // widgets name these in English: the word of an upload comes from the page, a hint is named as what it explains, and a
  // list is not named by the button that opened it, which the style sheet hides
  const OPENER = "[data-testid=stSelectbox] button[aria-haspopup=listbox]:not([aria-label=''])";
  const HINT = "Help for ";
  const nameHint = (button) => { button.ariaLabel = button.ariaLabel.slice(HINT.length); };
  const name = (button) => {
    const text = getComputedStyle(button).getPropertyValue("--upload").trim().replace(/^["']|["']$/g, "");
    if (text && button.ariaLabel !== text) button.ariaLabel = text;
  };

  let due = false;
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      document.querySelector(".st-key-selection-count")?.setAttribute("role", "status");
      document.querySelectorAll(ROWS).forEach(enter);
      document.querySelectorAll("[data-testid=stFileUploader] button").forEach(name);
      document.querySelectorAll(`button[aria-label^="${HINT}"]`).forEach(nameHint);
      for (const button of document.querySelectorAll(OPENER)) button.ariaLabel = "";
      follow();
    });
  }).observe(document.body, { childList: true, subtree: true });
  document.body.append(document.createComment("")); // a page may stand before its scripts run; each looks at it once
}
