/* The map as a component of the page: Leaflet and the atlas's own map script, without a frame. */
import "../../../leaflet/leaflet.js";
import "../../../assets/map.js";

const BASE = new URL("../../../", import.meta.url);
const mounted = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!mounted.has(parentElement)) mounted.set(parentElement, mount(parentElement, data.config));
  const shown = mounted.get(parentElement);
  const run = (shown.run = Symbol());
  shown.ready.then(async (map) => {
    if (shown.run !== run) return;
    const before = shown.group;
    const group = (shown.group = L.featureGroup().addTo(map));
    before?.remove();
    await atlas[data.draw](map, group, data.options);
    group.on("click", ({ propagatedFrom: { feature } }) => { if (feature) setTriggerValue("clicked", feature.properties); });
  });
  // Streamlit also calls this for a run that a newer one has overtaken
  return () => {
    if (shown.run !== run) return;
    mounted.delete(parentElement);
    shown.ready.then((map) => { map.remove(); map.getContainer().remove(); });
  };
}

function mount(root, config) {
  const styles = ["leaflet/leaflet.css", "assets/map.css"].map((path) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL(path, BASE) });
    root.append(link);
    return new Promise((done, failed) => Object.assign(link, { onload: done, onerror: failed }));
  });
  const box = document.createElement("div");
  box.style.height = "100%";
  const ready = Promise.all(styles).then(() => {
    root.append(box);
    const map = L.map(box, { center: [22.6, 105.6], zoom: 7, zoomSnap: 0.25, minZoom: 5, maxZoom: 14 });
    const located = (layer) => ({ ...layer, url: new URL(layer.url, BASE).href });
    atlas.start(map, { ...config, data: new URL(config.data, BASE).href, layers: config.layers.map(located) });
    return map;
  });
  return { ready };
}
