/* The names on the map. */
import { nameOf } from "./places.js";

const HIDDEN_BELOW = { province: 0, region: 0, prefecture: 7, district: 8, county: 8, commune: 10 };

/* Labels of what is shown and of the larger units, largest first; one that would touch another is left out. */
export function placeLabels(map) {
  const { shown, labels } = map.atlas;
  if (!shown) return;
  labels.clearLayers();
  const zoom = map.getZoom(), bounds = map.getBounds(), size = map.getSize();
  const { stage } = shown.options, small = stage ? 24 * size.y / stage : 13;
  const taken = [];
  const order = ["province", "region", "prefecture", "district", "county", "commune", "township", "border_gate", "village"];
  const own = new Set(shown.ids);
  const candidates = Object.entries(shown.places)
    .filter(([id, place]) => place.lat != null && (own.has(id) ? zoom >= 9 || order.indexOf(place.kind) < 5 : place.base && zoom >= HIDDEN_BELOW[place.kind]))
    .filter(([id, place]) => own.has(id) || (place.until ?? "9999") >= shown.options.asof && (place.from ?? "") <= shown.options.asof)
    .sort(([a, p], [b, q]) => order.indexOf(p.kind) - order.indexOf(q.kind) || own.has(b) - own.has(a));
  for (const [, place] of candidates) {
    if (!bounds.contains([place.lat, place.lon])) continue;
    const text = nameOf(place, shown.options);
    const point = map.latLngToContainerPoint([place.lat, place.lon]);
    const large = order.indexOf(place.kind) < 2;
    const letters = small * (large ? 1.2 : 1), height = stage ? letters * 1.5 : 20;
    const width = [...text].reduce((sum, char) => sum + (char > "\u2e80" ? 1 : 0.56), 0) * letters + 6;
    const box = [point.x - width / 2, point.y + 6, point.x + width / 2, point.y + 6 + height];
    if (box[0] < 0 || box[2] > size.x || taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    const span = document.createElement("span");
    span.textContent = text;
    span.style.fontSize = `${letters}px`;
    const ended = (place.until ?? "9999") < shown.options.asof ? " atlas-label-ended" : "";
    const icon = L.divIcon({ html: span, className: `atlas-label atlas-label-${large ? "large" : "small"}${ended}`, iconSize: [width, height], iconAnchor: [width / 2, -6] });
    L.marker([place.lat, place.lon], { icon, pane: "atlas-labels", interactive: false, keyboard: false }).addTo(labels);
  }
}
