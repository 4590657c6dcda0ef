/* The names on the map. */
import { nameOf } from "./places.js";
import { ORDER, covered } from "./marks.js";
import { freeSpot, measured, letter } from "./lettering.js";
import { nameRivers, nameTowns } from "./orientation.js";

const HIDDEN_BELOW = { province: 0, region: 0, prefecture: 7, district: 8, county: 8, commune: 10 };
const MARK = 6; // pixels from the middle of a mark to its edge

/* Names of what is shown and of the larger units; one that would touch another or a mark is left out. */
export function placeLabels(map) {
  const { shown, labels } = map.atlas;
  if (!shown) return;
  labels.clearLayers();
  const { options } = shown, bounds = map.getBounds(), size = map.getSize();
  const small = options.stage ? 24 * size.y / options.stage : 13;
  const point = ({ lat, lon }) => map.latLngToContainerPoint([lat, lon]);
  const marks = shown.ids.map((id) => shown.places[id]).filter((place) => place?.lat != null).map(point);
  const taken = [...covered(map), ...marks.map(({ x, y }) => [x - MARK, y - MARK, x + MARK, y + MARK])];
  const said = new Set();
  for (const place of candidates(shown, map.getZoom())) {
    if (!bounds.contains([place.lat, place.lon])) continue;
    const text = nameOf(place, options), large = sizeOf(place.kind) < 2;
    const letters = small * (large ? 1.2 : 1), [width, height] = measured(text, letters);
    const beside = MARK + 1 + width / 2, below = MARK + height / 2;
    const spots = [[0, below], [0, -below], [beside, 0], [-beside, 0]];
    const spot = !said.has(text) && freeSpot(point(place), spots, [width, height], taken, size);
    if (!spot) continue;
    said.add(text);
    const ended = (place.until ?? "9999") < options.asof ? " atlas-label-ended" : "";
    letter(map, text, [place.lat, place.lon], spot, letters, `atlas-label-${large ? "large" : "small"}${ended}`);
  }
  nameTowns(map, { taken, said, letters: small });
  nameRivers(map, { taken, said, letters: small });
}

function sizeOf(kind) {
  const at = ORDER.indexOf(kind);
  return at < 0 ? ORDER.length : at;
}

/* What may be named, in the order in which it takes its room: of the open record, large units, what is shown, the rest. */
function candidates({ places, ids, chosen = [], options }, zoom) {
  const own = new Set(ids);
  const rank = ([id, { kind }]) => (chosen.includes(id) ? 0 : sizeOf(kind) < 2 ? 1 : own.has(id) ? 2 : 3);
  return Object.entries(places)
    .filter(([id, place]) => place.lat != null && (own.has(id) || place.base && zoom >= HIDDEN_BELOW[place.kind]))
    .filter(([id, place]) => own.has(id) || (place.until ?? "9999") >= options.asof && (place.from ?? "") <= options.asof)
    .sort((a, b) => rank(a) - rank(b) || sizeOf(a[1].kind) - sizeOf(b[1].kind))
    .map(([, place]) => place);
}
