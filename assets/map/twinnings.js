/* Twinnings: an interaction sends only which of them are shown. */
import { bezier, nameOf, spotOf, gather, shownOf } from "./places.js";
import { textNode, symbol, describe } from "./marks.js";
import { openRecord } from "./page.js";
import { viewOf, follow, say } from "./view.js";
import { unlight } from "./light.js";
import { reachable } from "./keys.js";
import { listTwinnings } from "./lists.js";
import { showLegend } from "./legend.js";
import { fetchOnce, painted, showLayers, drawMarks, write } from "./base.js";
import { arrange, drawGroup } from "./groups.js";

const CLOSEST = 11; // zoom to which the map goes by itself
const MANY = 150; // twinnings; where there are more, near ones stand together as a group until one comes closer
const TOGETHER = 9; // pixels between two marks that a click cannot tell apart

export async function select(map, group, options) {
  const data = await fetchOnce(map.atlas.config.data);
  if (!map.hasLayer(group)) return;
  const { places, twinnings } = data;
  const ids = shownOf(twinnings, options.shown);
  options.anew = new Set(options.changed ? shownOf(twinnings, options.changed.bits) : []);
  map.atlas.redraw = null;
  map.closePopup();
  follow(map, options, CLOSEST);
  const drawn = { ...data, here: gather(ids, data, options) };
  if (ids.length <= MANY) draw(map, group, { alone: ids, groups: [] }, drawn, options);
  else {
    const located = Object.entries(places).filter(([, { lat }]) => lat != null);
    map.atlas.redraw = () => {
      if (!map.hasLayer(group)) return;
      const inside = viewOf(map);
      const named = Object.fromEntries(located.filter(([, { lat, lon }]) => inside([lat, lon])));
      draw(map, group, arrange(map, inside, ids, twinnings, options), drawn, options, named);
    };
    map.atlas.redraw();
  }
  await painted(); // what people come for is seen before all that is around it
  if (!map.hasLayer(group)) return;
  say(map, options.says);
  showLegend(map, options);
  showLayers(map, options.asof);
  write(map);
}

/* Draws twinnings and groups of them in place of what the layer held; labels may name the places `named`. */
function draw(map, group, { alone, groups }, { places, twinnings, marks, here }, options, named = places) {
  const { levels } = map.atlas.config, { activeElement } = document;
  const focused = map.getPane("mapPane").contains(activeElement) && !map.getPane("popupPane").contains(activeElement);
  group.clearLayers();
  map.atlas.drawn.clear();
  unlight(map);
  const items = drawMarks(map, group, places, marks, options);
  const shown = new Map(), order = Object.keys(levels);
  const last = (id) => (id === options.selected ? order.length : order.indexOf(twinnings[id].level)); // and so above all others
  for (const id of [...alone].sort((a, b) => last(a) - last(b))) {
    const twinning = twinnings[id];
    items.push(...drawTwinning(map, group, id, twinning, levels[twinning.level], options));
    for (const member of [...twinning.vn, ...twinning.cn]) {
      shown.set(member, twinning.level);
      drawSuccessors(group, places[member], places, levels[twinning.level], options);
    }
  }
  const openAll = (found, at) => listTwinnings(map, at, found, twinnings, options);
  const spots = new Map([...shown].map(([id, level]) => [spotOf(places[id]), { place: places[id], mark: levels[level], above: order.indexOf(level) }]));
  for (const [spot, one] of spots) {
    if (here.has(spot)) drawPlace(map, group, one, here.get(spot), options, () => openAll(around(map, one.place, spots, here), [one.place.lat, one.place.lon]));
  }
  for (const one of groups) items.push(drawGroup(map, group, one, twinnings, options));
  if (focused) map.getContainer().focus({ preventScroll: true });
  const chosen = twinnings[options.selected];
  map.atlas.shown = {
    places: named, known: places, ids: [...shown.keys()], options, chosen: chosen && [...chosen.vn, ...chosen.cn],
    alone: alone.filter((id) => twinnings[id].curve).map((id) => ({ id, twinning: twinnings[id] })),
    open: (found, names, at) => openAll({ ids: found, names }, map.containerPointToLatLng(at)),
  };
  reachable(map, items);
}

function drawTwinning(map, group, id, twinning, { color, weight }, options) {
  if (!twinning.curve) return [];
  const chosen = id === options.selected;
  const style = { color, weight: chosen ? weight + 2.5 : weight, opacity: options.selected && !chosen ? 0.45 : 0.9, className: "atlas-twinning" };
  const ends = twinning.title[options.lang];
  const lines = [bezier(twinning.curve), ...twinning.spokes], anew = options.anew.has(id);
  if (anew) L.polyline(lines, { ...map.atlas.config.changed, weight: weight + map.atlas.config.changed.weight, interactive: false, className: "atlas-changed" }).addTo(group);
  if (chosen) L.polyline(lines, { ...style, color: "#fff", weight: style.weight + 5, opacity: 0.95, interactive: false }).addTo(group);
  const layer = L.polyline(lines, { ...style, bubblingMouseEvents: false }).addTo(group);
  const open = () => openRecord(map, { pair: id, record: "" });
  layer.on("click", open);
  map.atlas.drawn.set(id, { layer, lines, style, open, text: [ends, options.levels[twinning.level], twinning.signed[options.lang], ...(anew ? [options.changed.text] : [])] });
  return [{ key: id, at: lines[0][12], element: describe(layer, ends), open }];
}

/* Where a unit has ended: a dotted line from where it was to each unit that stands in for it. */
function drawSuccessors(group, place, places, { color }, options) {
  if (place.lat == null || (place.until ?? "9999") >= options.asof) return;
  for (const id of place.next ?? []) {
    const successor = places[id];
    if (successor.lat == null) continue;
    const ends = [[place.lat, place.lon], [successor.lat, successor.lon]];
    L.polyline(ends, { color, weight: 1.5, opacity: 0.8, dashArray: "1.5 3", interactive: false, className: "atlas-stands-in" }).addTo(group);
    L.circleMarker(ends[1], { radius: 2.5, stroke: false, fillColor: color, fillOpacity: 1, className: "atlas-successor atlas-stands-in" })
      .bindTooltip(() => textNode([nameOf(successor, options)])).addTo(group);
  }
}

/* A place opens its twinning, or lists them where it or a mark beside it has several. */
function drawPlace(map, group, { place, mark, above }, { ids }, options, open) {
  const ended = (place.until ?? "9999") < options.asof;
  const marker = L.marker([place.lat, place.lon], { icon: symbol(mark, ended), keyboard: false, zIndexOffset: above * 1000 });
  const text = [nameOf(place, options)];
  if (ids.length > 1) text.push(options.several.replace("{n}", ids.length.toLocaleString(options.lang)));
  marker.bindTooltip(() => textNode(text)).on("click", () => { marker.closeTooltip(); open(); }).addTo(group);
  describe(marker, text.join(". ")).dataset.only = ids.length > 1 ? "" : ids[0];
}

/* The twinnings of a place and of all places that stand so near that a click could mean them. */
function around(map, place, spots, here) {
  const point = ({ lat, lon }) => map.latLngToLayerPoint([lat, lon]);
  const near = [...spots].filter(([spot, other]) => here.has(spot) && point(other.place).distanceTo(point(place)) < TOGETHER);
  return {
    ids: [...new Set(near.flatMap(([spot]) => here.get(spot).ids))],
    names: [...new Set(near.flatMap(([spot]) => [...here.get(spot).names]))],
  };
}
