/* The years as bars: a click chooses one, dragging several; the undated beside them; the day as a slider that plays. */
if (!window.atlasYears) {
  window.atlasYears = true;
  const now = (name) => window.atlasAsked().get(name) ?? "";
  let from = null; // where dragging has begun

  // what is written anew is looked at anew, which ends only where the same is not written again
  const say = (element, text) => { if (element.textContent !== String(text)) element.textContent = text; };

  const build = (box, counts) => {
    const [first, last] = [Number(box.dataset.first), Number(box.dataset.last)];
    const most = Math.max(1, ...Object.entries(counts).filter(([year]) => Number(year) >= first && Number(year) <= last).map(([, n]) => n));
    const bars = box.querySelector(".histogram");
    for (let year = first; year <= last; year += 1) {
      let bar = bars.children[year - first];
      if (!bar) {
        bar = document.createElement("button");
        bar.type = "button";
        bar.dataset.year = year;
        bar.tabIndex = -1;
        bar.append(document.createElement("i"));
        if (year % 5 === 0) bar.append(Object.assign(document.createElement("span"), { textContent: year, className: year % 10 ? "fifth" : "" }));
        bars.append(bar);
      }
      const count = counts[year] ?? 0;
      bar.firstChild.style.height = count ? `${Math.max(3, (36 * count) / most)}px` : "0";
      bar.title = `${year}: ${count}`;
      bar.ariaLabel = bar.title;
    }
    if (!bars.querySelector("[tabindex='0']")) bars.lastChild.tabIndex = 0;
  };

  const mark = (box, first, last) => {
    for (const bar of box.querySelectorAll("[data-year]")) {
      const year = Number(bar.dataset.year);
      bar.ariaPressed = String(Boolean(first || last) && year >= (Number(first) || 0) && year <= (Number(last) || 9999));
    }
  };

  const undatedState = () => now("undated") || (now("from") || now("to") ? "hide" : "include");

  addEventListener("atlas-counts", ({ detail }) => {
    for (const box of document.querySelectorAll(".years")) {
      const counts = detail.year ?? {};
      build(box, counts);
      if (from === null) mark(box, now("from"), now("to"));
      say(box.querySelector(".undated b"), counts.undated ?? 0);
      for (const button of box.querySelectorAll("[data-undated]")) button.ariaPressed = String(button.dataset.undated === undatedState());
    }
    for (const slider of document.querySelectorAll(".as-of input")) {
      const shown = now("asof") ? Number(now("asof").slice(0, 4)) : Number(slider.max);
      if (slider !== document.activeElement && Number(slider.value) !== shown) slider.value = shown;
      tell(slider);
    }
  });

  const choose = (first, last) => window.atlasGo({ from: String(Math.min(first, last)), to: String(Math.max(first, last)) });

  const yearAt = ({ clientX, clientY }) => Number(document.elementFromPoint(clientX, clientY)?.closest?.("[data-year]")?.dataset.year) || null;

  document.addEventListener("pointerdown", (event) => {
    const bar = event.target.closest?.(".histogram [data-year]");
    if (!bar || event.button) return;
    from = Number(bar.dataset.year);
    mark(bar.closest(".years"), from, from);
  });
  document.addEventListener("pointermove", (event) => {
    const year = from !== null && yearAt(event);
    if (year) for (const box of document.querySelectorAll(".years")) mark(box, Math.min(from, year), Math.max(from, year));
  });
  document.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const first = from, last = yearAt(event) ?? first;
    from = null;
    const same = now("from") === String(first) && now("to") === String(last);
    if (same) window.atlasGo({ from: "", to: "" });
    else choose(first, last);
  });

  document.addEventListener("keydown", (event) => {
    const bar = event.target.closest?.(".histogram [data-year]");
    if (!bar) return;
    const next = { ArrowRight: bar.nextElementSibling, ArrowLeft: bar.previousElementSibling }[event.key];
    if (next) {
      event.preventDefault();
      [bar.tabIndex, next.tabIndex] = [-1, 0];
      next.focus();
    }
    if (!["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    const year = Number(bar.dataset.year), first = Number(now("from")) || year;
    choose(event.shiftKey ? first : year, year); // with the shift key from the year chosen before
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-undated]");
    if (!button) return;
    const { undated } = button.dataset, years = now("from") || now("to");
    if (undated === "hide") window.atlasGo({ undated: "", ...(years ? {} : { from: button.closest(".years").dataset.first }) });
    else if (undated === "include" && !years) window.atlasGo({ undated: "" });
    else window.atlasGo({ undated });
  });

  /* The day: the end of a year, today at the right end. */
  const dayOf = (slider) => (slider.value === slider.max ? "" : `${slider.value}-12-31`);
  const tell = (slider) => {
    const text = slider.value === slider.max ? slider.dataset.today : slider.value;
    slider.setAttribute("aria-valuetext", text);
    say(slider.closest(".as-of").querySelector("output"), text);
  };
  let playing = null;
  const stop = () => {
    clearInterval(playing);
    playing = null;
    for (const button of document.querySelectorAll(".as-of .play")) button.ariaPressed = "false";
  };
  const step = (slider) => {
    if (slider.value === slider.max) return stop();
    slider.value = Number(slider.value) + 1;
    tell(slider);
    return window.atlasGo({ asof: dayOf(slider) }, true);
  };

  document.addEventListener("input", ({ target }) => { if (target.matches?.(".as-of input")) tell(target); });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.(".as-of input")) return;
    stop();
    window.atlasGo({ asof: dayOf(target) });
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(".as-of .play");
    if (!button) return;
    if (playing) return stop();
    const slider = button.closest(".as-of").querySelector("input");
    if (slider.value === slider.max) slider.value = slider.dataset.start;
    button.ariaPressed = "true";
    tell(slider);
    window.atlasGo({ asof: dayOf(slider) });
    playing = setInterval(() => step(document.querySelector(".as-of input")), 1500);
  });
}
