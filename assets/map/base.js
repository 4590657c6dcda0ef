/* The map itself with its base layers, whose geometry are files that the browser fetches once. */
import { nameOf } from "./places.js";
import { textNode, symbol, describe } from "./marks.js";
import { refit, addWholeBorder, moveByTwoFingers } from "./view.js";
import { watchPointer } from "./light.js";
import { listen } from "./keys.js";
import { placeLabels } from "./labels.js";
import { placeEdges } from "./edges.js";
import { addLegend } from "./legend.js";
import { addBasemap } from "./basemap.js";

const fetched = {}, given = {};

/* Has what stands in the page itself read in place of a file. */
export function give(url, read) {
  given[url] = read;
}

export function fetchOnce(url) {
  fetched[url] ??= given[url]?.() ?? fetch(url).then((answer) => {
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.json();
  });
  return fetched[url];
}

/* Resolves when what has been drawn so far is on the screen. */
export function painted() {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/* A map in a page of the atlas, of whose files it is told the versions; atlas.look says how they look. */
export function open(id, { root, data, layers, labels = {}, basemap }) {
  const address = (name, version) => `${root}${name}?v=${version}`;
  return start(id, {
    ...atlas.look,
    basemap,
    data: address("map.json", data),
    labels: Object.fromEntries(Object.entries(labels).map(([language, version]) => [language, address(`labels-${language}.json`, version)])),
    layers: atlas.look.layers
      .filter((layer) => layer.id in layers)
      .map((layer) => ({ ...layer, url: address(`layers/${layer.id}.geojson`, layers[layer.id]) })),
  });
}

export function start(id, config) {
  const map = L.map(id, { center: [22.6, 105.6], zoom: 7, zoomSnap: 0.05, minZoom: 5, maxZoom: 14 });
  map.attributionControl.setPrefix(false);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  map.createPane("atlas-labels").style.cssText += "z-index: 640; pointer-events: none;";
  map.createPane("atlas-groups").style.zIndex = 645;
  map.atlas = { config, labels: L.layerGroup().addTo(map), groups: {}, view: {}, edges: document.createElement("div") };
  map.getContainer().append(map.atlas.edges);
  L.DomEvent.disableClickPropagation(map.atlas.edges);
  for (const [index, layer] of config.layers.entries()) {
    const pane = map.createPane(`atlas-${layer.id}`);
    pane.style.zIndex = 200 + index;
    pane.style.pointerEvents = "none";
  }
  if (config.basemap) addBasemap(map, config.basemap);
  addWholeBorder(map);
  addLegend(map);
  listen(map);
  watchPointer(map);
  moveByTwoFingers(map);
  map.on("resize", () => refit(map));
  map.on("moveend", () => map.atlas.redraw?.());
  map.on("zoomend moveend resize", () => write(map));
  map.on("movestart zoomstart", () => { if (!map.atlas.view.placing) map.atlas.view.moved = true; });
  // a presenter's remote sends page keys, wherever the focus is; the stroke leads to the search
  if (parent !== window) document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (!["PageDown", "PageUp", "b", "B", ".", "/"].includes(key)) return;
    const passed = new KeyboardEvent("keydown", { key, ctrlKey, altKey, metaKey, cancelable: true });
    if (!parent.document.dispatchEvent(passed) && key === "/") event.preventDefault();
  });
  new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());
  return map;
}

/* Writes what depends on the view: where curves lead that leave it, and names. */
export function write(map) {
  placeEdges(map);
  placeLabels(map);
}

/* The base layers that hold on a day; each is fetched when it is first needed. */
export function showLayers(map, day) {
  for (const layer of map.atlas.config.layers) {
    const holds = (layer.from ?? "") <= day && day <= (layer.until ?? "9999");
    const known = map.atlas.groups[layer.id];
    if (!holds) known?.remove();
    else if (known) known.addTo(map);
    else {
      const surveyed = { stroke: true, color: "#8e999f", weight: 0.8 };
      const style = ({ properties }) => ({
        ...(layer.styles?.[properties.country] || (properties.border && layer.at_border) || layer.style),
        ...(properties.approximate === false && surveyed),
      });
      const group = L.geoJSON(null, { pane: `atlas-${layer.id}`, interactive: false, style }).addTo(map);
      map.atlas.groups[layer.id] = group;
      fetchOnce(layer.url).then((data) => {
        group.addData(data);
        if (layer.id === "rivers") placeLabels(map); // which now have names
      });
    }
  }
}

/* Places beside the selection; those of one position share a mark that names them all. Returns what the keyboard reaches. */
export function drawMarks(map, group, places, marks, options) {
  const items = [];
  for (const layer of options.marks ?? []) {
    const mark = map.atlas.config.marks[layer];
    const together = {};
    for (const id of marks[layer]) (together[[places[id].lat, places[id].lon]] ??= []).push(places[id]);
    for (const [spot, here] of Object.entries(together)) {
      if (here[0].lat == null) continue;
      const named = here.map((place) => [nameOf(place, options), options.words[place.class]].filter(Boolean).join(" – "));
      const text = [...named, ...new Set(here.map((place) => options.words[place.precision]).filter(Boolean))];
      const at = [here[0].lat, here[0].lon];
      const marker = L.marker(at, { icon: symbol(mark), keyboard: false, zIndexOffset: -500 });
      marker.bindTooltip(textNode(text)).addTo(group);
      const open = () => marker.openTooltip();
      map.atlas.drawn.set(spot, { text, open });
      items.push({ key: spot, at, element: describe(marker, text.join(". ")), open });
    }
  }
  return items;
}
