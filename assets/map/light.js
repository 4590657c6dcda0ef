/* A curve that the pointer, the keyboard or a row of the list points at. */
import { textNode } from "./marks.js";

const NEAR = 12; // pixels from a curve that still mean it

/* Draws a curve stronger, and says what it is at a position. */
export function light(map, id, at) {
  const { lit, drawn, tip } = map.atlas;
  lit.clearLayers();
  const found = drawn.get(id);
  if (found?.lines) {
    const { lines, style } = found;
    const look = { pane: "atlas-lit", interactive: false, opacity: 1 };
    L.polyline(lines, { ...look, color: "#fff", weight: style.weight + 7 }).addTo(lit);
    L.polyline(lines, { ...look, color: style.color, weight: style.weight + 2 }).addTo(lit);
  }
  if (found && at) tip.setContent(textNode(found.text)).setLatLng(at).addTo(map);
  else tip.remove();
}

export function unlight(map) {
  map.atlas.lit.clearLayers();
  map.atlas.tip.remove();
}

/* Of the drawn curves the one that comes nearest to a point of the map, if any comes near. */
export function nearest(map, point) {
  let best = { distance: NEAR };
  for (const [id, { layer }] of map.atlas.drawn) {
    const { distance = Infinity } = layer?.closestLayerPoint(point) ?? {};
    if (distance < best.distance) best = { id, distance };
  }
  return best.id;
}

/* Follows the pointer, and takes a click beside a curve for one on it. */
export function watchPointer(map) {
  map.createPane("atlas-lit").style.cssText += "z-index: 450; pointer-events: none;";
  map.atlas.lit = L.layerGroup().addTo(map);
  map.atlas.tip = L.tooltip({ className: "atlas-tip" });
  map.atlas.drawn = new Map(); // what is drawn, by what it stands for: {layer, lines, style, text, open}
  let over = null;
  const point = (id, at) => {
    if (id !== over) parent.atlasHovered?.(id ?? null);
    if (id || over) light(map, id, at);
    map.getContainer().classList.toggle("atlas-over", Boolean(id));
    over = id;
  };
  map.on("mousemove", ({ latlng, layerPoint, originalEvent }) => {
    const mark = originalEvent.target.closest(".atlas-place, .leaflet-control, .leaflet-popup, .atlas-edge");
    if (mark) point(mark.dataset.only);
    else if (!map.dragging.moving()) point(nearest(map, layerPoint), latlng);
  });
  map.on("mouseout movestart", () => point());
  map.on("click", ({ layerPoint }) => map.atlas.drawn.get(nearest(map, layerPoint))?.open());
  window.atlasHover = (id) => light(map, id);
}
