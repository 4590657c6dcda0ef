/* Which section of the map is shown. */

/* Tells of a position whether it is in view, or a little outside. */
export function viewOf(map) {
  const view = map.getBounds().pad(0.1);
  const [south, west, north, east] = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()];
  return ([lat, lon]) => lat >= south && lat <= north && lon >= west && lon <= east;
}

/* Brings the map to what has been opened when the token changes, and to what is shown when that changes, unless the
 * visitor has moved the map since. Another language changes neither. */
export function follow(map, { frame, framed, opened, whole, shown }, maxZoom) {
  const { view } = map.atlas;
  const results = JSON.stringify([framed, shown]);
  const isNew = frame !== view.frame, changed = results !== view.results;
  Object.assign(view, { frame, results, whole, maxZoom });
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
  const margins = { paddingTopLeft: [16, 16], paddingBottomRight: [16, 30] }; // below a mark stands its name
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

/* Names what moves the map in the visitor's language. */
export function say(map, { whole, closer, farther }) {
  for (const [part, text] of [["atlas-whole", whole], ["leaflet-control-zoom-in", closer], ["leaflet-control-zoom-out", farther]]) {
    const button = map.getContainer().querySelector(`.${part}`);
    button.title = text;
    button.setAttribute("aria-label", text);
  }
  map.getContainer().querySelector(".atlas-whole").textContent = whole;
}
