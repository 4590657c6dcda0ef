/* Flows between places, events at places and routes. */
import { bezier, linesOf } from "./places.js";
import { textNode, describe } from "./marks.js";
import { openRecord } from "./page.js";
import { follow, say } from "./view.js";
import { unlight } from "./light.js";
import { reachable } from "./keys.js";
import { fetchOnce, showLayers, drawMarks, write } from "./base.js";

const CLOSEST_FLOWS = 9; // zoom to which the map goes by itself

/* Their geometry travels, the browser has the words. */
export async function flows(map, group, options) {
  showLayers(map, options.asof);
  const { data, labels } = map.atlas.config;
  const [{ places, marks }, said] = await Promise.all([fetchOnce(data), fetchOnce(labels[options.lang])]);
  if (!map.hasLayer(group)) return;
  say(map, options.says);
  map.atlas.drawn.clear();
  unlight(map);
  const items = drawMarks(map, group, places, marks, options);
  const shapes = [...options.lines, ...options.points];
  const chosen = (shape) => shape.records.some((record) => options.selected.includes(record));
  for (const shape of shapes) {
    shape.key = `${shape.records[0]} ${shape.from ?? shape.place ?? ""} ${shape.to ?? ""}`;
    shape.text = linesOf(shape, places, said, options);
    shape.open = () => openRecord(map, { record: shape.records, pair: "" });
  }
  for (const line of options.lines) items.push(drawFlow(map, group, line, chosen(line)));
  for (const point of options.points) items.push(drawPoint(map, group, point, chosen(point)));
  map.atlas.shown = { places, ids: [...new Set(shapes.flatMap(({ from, to, place }) => [from, to, place].filter((id) => id && places[id].kind !== "institution")))], options };
  reachable(map, items);
  follow(map, options, CLOSEST_FLOWS);
  write(map);
}

function drawFlow(map, group, { curve, width, dash, color, text, key, open }, chosen) {
  const points = bezier(curve);
  const style = { color, weight: chosen ? width + 3 : width, opacity: 0.85, dashArray: dash ? "3 6" : null, className: "atlas-flow" };
  if (chosen) L.polyline(points, { ...style, color: "#fff", weight: style.weight + 5, dashArray: null, interactive: false }).addTo(group);
  const layer = L.polyline(points, { ...style, bubblingMouseEvents: false }).on("click", open).addTo(group);
  map.atlas.drawn.set(key, { layer, lines: points, style, text, open });
  drawArrow(map, group, points, color, 10 + style.weight);
  return { key, at: points[12], element: describe(layer, text.join(". ")), open };
}

/* An arrowhead past the middle of a curve; directions keep their angle at every zoom of this projection. */
function drawArrow(map, group, points, color, size) {
  const at = Math.round(points.length * 0.62);
  const [from, to] = [points[at - 1], points[at]].map((point) => map.project(point, 10));
  const arrow = document.createElement("div");
  arrow.className = "atlas-arrow";
  arrow.style.cssText = `width:${size}px;height:${size}px;background:${color};transform:rotate(${Math.atan2(to.y - from.y, to.x - from.x)}rad)`;
  const icon = L.divIcon({ html: arrow, className: "", iconSize: [size, size] });
  L.marker(points[at], { icon, interactive: false, keyboard: false }).addTo(group);
}

function drawPoint(map, group, { at, size, color, ring, square, number, text, key, open }, chosen) {
  const mark = document.createElement("div");
  mark.className = `atlas-point${ring ? " atlas-ring" : square ? " atlas-square" : ""}`;
  mark.style.cssText = ring ? `border-color:${color}` : `background:${color}`;
  if (chosen) mark.style.boxShadow = "0 0 0 3px #fff, 0 0 0 6px #22303a";
  mark.textContent = number ?? "";
  const icon = L.divIcon({ html: mark, className: "atlas-place", iconSize: [size, size] });
  const marker = L.marker(at, { icon, keyboard: false }).bindTooltip(textNode(text)).on("click", open).addTo(group);
  map.atlas.drawn.set(key, { text, open });
  return { key, at, element: describe(marker, text.join(". ")), open };
}
