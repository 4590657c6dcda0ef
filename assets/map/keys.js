/* The map by the keyboard: one stop of the Tab key, in which arrows go from one thing to the next from west to east. */
import { light, unlight } from "./light.js";
import { placing } from "./view.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const PAN = { ArrowRight: [80, 0], ArrowDown: [0, 80], ArrowLeft: [-80, 0], ArrowUp: [0, -80] };

/* Those of {key, at, element, open} that can be drawn, in the order of the arrows; the one that was current stays so. */
export function order(items) {
  return items.filter(({ element }) => element).sort((a, b) => a.at[1] - b.at[1] || b.at[0] - a.at[0]);
}

export function reachable(map, items) {
  const { keys } = map.atlas;
  keys.items = order(items);
  for (const [number, { element }] of keys.items.entries()) element.id = `atlas-item-${number}`;
  show(map);
}

export function listen(map) {
  const container = map.getContainer();
  map.keyboard?.disable();
  map.atlas.keys = { items: [], current: null };
  container.tabIndex = 0;
  container.setAttribute("role", "application");
  container.addEventListener("focusin", ({ target }) => {
    const item = map.atlas.keys.items.find(({ element }) => element === target);
    if (item) map.atlas.keys.current = item.key;
    if (item) show(map);
  });
  container.addEventListener("focusout", ({ relatedTarget }) => { if (!container.contains(relatedTarget)) unlight(map); });
  container.addEventListener("keydown", (event) => {
    const own = event.target === container || map.getPane("mapPane").contains(event.target);
    if (!own || event.target.closest(".leaflet-popup") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (press(map, event)) event.preventDefault();
  });
}

function press(map, { key, shiftKey, target }) {
  const { keys } = map.atlas, { items } = keys;
  const at = items.findIndex((one) => one.key === keys.current);
  if (shiftKey && PAN[key]) map.panBy(PAN[key]);
  else if (STEPS[key]) step(map, at < 0 ? (STEPS[key] > 0 ? 0 : -1) : at + STEPS[key]);
  else if (key === "Home" || key === "End") step(map, key === "Home" ? 0 : -1);
  else if (key === "+" || key === "=") map.zoomIn();
  else if (key === "-") map.zoomOut();
  else if ((key === "Enter" || key === " ") && target !== map.getContainer()) target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  else if (key === "Enter" || key === " ") items[at]?.open();
  else if (key === "Escape" && keys.current) leave(map);
  else return false;
  return true;
}

function step(map, number) {
  const { keys } = map.atlas, item = keys.items.at(number % keys.items.length);
  if (!item) return;
  keys.current = item.key;
  if (!map.getBounds().contains(item.at)) placing(map, () => map.panInside(item.at, { padding: [60, 60], animate: false }));
  show(map);
}

export function leave(map) {
  map.atlas.keys.current = null;
  unlight(map);
  show(map);
}

/* Marks what the arrows have come to, and says its name. */
function show(map) {
  const { keys } = map.atlas, item = keys.items.find(({ key }) => key === keys.current);
  const container = map.getContainer();
  for (const one of container.querySelectorAll(".atlas-current")) one.classList.remove("atlas-current");
  if (!item) return container.removeAttribute("aria-activedescendant");
  container.setAttribute("aria-activedescendant", item.element.id);
  item.element.classList.add("atlas-current");
  if (container.matches(":focus-visible, :has(:focus-visible)")) light(map, item.key, item.at); // not after a click
}
