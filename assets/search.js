/* The box that searches everything: what it finds is offered by kind while the visitor types; arrows choose, Enter opens,
   Escape closes. The key / leads to it from anywhere. Letters that are still being composed are not searched for. */
if (!window.atlasSearch) {
  window.atlasSearch = true;
  const REST = 120, LATE = 8000; // ms
  const MANY_GROUPS = 3, FEW = 3; // of many groups few hits are offered, so that all groups can be seen
  const OVERTAKEN = "overtaken";
  const KEPT = ["asof", "labels"]; // parameters of how a record is shown
  const box = () => document.querySelector(".search input");
  const part = (name) => document.querySelector(`.search ${name}`);
  const options = () => [...document.querySelectorAll("#search-list a")];
  const marked = () => part("[aria-selected=true]");

  const element = (name, attributes, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };

  const address = (to) => {
    const [page, query = ""] = to.split("?"), wanted = new URLSearchParams(query);
    for (const [name, value] of window.atlasAsked()) if (KEPT.includes(name)) wanted.set(name, value);
    return `${page}?${wanted}`;
  };

  const option = ({ title, text, detail, reason, href }, kind) => {
    const link = element("a", { role: "option", "aria-selected": "false", tabindex: "-1", href: address(href), class: kind }, element("b", {}, title ?? text));
    if (detail) link.append(" ", element("span", {}, detail));
    if (reason) link.append(" ", element("small", {}, reason));
    return link;
  };

  const group = (label, number, links) => {
    const head = element("h3", { role: "presentation", id: `search-${document.querySelectorAll("#search-list h3").length}` }, label);
    if (number) head.append(" ", element("span", {}, number.toLocaleString(document.documentElement.lang)));
    return element("div", { role: "group", "aria-labelledby": head.id }, head, ...links);
  };

  const further = (title, page, query) => option({ title, href: `${page}?${new URLSearchParams({ ...query, lang: box().form.dataset.lang })}` }, "all");
  const all = (text) => further(box().form.dataset.all, box().form.getAttribute("action"), { find: text });
  const list = () => further(box().form.dataset.list, "recognise", {}); // many names at once are another page's

  const mark = (link) => {
    marked()?.setAttribute("aria-selected", "false");
    link?.setAttribute("aria-selected", "true");
    link?.scrollIntoView({ block: "nearest" });
    if (link) box().setAttribute("aria-activedescendant", link.id);
    else box().removeAttribute("aria-activedescendant");
  };

  const setOpen = (open) => {
    part(".search-found").hidden = !open;
    box().setAttribute("aria-expanded", String(open));
    mark(null);
  };
  const isOpen = () => !part(".search-found").hidden;

  // what is said aloud is also seen where there is nothing else to see
  const offer = ({ groups, suggestions }, sentence, last) => {
    const offered = part("#search-list");
    offered.replaceChildren();
    const few = groups.length > MANY_GROUPS ? FEW : Infinity;
    for (const { label, total, items } of groups) offered.append(group(label, total, items.slice(0, few).map((item) => option(item, "hit"))));
    if (suggestions.length) offered.append(group(box().form.dataset.guess, 0, suggestions.map((item) => option(item, "guess"))));
    if (last) offered.append(last);
    options().forEach((link, at) => { link.id = `search-option-${at}`; });
    const counts = groups.map(({ label, total }) => `${label}: ${total}`).join(" · ");
    part(".search-nothing").textContent = counts ? "" : sentence;
    part(".search-nothing").hidden = Boolean(counts);
    part(".search-said").textContent = counts || [sentence, ...suggestions.map((one) => one.text)].join(" ");
    setOpen(true);
  };

  let resting, asking, typed = "", composing = false;
  const stop = () => {
    clearTimeout(resting);
    asking?.abort(OVERTAKEN);
  };

  const served = async (text, lang, signal) => {
    const answer = await fetch(`search.json?${new URLSearchParams({ q: text, lang })}`, { signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const ask = async (text) => {
    const { lang, nothing, failed } = box().form.dataset;
    const mine = new AbortController(), late = setTimeout(() => mine.abort(), LATE);
    asking = mine;
    const none = { groups: [], suggestions: [] };
    try {
      const found = await (window.atlasFind ?? served)(text, lang, mine.signal);
      if (!mine.signal.aborted) offer(found, nothing, found.groups.length ? all(text) : box().form.dataset.list && list());
    } catch {
      if (mine.signal.reason !== OVERTAKEN) offer(none, failed);
    } finally {
      clearTimeout(late);
    }
  };

  const soon = () => {
    stop();
    typed = box().value;
    const text = typed.trim();
    if (text) resting = setTimeout(() => ask(text), REST);
    else {
      part(".search-said").textContent = "";
      setOpen(false);
    }
  };

  let before = null; // what had the focus
  const enter = () => {
    if (document.activeElement !== box()) before = document.activeElement;
    box().form.classList.add("open");
    box().focus();
    box().select();
  };
  const close = () => {
    stop();
    setOpen(false);
    box().form.classList.remove("open");
  };
  const leave = () => {
    close();
    box().blur();
    if (before?.isConnected && before !== document.body) before.focus();
    before = null;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !box()) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    enter();
  });

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.target !== box() || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
    } else if (STEPS[event.key]) {
      event.preventDefault();
      if (!isOpen()) return soon();
      const links = options(), places = links.length + 1; // one is the box itself
      mark(links[(links.indexOf(marked()) + 1 + STEPS[event.key] + places) % places - 1]);
    }
  });

  document.addEventListener("submit", (event) => {
    if (event.target !== box()?.form) return;
    event.preventDefault();
    if (composing) return;
    if (marked()) return marked().click();
    const link = all(box().value.trim());
    part(".search-found").append(link);
    link.click();
    link.remove();
  });

  document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
    if (target.closest?.(".search-open")) enter();
    else if (target.closest?.(".search-close")) leave();
    else if (target === box() && !isOpen() && target.value) soon();
    const link = target.closest?.(".search-found a");
    if (!link || ctrlKey || metaKey || shiftKey) return;
    typed = box().value = new URLSearchParams(link.href.split("?")[1]).get("find") ?? "";
    before = null;
    close();
    box().blur();
  });
  // the focus stays in the box while a hit is clicked
  document.addEventListener("mousedown", (event) => { if (event.target.closest?.(".search-found")) event.preventDefault(); });

  document.addEventListener("input", ({ target, isComposing }) => { if (target === box() && !isComposing) soon(); });
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", ({ target }) => {
    composing = false;
    if (target === box()) soon();
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (target === box() && target.isConnected && document.hasFocus() && !relatedTarget?.closest(".search")) close();
  });

  // a box that is drawn anew, as for another language, takes over; the page of results shows what it was asked for
  let last = null, shown = null, held = false;
  const keep = () => {
    const now = box(), asked = window.atlasAsked().get("find") ?? "";
    if (!now) return;
    if (asked !== shown && now !== document.activeElement) typed = asked;
    if (asked !== shown || now !== last) now.value = typed;
    if (now !== last && held && document.activeElement === document.body) now.focus();
    [last, shown, held] = [now, asked, now === document.activeElement];
  };
  new MutationObserver(keep).observe(document.body, { childList: true, subtree: true });
  addEventListener("popstate", keep);
  addEventListener("atlas-address", keep);
  keep();
}
