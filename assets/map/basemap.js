/* A base map of the office's own choice, over the atlas's land and under everything else. */

export function addBasemap(map, { kind, url, credit, zooms: [least, most] }) {
  const pane = map.createPane("atlas-basemap");
  pane.style.zIndex = map.getPane("atlas-land").style.zIndex; // and later in the page, so above it
  pane.style.pointerEvents = "none";
  const text = document.createElement("span");
  text.textContent = credit;
  const options = { pane: "atlas-basemap", attribution: text.outerHTML, minNativeZoom: least, maxNativeZoom: most };
  ({ raster, vector, tiles })[kind](url, options).addTo(map);
}

function tiles(url, options) {
  return L.tileLayer(url, options);
}

function raster(url, options) {
  return pmtiles.leafletRasterLayer(new pmtiles.PMTiles(url), options);
}

/* Without names, which are the atlas's in three languages, and without borders, which are its matter too. */
function vector(url, { pane, attribution, maxNativeZoom }) {
  const layer = protomapsL.leafletLayer({ url, flavor: "light", pane, attribution, maxDataZoom: maxNativeZoom });
  layer.labelRules.length = 0;
  layer.paintRules = layer.paintRules.filter(({ dataLayer }) => dataLayer !== "boundaries");
  return layer;
}
