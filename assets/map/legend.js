/* What the marks and lines mean, on the map; its levels are the filter of levels, and what has changed is one. */
import { onlyChanged, toggle } from "./page.js";

const NARROW = 700; // pixels of a map on which the legend begins folded

export function addLegend(map) {
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => {
    const box = document.createElement("div");
    box.className = "leaflet-bar atlas-legend";
    box.hidden = true;
    box.addEventListener("keydown", (event) => walk(box, event));
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  };
  control.addTo(map);
  map.atlas.legend = control.getContainer();
}

/* Draws the legend anew: {counts, chosen, says} of the options, and the layers that are shown as well. */
export function showLegend(map, { legend, levels, lang, changed }) {
  const box = map.atlas.legend, focused = box.contains(document.activeElement) && document.activeElement.dataset.row;
  box.hidden = !legend;
  if (!legend) return;
  const { config } = map.atlas;
  const open = map.atlas.view.legend ?? map.getSize().x >= NARROW;
  const head = button(legend.says.head, () => { map.atlas.view.legend = box.classList.toggle("atlas-open"); fold(box, head); });
  head.className = "atlas-legend-head";
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", legend.says.levels);
  for (const [level, count] of Object.entries(legend.counts)) {
    const row = filter(levels[level], level, () => toggle(level), config.levels[level].legend, count.toLocaleString(lang), legend.chosen.includes(level));
    row.classList.toggle("atlas-off", legend.chosen.length > 0 && !legend.chosen.includes(level));
    group.append(row);
  }
  const list = document.createElement("ul");
  for (const [name, text] of Object.entries(legend.says.signs)) {
    const row = document.createElement("li");
    row.append(picture(config.legend[name]), text);
    list.append(row);
  }
  if (changed?.count) {
    const { text, release, chosen, count } = changed, row = document.createElement("li");
    row.append(filter(text, "changed", () => onlyChanged(chosen ? "" : release), config.legend.changed, count.toLocaleString(lang), chosen));
    list.prepend(row);
  }
  box.classList.toggle("atlas-open", open);
  box.replaceChildren(head, group, list);
  fold(box, head);
  const entry = focused ? box.querySelector(`[data-row="${focused}"]`) : null;
  for (const one of box.querySelectorAll("button")) one.tabIndex = one === (entry || head) ? 0 : -1;
  entry?.focus();
}

function fold(box, head) {
  head.setAttribute("aria-expanded", box.classList.contains("atlas-open"));
}

/* A row that is a filter, with its mark and how many it would leave. */
function filter(text, name, act, mark, count, pressed) {
  const row = button(text, act), number = document.createElement("b");
  number.textContent = count;
  row.prepend(picture(mark));
  row.append(number);
  row.dataset.row = name;
  row.setAttribute("aria-pressed", pressed);
  return row;
}

function button(text, act) {
  const made = document.createElement("button"), label = document.createElement("span");
  made.type = "button";
  label.textContent = text;
  made.append(label);
  made.addEventListener("click", act);
  return made;
}

function picture(svg) {
  const box = document.createElement("i");
  box.innerHTML = svg; // of the atlas's own script
  return box;
}

function walk(box, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = [...box.querySelectorAll("button")].filter((one) => one.checkVisibility());
  const next = step && all[all.indexOf(document.activeElement) + step];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  if (!next) return;
  for (const one of all) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}
