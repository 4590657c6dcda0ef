/* The border unrolled. The page has the drawing twice, lying and turned for a narrow window; this puts the one that fits
   in its place. A tie and both of its names show each other, a click opens the record, the drawing is one stop of Tab. */
if (!window.atlasStrip) {
  window.atlasStrip = true;
  const SVG = "http://www.w3.org/2000/svg";
  const narrow = matchMedia("(max-width: 1100px)");
  const ids = (shape) => shape.dataset.of.split(" ");
  const title = (shape) => shape.querySelector("title")?.textContent ?? "";
  const titles = (strip, shape) => ids(shape).map((id) => [id, title(strip.querySelector(`[data-layer=twinnings] [data-of="${CSS.escape(id)}"]`) ?? shape)]);

  const shape = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  // what is thin or small is met by the pointer over more room than it takes
  const widen = (svg) => {
    for (const tie of svg.querySelectorAll("[data-layer=twinnings] [data-of]")) {
      const wide = tie.querySelector("path").cloneNode();
      wide.setAttribute("class", "hit");
      tie.append(wide);
    }
    for (const mark of svg.querySelectorAll("[data-layer=places] > [data-of]")) {
      const inner = mark.querySelector("svg"), half = inner.getAttribute("width") / 2;
      mark.append(shape("circle", { class: "hit", r: 10, cx: +inner.getAttribute("x") + half, cy: +inner.getAttribute("y") + half }));
    }
  };

  const place = (mark) => {
    const circle = mark.querySelector("circle.hit");
    return narrow.matches ? [+circle.getAttribute("cy"), +circle.getAttribute("cx")] : [+circle.getAttribute("cx"), +circle.getAttribute("cy")];
  };
  const stops = (strip) => [...strip.querySelectorAll("[role=button]")];

  const light = (strip, wanted, name = "lit") => {
    for (const one of strip.querySelectorAll("[data-of]")) one.classList.toggle(name, ids(one).some((id) => wanted.includes(id)));
    strip.classList.toggle(`has-${name}`, wanted.length > 0);
  };

  const close = (strip) => strip.querySelector(".strip-choice")?.remove();
  const open = (strip, of, at) => {
    close(strip);
    const found = titles(strip, of);
    if (found.length === 1) return window.atlasGo({ pair: found[0][0], record: "" });
    const list = Object.assign(document.createElement("div"), { className: "strip-choice" });
    for (const [, text] of found) list.append(Object.assign(document.createElement("button"), { type: "button", textContent: text }));
    found.forEach(([id], n) => { list.children[n].dataset.set = `pair=${encodeURIComponent(id)}&record=`; });
    const room = strip.getBoundingClientRect();
    list.style.left = `${Math.max(0, Math.min(at.x - room.left, room.width - 320))}px`;
    list.style.top = `${at.y - room.top + 8}px`;
    strip.append(list);
    list.firstElementChild.focus({ preventScroll: true });
  };

  const middle = (mark) => {
    const box = mark.querySelector("circle.hit").getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.bottom };
  };

  let held = "", entered = "";
  const draw = (strip) => {
    const text = decodeURIComponent(strip.dataset[narrow.matches ? "turned" : "lying"]);
    const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", strip.dataset.label);
    widen(svg);
    strip.replaceChildren(svg);
    strip.dataset.drawn = narrow.matches ? "turned" : "lying";
    const marks = [...svg.querySelectorAll("[data-layer=places] > [data-of]")].map((mark) => [place(mark), mark]);
    marks.sort(([one], [other]) => one[0] - other[0] || one[1] - other[1]);
    for (const [, mark] of marks) {
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", `${title(mark)}: ${titles(strip, mark).map(([, text]) => text).join("; ")}`);
      mark.setAttribute("tabindex", "-1");
      mark.parentNode.append(mark); // in the order of the border
    }
    const named = (name) => name && marks.find(([, mark]) => mark.ariaLabel === name)?.[1];
    const first = named(held || entered) || marks.find(([, mark]) => ids(mark).includes(strip.dataset.pair))?.[1] || marks[0]?.[1];
    first?.setAttribute("tabindex", "0");
    light(strip, strip.dataset.pair ? [strip.dataset.pair] : [], "open");
    if (held && document.activeElement === document.body) (named(held) || null)?.focus({ preventScroll: true });
  };

  const look = () => {
    for (const strip of document.querySelectorAll(".strip[data-lying]")) {
      if (strip.dataset.drawn !== (narrow.matches ? "turned" : "lying") || !strip.firstElementChild) draw(strip);
    }
  };

  const within = (event) => event.target.closest?.(".strip");
  document.addEventListener("pointerover", (event) => {
    const strip = within(event);
    if (strip) light(strip, event.target.closest("[data-of]") ? ids(event.target.closest("[data-of]")) : []);
  });
  document.addEventListener("pointerout", (event) => {
    const strip = within(event);
    if (strip && !strip.contains(event.relatedTarget)) light(strip, []);
  });
  document.addEventListener("click", (event) => {
    const strip = within(event), of = event.target.closest?.(".strip svg [data-of]");
    for (const other of document.querySelectorAll(".strip")) if (!event.target.closest?.(".strip-choice")) close(other);
    if (!strip || !of) return;
    const mark = of.getAttribute("role") === "button" ? of : null;
    mark?.focus({ preventScroll: true });
    open(strip, of, { x: event.clientX, y: event.clientY });
  });
  document.addEventListener("focusin", (event) => {
    const strip = within(event), mark = event.target.closest?.(".strip [role=button]");
    held = "";
    if (!strip || !mark) return;
    held = entered = mark.ariaLabel;
    for (const one of stops(strip)) one.setAttribute("tabindex", one === mark ? "0" : "-1");
    light(strip, ids(mark));
  });
  document.addEventListener("focusout", (event) => {
    const strip = within(event);
    if (strip && event.relatedTarget && !strip.contains(event.relatedTarget)) light(strip, []);
  });
  document.addEventListener("keydown", (event) => {
    const strip = within(event), mark = event.target.closest?.(".strip [role=button]");
    if (!strip || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      const choice = strip.querySelector(".strip-choice");
      close(strip);
      if (choice) strip.querySelector("[role=button][tabindex='0']")?.focus({ preventScroll: true });
      else if (mark) strip.focus({ preventScroll: true });
      if (choice || mark) event.preventDefault();
      return;
    }
    if (!mark) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(strip, mark, middle(mark));
      return;
    }
    const all = stops(strip), at = all.indexOf(mark);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = step ? all[at + step] : { Home: all[0], End: all.at(-1) }[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  narrow.addEventListener("change", look);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-lying", "data-pair"] });
  look();
}
