/* The map, drawn by the atlas's own script. */
import { read } from "./data.js";
import { here } from "./state.js";
import { EVERYTHING } from "./main.js";
const MOSTLY = 0.6; // see atlas/maps/framing.py
let map = null, shapes = null, frames = 0, opened = "";

export function startMap({ layers }) {
  for (const id of layers) window.atlas.give(`layer-${id}`, () => read(`layer-${id}`));
  window.atlas.give("data-map", () => read("data-map"));
  map = window.atlas.start("map", {
    ...window.atlas.look,
    data: "data-map",
    layers: window.atlas.look.layers.filter(({ id }) => layers.includes(id)).map((layer) => ({ ...layer, url: `layer-${layer.id}` })),
  });
  shapes = L.featureGroup().addTo(map);
}

/* The section that shows some twinnings: those near the border alone where most are. */
function framed(rows, all) {
  const placed = rows.filter(({ frame }) => frame.length);
  const near = all ? 2 : [0, 1].find((reach) => placed.length && placed.filter(({ frame }) => frame[1] <= reach).length / placed.length >= MOSTLY) ?? 2;
  const corners = placed.filter(({ frame }) => placed.length === 1 || frame[1] <= near).flatMap(({ frame }) => frame[0]);
  if (!corners.length) return [];
  const [lats, lons] = [0, 1].map((at) => corners.map((corner) => corner[at]));
  return [[Math.min(...lats), Math.min(...lons)], [Math.max(...lats), Math.max(...lons)]];
}

export async function drawMap({ core, words, choose, counted }, rows, value, restricts) {
  const { twinnings } = await read("data-map");
  const ids = new Set(rows.map(({ id }) => id)), all = Object.keys(twinnings);
  let shown = "";
  for (let at = 0; at < all.length; at += 4) shown += [8, 4, 2, 1].reduce((sum, bit, n) => sum + (ids.has(all[at + n]) ? bit : 0), 0).toString(16);
  if (value.pair && value.pair !== opened) frames += 1;
  opened = value.pair ?? "";
  const { legend, signs, layers, ...said } = words.map;
  const chosen = value.level.map((level) => core.description.spelled[level]);
  const numbers = Object.fromEntries(Object.entries(said.levels).map(([level]) => [level, counted.level[Object.keys(core.description.spelled).find((one) => core.description.spelled[one] === level)]]).filter(([, n]) => n));
  if (map.atlas.view.moved && restricts !== map.atlas.view.restricts) map.atlas.view.moved = false;
  map.atlas.view.restricts = restricts;
  const beside = layers.filter((layer) => !value.layers.includes(layer));
  const options = {
    ...said, shown, selected: value.pair, lang: here().query.get("lang") || core.language, labels: value.labels, asof: value.asof ?? core.day, marks: value.layers,
    frame: `${frames}`, framed: restricts ? framed(rows) : core.border, opened: framed(choose("twinnings", { ...EVERYTHING, level: Object.keys(core.description.spelled) }).filter(({ id }) => id === value.pair), true), whole: core.border,
    legend: { counts: numbers, chosen, says: { ...legend, signs: Object.fromEntries(Object.entries(signs).filter(([sign]) => !beside.includes(sign))) } },
  };
  shapes.clearLayers();
  await window.atlas.select(map, shapes, options);
}
