/* Pieces of what is drawn: texts, symbols, and what can be reached and clicked. */

export function textNode(lines) {
  const box = document.createElement("div");
  for (const [index, line] of lines.entries()) {
    const row = document.createElement(index ? "span" : "strong");
    row.textContent = line;
    box.append(row, document.createElement("br"));
  }
  return box;
}

export function symbol({ size, color, shape }) {
  const around = "stroke='#fff' stroke-width='1'";
  return `<svg viewBox='-1 -1 14 14' width='${size}' height='${size}'><g fill='${color}' ${around}>${shape}</g></svg>`;
}

export function makeReachable(layer, label) {
  const element = layer.getElement();
  if (!element) return;
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", label);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    layer.fire("click", { latlng: layer.getLatLng?.() ?? layer.getCenter() }, true);
  });
}

/* A layer that reports what was clicked; the counter makes a second click on the same thing a new answer. */
export function clickable(layer, properties) {
  layer.feature = { type: "Feature", properties: { ...properties, click: 0 } };
  layer.on("click", () => { layer.feature.properties.click = Date.now(); });
  return layer;
}
