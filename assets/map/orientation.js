/* Towns and the names of rivers, for orientation: only where nothing else stands. */
import { both, nameOf } from "./places.js";
import { touches } from "./marks.js";
import { freeSpot, measured, letter } from "./lettering.js";

const COMMUNES = 10; // zoom from which these have their names
const DOT = 4; // pixels from the middle of a town's dot that stay free
const ABOVE_OR_BELOW = [[0, -10], [0, 10]];

/* Towns at low zooms, each with its name unless a unit bears it already.
 * `room`: boxes that are taken, texts that are said, and the size of the letters. */
export function nameTowns(map, { taken, said, letters }) {
  if (map.getZoom() >= COMMUNES) return;
  const { places, options } = map.atlas.shown, bounds = map.getBounds();
  for (const town of Object.values(places).filter(({ town }) => town)) {
    const at = [town.lat, town.lon], text = nameOf(town, options);
    if (!bounds.contains(at)) continue;
    const { x, y } = map.latLngToContainerPoint(at), [width, height] = measured(text, letters);
    const dot = [x - DOT, y - DOT, x + DOT, y + DOT], beside = width / 2 + DOT + 1, below = height / 2 + DOT;
    if (touches(dot, taken)) continue;
    const spots = [[beside, 0], [-beside, 0], [0, below], [0, -below]];
    const spot = !said.has(text) && freeSpot({ x, y }, spots, [width, height], taken, map.getSize());
    if (!spot && !said.has(text)) continue;
    taken.push(dot);
    said.add(text);
    L.circleMarker(at, { pane: "atlas-labels", radius: 2.5, weight: 1, color: "#fff", fillColor: "#51606b", fillOpacity: 1, interactive: false, className: "atlas-town" }).addTo(map.atlas.labels);
    if (spot) letter(map, text, at, spot, letters, "atlas-label-town");
  }
}

/* Each river once, by the longest of its stretches in view that is longer than its name, as near to the middle as there is room. */
export function nameRivers(map, { taken, said, letters }) {
  const { options } = map.atlas.shown, size = map.getSize();
  const stretches = (map.atlas.groups.rivers?.getLayers() ?? [])
    .map((layer) => ({ text: ownName(layer.feature.properties, options), points: inView(map, layer.getLatLngs(), size) }))
    .filter(({ text, points }) => text && lengthOf(points) > 1.3 * measured(text, letters)[0])
    .sort((one, other) => lengthOf(other.points) - lengthOf(one.points));
  for (const { text, points } of stretches) {
    if (said.has(text)) continue;
    for (const point of fromTheMiddle(points)) {
      const spot = freeSpot(point, ABOVE_OR_BELOW, measured(text, letters), taken, size);
      if (!spot) continue;
      said.add(text);
      letter(map, text, map.containerPointToLatLng(point), spot, letters, "atlas-label-river");
      break;
    }
  }
}

/* A river has no name in a language in which no source names it. */
function ownName({ vi, zh, en }, { lang, labels }) {
  return labels === "bilingual" ? both([vi, zh].filter(Boolean), lang) : { vi, zh, en }[lang];
}

function inView(map, line, size) {
  const inside = ({ x, y }) => x >= 0 && y >= 0 && x <= size.x && y <= size.y;
  return line.flat().map((at) => map.latLngToContainerPoint(at)).filter(inside);
}

function lengthOf(points) {
  return points.slice(1).reduce((sum, point, before) => sum + point.distanceTo(points[before]), 0);
}

function fromTheMiddle(points) {
  const middle = (points.length - 1) / 2;
  return points.map((point, place) => [Math.abs(place - middle), point]).sort(([a], [b]) => a - b).map(([, point]) => point);
}
