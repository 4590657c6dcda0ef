/* One name on the map, and whether there is room for it. */
import { touches } from "./marks.js";

/* Width and height of a text in pixels. */
export function measured(text, letters) {
  return [[...text].reduce((sum, char) => sum + (char > "\u2e80" ? 1 : 0.56), 0) * letters + 6, letters * 1.5];
}

/* Of spots around a point (pixels from it to the middle of the text) the first that is free; its box is taken from then on. */
export function freeSpot({ x, y }, spots, [width, height], taken, size) {
  return spots.find(([dx, dy]) => {
    const box = [x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2];
    return box[0] >= 0 && box[1] >= 0 && box[2] <= size.x && box[3] <= size.y && !touches(box, taken) && taken.push(box);
  });
}

export function letter(map, text, at, [dx, dy], letters, look) {
  const [width, height] = measured(text, letters);
  const span = document.createElement("span");
  span.textContent = text;
  span.style.fontSize = `${letters}px`;
  const icon = L.divIcon({ html: span, className: `atlas-label ${look}`, iconSize: [width, height], iconAnchor: [width / 2 - dx, height / 2 - dy] });
  L.marker(at, { icon, pane: "atlas-labels", interactive: false, keyboard: false }).addTo(map.atlas.labels);
}
