/* Which section of the map is shown. */

/* Tells of a position whether it is in view, or a little outside. */
export function viewOf(map) {
  const view = map.getBounds().pad(0.1);
  const [south, west, north, east] = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()];
  return ([lat, lon]) => lat >= south && lat <= north && lon >= west && lon <= east;
}

/* Brings the map to what has been opened when the token changes, unless it was opened on the map itself, and to what is
 * shown when that changes, unless the visitor has moved the map since. Another language changes neither. */
export function follow(map, { frame, framed, opened, whole, shown, selected }, maxZoom) {
  const { view } = map.atlas;
  const results = JSON.stringify([framed, shown]);
  const here = view.own && [selected].flat().includes(view.own) && frame !== view.frame;
  const isNew = frame !== view.frame && !here, changed = results !== view.results;
  Object.assign(view, { frame, results, whole, maxZoom, own: null });
  if (isNew) bring(map, opened?.length ? opened : framed);
  else if (changed && !view.moved) bring(map, framed);
}

function bring(map, corners) {
  if (!corners.length) return;
  Object.assign(map.atlas.view, { corners, moved: false });
  refit(map);
}

/* Fits the map to what it was brought to; the map may have had no size yet, or another one. */
export function refit(map) {
  const { corners, moved, maxZoom } = map.atlas.view;
  if (!corners || moved) return;
  const { x: broad, y: high } = map.getSize();
  // below a mark stands its name; where there is room to spare, what is wide moves up from the legend
  const flat = map.project(corners[1], 7).subtract(map.project(corners[0], 7));
  const spare = high - 46 - (broad - 32) * Math.abs(flat.y / flat.x);
  const margins = { paddingTopLeft: [16, 16], paddingBottomRight: [16, 30 + (spare > 0 ? spare * 0.6 : 0)] };
  placing(map, () => map.fitBounds(corners, { ...margins, maxZoom, animate: false }));
}

/* Moves the map in a way that does not count as the visitor's own. */
export function placing(map, move) {
  map.atlas.view.placing = true;
  move();
  map.atlas.view.placing = false;
}

export function addWholeBorder(map) {
  const control = L.control({ position: "topright" });
  control.onAdd = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "leaflet-bar atlas-whole";
    button.addEventListener("click", () => bring(map, map.atlas.view.whole));
    L.DomEvent.disableClickPropagation(button);
    return button;
  };
  control.addTo(map);
}

/* Where a finger scrolls the page, two move the map; who tries with one is told. */
export function moveByTwoFingers(map) {
  if (!matchMedia("(pointer: coarse)").matches) return;
  map.dragging.disable();
  const hint = document.createElement("div");
  let hiding;
  hint.className = "atlas-fingers";
  hint.hidden = true;
  map.getContainer().append(hint);
  map.getContainer().addEventListener("touchmove", ({ touches }) => {
    hint.hidden = touches.length > 1;
    clearTimeout(hiding);
    hiding = setTimeout(() => { hint.hidden = true; }, 1200);
  }, { passive: true });
}

/* Names what moves the map in the visitor's language. */
export function say(map, { whole, closer, farther, fingers, map: name }) {
  const container = map.getContainer();
  container.setAttribute("aria-label", name);
  window.frameElement?.setAttribute("aria-label", name); // its title is a technical name
  for (const [part, text] of [["atlas-whole", whole], ["leaflet-control-zoom-in", closer], ["leaflet-control-zoom-out", farther]]) {
    const button = container.querySelector(`.${part}`);
    button.title = text;
    button.setAttribute("aria-label", text);
    if (part !== "atlas-whole") button.tabIndex = -1; // the map takes + and -
  }
  container.querySelector(".atlas-whole").textContent = whole;
  const hint = container.querySelector(".atlas-fingers");
  if (hint) hint.textContent = fingers;
}
