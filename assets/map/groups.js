/* Many twinnings, those near each other as one. */
import { textNode, describe } from "./marks.js";

const CLEAR = 40; // of them in view, of which each can still be followed
const FEW = 2; // twinnings that need no group
const CELL = 76; // pixels between two groups

/* Of the twinnings with their middle or an end in view: which are drawn one by one, and which stand together. */
export function arrange(map, inside, ids, twinnings, { selected }) {
  const inView = [];
  for (const id of ids) {
    const { curve } = twinnings[id];
    if (!curve) continue;
    const [a, c, b] = curve;
    const middle = [0, 1].map((k) => (a[k] + 2 * c[k] + b[k]) / 4);
    const at = [middle, a, b].find(inside);
    if (at || id === selected) inView.push({ id, at: at ?? middle });
  }
  if (inView.length <= CLEAR || map.getZoom() >= map.getMaxZoom()) return { alone: inView.map(({ id }) => id), groups: [] };
  const cells = new Map();
  for (const one of inView.filter(({ id }) => id !== selected)) {
    const point = map.project(one.at);
    const key = `${Math.floor(point.x / CELL)} ${Math.floor(point.y / CELL)}`;
    if (!cells.has(key)) cells.set(key, { sum: L.point(0, 0), members: [] });
    cells.get(key).sum._add(point);
    cells.get(key).members.push(one);
  }
  const groups = [];
  for (const { sum, members } of [...cells.values()].sort((a, b) => b.members.length - a.members.length)) {
    const centre = sum.divideBy(members.length);
    const near = groups.find((other) => other.centre.distanceTo(centre) < CELL * 0.8);
    if (near) near.members.push(...members);
    else groups.push({ centre, members });
  }
  const small = groups.filter(({ members }) => members.length <= FEW).flatMap(({ members }) => members.map(({ id }) => id));
  const alone = inView.some(({ id }) => id === selected) ? [...small, selected] : small;
  return { alone, groups: groups.filter(({ members }) => members.length > FEW) };
}

/* A ring in the colours of its levels around a number; a click brings the map closer to what it stands for. */
export function drawGroup(map, layer, { centre, members }, twinnings, options) {
  const shares = Object.keys(options.levels)
    .map((level) => [level, members.filter(({ id }) => twinnings[id].level === level).length])
    .filter(([, count]) => count);
  const text = [
    options.group.replace("{n}", members.length.toLocaleString(options.lang)),
    ...shares.map(([level, count]) => `${options.levels[level]}: ${count.toLocaleString(options.lang)}`),
  ];
  let end = 0;
  const sectors = shares.map(([level, count]) => {
    const start = end;
    end += (count / members.length) * 100;
    return `${map.atlas.config.levels[level].color} ${start}% ${end}%`;
  });
  const ring = document.createElement("div"), number = document.createElement("span");
  ring.className = "atlas-group";
  ring.style.background = `conic-gradient(${sectors.join(", ")})`;
  number.textContent = members.length.toLocaleString(options.lang);
  ring.append(number);
  const size = 34 + 7 * Math.min(3, Math.log10(members.length));
  const icon = L.divIcon({ html: ring, className: "atlas-place", iconSize: [size, size] });
  const at = map.unproject(centre);
  const marker = L.marker(at, { icon, keyboard: false, pane: "atlas-groups" });
  marker.bindTooltip(textNode(text));
  const closer = () => {
    const bounds = L.latLngBounds(members.map((one) => one.at));
    const zoom = Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, L.point(60, 60)));
    map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()));
  };
  marker.on("click", closer).addTo(layer);
  return { key: `${at.lat} ${at.lng}`, at: [at.lat, at.lng], element: describe(marker, text.join(". ")), open: closer };
}
