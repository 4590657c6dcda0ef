/* Lists of records. A click anywhere on a row opens its record through the address, as a link does, and another one
   closes it; arrow keys go from row to row; a heading sorts; a row and its curve show each other. What is open is named by an element that a page ends with. */
if (!window.atlasLists) {
  window.atlasLists = true;
  const LINKS = ".records tbody a[href^='?']";
  const record = (link) => [...new URLSearchParams(link.search)][0];
  const opened = () => document.querySelector("[data-open]")?.dataset.open ?? "";

  // on a phone the cells of a row with more than three columns stand under each other, each with its heading
  const stack = (table) => {
    const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent);
    if (heads.length < 4 || table.dataset.stacked) return;
    table.dataset.stacked = "true";
    for (const row of table.tBodies[0].rows) for (const cell of row.cells) cell.dataset.head = heads[cell.cellIndex];
  };

  // a row comes with the id of its record; its first cell is to be the link that opens it
  const link = (table) => {
    for (const row of table.querySelectorAll("tbody tr[data-id]:not(:has(a[href^='?']))")) {
      const made = document.createElement("a");
      made.href = `?${table.dataset.parameter}=${row.dataset.id}`;
      made.append(...row.cells[0].childNodes);
      row.cells[0].append(made);
    }
  };

  const mark = (ids) => {
    const open = new Set(ids.split(" "));
    for (const list of document.querySelectorAll(".records")) {
      link(list.firstElementChild);
      stack(list.firstElementChild);
      const links = [...list.querySelectorAll(LINKS)];
      for (const link of links) {
        if (!open.has(record(link)[1])) link.removeAttribute("aria-current");
        else if (!link.ariaCurrent) link.ariaCurrent = "true";
      }
      const entry = links.find((link) => link === document.activeElement) ?? links.find((link) => link.ariaCurrent) ?? links[0];
      for (const link of list.querySelectorAll("tr[data-id] a")) link.tabIndex = link === entry ? 0 : -1; // a row is one stop
    }
  };

  let clicked = false;
  const reveal = () => {
    const card = document.querySelector(".st-key-record-card"), place = card?.getBoundingClientRect();
    if (clicked && card && (place.top < 60 || place.top > innerHeight - 120)) card.scrollIntoView({ block: "nearest" });
    clicked = false;
    for (const link of document.querySelectorAll(`${LINKS}[aria-current]`)) {
      const list = link.closest(".records"), row = link.closest("tr").getBoundingClientRect();
      const top = list.getBoundingClientRect().top + list.querySelector("thead").offsetHeight;
      const bottom = list.getBoundingClientRect().top + list.clientHeight;
      if (row.top < top) list.scrollTop -= top - row.top;
      else if (row.bottom > bottom) list.scrollTop += row.bottom - bottom;
    }
  };

  const go = (link) => {
    const [name, id] = record(link), closes = link.ariaCurrent;
    clicked = true;
    mark(closes ? "" : id);
    window.atlasGo({ pair: "", record: "", ...(closes ? {} : { [name]: id }) });
  };

  // dates as Vietnamese and English write them begin with the day
  const comparable = (text) => {
    if (/^[\d/]+$/.test(text)) return text.split("/").reverse().join(" ");
    const written = /^(\d+ )?[A-Z][a-z]+ \d{4}/.test(text) && new Date(text.split(" – ")[0]);
    return written > 0 ? `${written.getFullYear()} ${written.getMonth() + 1} ${written.getDate()}` : text;
  };

  const sort = (head) => {
    const body = head.closest("table").tBodies[0], up = head.ariaSort !== "ascending";
    const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const rows = [...body.rows].map((row) => [comparable(row.cells[head.cellIndex].textContent), row]);
    rows.sort(([one], [other]) => (up ? compare(one, other) : compare(other, one)));
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.ariaSort = up ? "ascending" : "descending";
    body.append(...rows.map(([, row]) => row));
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a"), row = event.target.closest?.(".records tbody tr");
    const own = row?.querySelector(LINKS);
    if (own && (!link || link === own)) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      own.focus({ preventScroll: true });
      if (event.detail < 2 && !String(getSelection())) go(own);
    } else if (event.target.matches?.(".records th button")) sort(event.target.closest("th"));
    else if (event.target.closest?.("[data-print]")) print();
  });

  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.(LINKS);
    if (!here || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
    const all = [...here.closest("tbody").querySelectorAll(LINKS.replace(".records tbody ", ""))], at = all.indexOf(here);
    const next = all[{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]];
    event.preventDefault();
    if (!next) return;
    [here.tabIndex, next.tabIndex] = [-1, 0];
    next.focus();
  });

  // paper names the address; a map keeps the view that it has on the screen; a long record is small enough for one sheet
  const SHEET = { width: 700, height: 900 }; // pixels
  const PAPER = ["width", "max-width", "height", "margin-bottom", "transform", "transform-origin"]; // what a map has otherwise
  let onScreen = SHEET; // the size of a map; paper has another layout before it asks
  const fitting = (card) => {
    let scale = 1;
    // as the style sheet for paper has it
    Object.assign(card.style, { zoom: 1, fontSize: "9.5pt", lineHeight: 1.35, columns: card.matches(".whole") ? 2 : "auto" });
    const height = () => {
      card.style.width = `${SHEET.width / scale}px`;
      return card.offsetHeight * scale;
    };
    while (scale > 0.6 && height() > SHEET.height) scale -= 0.05;
    for (const name of ["zoom", "width", "fontSize", "lineHeight", "columns"]) card.style[name] = "";
    return scale;
  };
  addEventListener("beforeprint", () => {
    for (const place of document.querySelectorAll(".printed span")) place.textContent = location.href;
    const scale = Math.min(1, SHEET.width / onScreen.width), { width, height } = onScreen;
    const looks = [`${width}px`, "none", `${height}px`, `${height * (scale - 1)}px`, `scale(${scale})`, "0 0"];
    for (const map of document.querySelectorAll(".st-key-map iframe")) {
      PAPER.forEach((name, at) => map.style.setProperty(name, looks[at], "important"));
    }
    for (const card of document.querySelectorAll(".st-key-record-card .card")) card.style.setProperty("--fit", fitting(card));
  });
  addEventListener("afterprint", () => {
    for (const map of document.querySelectorAll(".st-key-map iframe")) for (const name of PAPER) map.style.removeProperty(name);
  });

  // a row and its curve on the map show each other
  const map = () => document.querySelector(".st-key-map iframe")?.contentWindow ?? window;
  for (const [kind, hovers] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(kind, ({ target }) => {
      const own = target.closest?.(".records tbody tr")?.querySelector(LINKS);
      if (own) map()?.atlasHover?.(hovers ? record(own)[1] : null);
    });
  }
  window.atlasHovered = (id) => {
    for (const row of document.querySelectorAll(".records tbody tr[data-id]")) row.classList.toggle("hovered", row.dataset.id === id);
  };

  // on a phone the map stands in the place of the list, until a record is opened
  const onMap = (shown) => document.documentElement.classList.toggle("atlas-map", shown);
  document.addEventListener("click", ({ target }) => {
    const tab = target.closest?.("[data-phone]");
    if (tab) onMap(tab.dataset.phone === "map");
  });

  let due = false, shown = "";
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      const map = document.querySelector(".st-key-map iframe");
      if (map?.clientWidth && !matchMedia("print").matches) onScreen = { width: map.clientWidth, height: map.clientHeight };
      mark(opened());
      if (opened() !== shown) {
        reveal();
        if (opened()) onMap(false);
      }
      shown = opened();
    });
  }).observe(document.body, { childList: true, subtree: true });
}
