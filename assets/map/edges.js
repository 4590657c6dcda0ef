/* Tags at the edge of the map: where to a curve leads that leaves it. */
import { bezier, nameOf } from "./places.js";
import { covered, touches } from "./marks.js";

const HIGH = 24, INSET = 6, COUNT = 20; // pixels: of a tag, to the edge, of a number that may come to it
const MOST = 3; // names in one tag

/* Where a curve leaves a box of pixels, once for each end that lies outside, with the direction to that end, one of
 * eight: 0 is right, 2 is up. None for a curve that never enters. */
export function leaves(points, [left, top, right, bottom]) {
  const inside = ({ x, y }) => x >= left && x <= right && y >= top && y <= bottom;
  return [0, 1].flatMap((far) => {
    const inward = far ? [...points].reverse() : points;
    const first = inward.findIndex(inside);
    if (first < 1) return [];
    const a = inward[first], b = inward[first - 1], end = inward[0];
    const share = Math.min(...[
      b.x > right && (right - a.x) / (b.x - a.x), b.x < left && (left - a.x) / (b.x - a.x),
      b.y > bottom && (bottom - a.y) / (b.y - a.y), b.y < top && (top - a.y) / (b.y - a.y),
    ].filter((one) => one !== false));
    const way = (Math.round(Math.atan2(a.y - end.y, end.x - a.x) / (Math.PI / 4)) + 8) % 8;
    return [{ far, x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y), way }];
  });
}

export function placeEdges(map) {
  const { edges, shown } = map.atlas;
  edges.replaceChildren();
  if (!shown?.open) return;
  const { x: broad, y: high } = map.getSize();
  const found = new Map();
  for (const { id, twinning } of shown.alone) {
    const points = bezier(twinning.curve).map((at) => map.latLngToContainerPoint(at));
    for (const exit of leaves(points, [0, 0, broad, high])) {
      const name = (exit.far ? twinning.cn : twinning.vn).map((place) => nameOf(shown.known[place], shown.options)).join(", ");
      const edge = exit.x <= 1 ? "left" : exit.x >= broad - 1 ? "right" : exit.y <= 1 ? "top" : "bottom";
      const key = `${edge} ${name}`;
      if (found.has(key)) found.get(key).ids.push(id);
      else found.set(key, { ...exit, edge, names: [name], ids: [id] });
    }
  }
  const taken = covered(map);
  const left = [...found.values()].sort((a, b) => a.x + a.y - b.x - b.y), placed = [];
  while (left.length) {
    const tag = left.shift();
    if (place(tag, edges, taken, broad, high, shown)) {
      placed.push(tag);
      continue;
    }
    const near = [...left, ...placed].find(({ edge }) => edge === tag.edge);
    near?.names.push(...tag.names);
    near?.ids.push(...tag.ids);
    if (near?.button) label(near, shown.options.lang);
  }
}

/* Draws a tag where it covers nothing, along its edge at most a few tags away. */
function place(tag, edges, taken, broad, high, { open, options }) {
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1; // the keyboard goes by the curves
  button.className = "atlas-edge";
  button.append(document.createElement("span"), document.createElement("b"));
  button.firstChild.textContent = `${"→↗↑↖←↙↓↘"[tag.way]} ${tag.names.slice(0, MOST).join(", ")}${tag.names.length > MOST ? " …" : ""}`;
  label({ ...tag, button }, options.lang);
  edges.append(button);
  const width = button.getBoundingClientRect().width + (tag.ids.length > 1 ? 0 : COUNT);
  const upright = tag.edge === "left" || tag.edge === "right";
  for (const step of [0, 1, -1, 2, -2, 3, -3]) {
    const x = clamp(tag.x - width / 2 + (upright ? 0 : step * (width / 2 + 4)), INSET, broad - width - INSET);
    const y = clamp(tag.y - HIGH / 2 + (upright ? step * (HIGH + 4) : 0), INSET, high - HIGH - INSET);
    const box = [x, y, x + width, y + HIGH];
    if (touches(box, taken)) continue;
    taken.push(box);
    button.style.top = `${y}px`;
    Object.assign(button.style, tag.edge === "right" ? { right: `${INSET}px` } : { left: `${x}px` });
    tag.button = button;
    button.addEventListener("click", () => open(tag.ids, [...new Set(tag.names)], [tag.x, tag.y]));
    return true;
  }
  button.remove();
  return false;
}

function label({ button, ids }, lang) {
  button.lastChild.textContent = ids.length > 1 ? ` ${ids.length.toLocaleString(lang)}` : "";
}

function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
