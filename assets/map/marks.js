/* Pieces of what is drawn: texts and symbols. */

export const ORDER = ["province", "region", "prefecture", "district", "county", "commune", "township", "border_gate", "village"]; // largest first
const TARGET = 24; // pixels around a mark that take a click

export function textNode(lines) {
  const box = document.createElement("div");
  for (const [index, line] of lines.entries()) {
    const row = document.createElement(index ? "span" : "strong");
    row.textContent = line;
    box.append(row, document.createElement("br"));
  }
  return box;
}

const symbols = {}; // as they are drawn, of which each mark has a copy: to read their text for each takes longer

/* A mark as an icon; hollow for what has ended. */
export function symbol({ size, color, shape }, hollow = false) {
  const look = hollow ? `fill='#fff' stroke='${color}' stroke-width='2.2'` : `fill='${color}' stroke='#fff' stroke-width='1'`;
  const text = `<svg viewBox='-1 -1 14 14' width='${size}' height='${size}'><g ${look}>${shape}</g></svg>`;
  symbols[text] ??= Object.assign(document.createElement("template"), { innerHTML: text }).content;
  const html = symbols[text].cloneNode(true).firstChild;
  const box = Math.max(TARGET, size);
  return L.divIcon({ html, className: `atlas-place${hollow ? " atlas-ended" : ""}`, iconSize: [box, box] });
}

/* What is read aloud of a layer that a click opens. */
export function describe(layer, label) {
  const element = layer.getElement();
  element?.setAttribute("role", "button");
  element?.setAttribute("aria-label", label);
  element?.setAttribute("tabindex", "-1"); // a reader of the screen may go there, the Tab key goes to the map
  return element;
}

/* The boxes of all that stands over the map, in pixels of it: [left, top, right, bottom]. */
export function covered(map) {
  const { left, top } = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control, .atlas-edge")]
    .map((one) => one.getBoundingClientRect())
    .filter(({ width }) => width)
    .map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
}

export function touches([a, b, c, d], boxes) {
  return boxes.some(([left, top, right, bottom]) => a < right && c > left && b < bottom && d > top);
}
