/* The atlas on a Leaflet map: base layers, twinnings, labels.
 *
 * Geometry and names are files that the browser fetches once; an interaction
 * sends only which twinnings are shown. Every text is set as textContent. */
"use strict";

window.atlas = (() => {
  const MANY = 150; // twinnings; where there are more, near ones stand together as a group until one comes closer
  const CLEAR = 40; // of them in view, of which each can still be followed
  const FEW = 2; // twinnings that need no group
  const CELL = 76; // pixels between two groups
  const HIDDEN_BELOW = { province: 0, region: 0, prefecture: 7, district: 8, county: 8, commune: 10 };
  const MOST_LINES = 3;  // of records in a label, which then only counts the rest
  const CLOSEST = { twinnings: 11, flows: 9 }; // zoom to which the map goes by itself
  const fetched = {};

  function fetchOnce(url) {
    fetched[url] ??= fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    });
    return fetched[url];
  }

  function textNode(lines) {
    const box = document.createElement("div");
    for (const [index, line] of lines.entries()) {
      const row = document.createElement(index ? "span" : "strong");
      row.textContent = line;
      box.append(row, document.createElement("br"));
    }
    return box;
  }

  function nameOf(place, options) {
    const { vi, zh, en } = place;
    if (options.labels === "bilingual") return zh && vi !== zh ? `${vi || en} ${zh}` : vi || zh || en;
    return { vi: vi || en || zh, zh: zh || vi || en, en: en || vi || zh }[options.lang];
  }

  /* A quadratic curve from a to b over the control point c, as n + 1 points. */
  function bezier([a, c, b], n = 24) {
    return Array.from({ length: n + 1 }, (_, i) => {
      const t = i / n, u = 1 - t;
      return [0, 1].map((k) => u * u * a[k] + 2 * u * t * c[k] + t * t * b[k]);
    });
  }

  function symbol({ size, color, shape }) {
    const around = "stroke='#fff' stroke-width='1'";
    return `<svg viewBox='-1 -1 14 14' width='${size}' height='${size}'><g fill='${color}' ${around}>${shape}</g></svg>`;
  }

  function makeReachable(layer, label) {
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
  function clickable(layer, properties) {
    layer.feature = { type: "Feature", properties: { ...properties, click: 0 } };
    layer.on("click", () => { layer.feature.properties.click = Date.now(); });
    return layer;
  }

  /* A map in a page of the atlas, of whose files it is told the versions; look.js says how they look. */
  function open(id, { root, data, layers, labels = {} }) {
    const address = (name, version) => `${root}${name}?v=${version}`;
    const map = L.map(id, { center: [22.6, 105.6], zoom: 7, zoomSnap: 0.25 });
    start(map, {
      ...atlas.look,
      data: address("map.json", data),
      labels: Object.fromEntries(Object.entries(labels).map(([language, version]) => [language, address(`labels-${language}.json`, version)])),
      layers: atlas.look.layers
        .filter((layer) => layer.id in layers)
        .map((layer) => ({ ...layer, url: address(`layers/${layer.id}.geojson`, layers[layer.id]) })),
    });
    return map;
  }

  function start(map, config) {
    map.attributionControl?.setPrefix(false);
    L.control.scale({ imperial: false }).addTo(map);
    map.createPane("atlas-labels").style.cssText += "z-index: 640; pointer-events: none;";
    map.createPane("atlas-groups").style.zIndex = 645;
    map.atlas = { config, labels: L.layerGroup().addTo(map), groups: {}, view: {} };
    for (const [index, layer] of config.layers.entries()) {
      const pane = map.createPane(`atlas-${layer.id}`);
      pane.style.zIndex = 200 + index;
      pane.style.pointerEvents = "none";
    }
    addWholeBorder(map);
    map.on("resize", () => refit(map));
    map.on("moveend", () => map.atlas.redraw?.());
    map.on("zoomend moveend resize", () => placeLabels(map));
    map.on("movestart zoomstart", () => { if (!map.atlas.view.placing) map.atlas.view.moved = true; });
    // a presenter's remote sends page keys, wherever the focus is
    document.addEventListener("keydown", ({ key }) => {
      if (["PageDown", "PageUp", "b", "B", "."].includes(key)) parent.document.dispatchEvent(new KeyboardEvent("keydown", { key }));
    });
    new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());
  }

  /* The base layers that hold on a day; each is fetched when it is first needed. */
  function showLayers(map, day) {
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
        fetchOnce(layer.url).then((data) => group.addData(data));
      }
    }
  }

  async function select(map, group, options) {
    const fetching = fetchOnce(map.atlas.config.data);
    showLayers(map, options.asof);
    const data = await fetching;
    if (!map.hasLayer(group)) return;
    const { places, twinnings } = data;
    const ids = shownOf(twinnings, options.shown);
    map.atlas.redraw = null;
    map.closePopup();
    say(map, options.says);
    follow(map, options, CLOSEST.twinnings);
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
    placeLabels(map);
  }

  /* Draws twinnings and groups of them in place of what the layer held; labels may name the places `named`. */
  function draw(map, group, { alone, groups }, { places, twinnings, marks, here }, options, named = places) {
    const focused = map.getPane("mapPane").contains(document.activeElement) && !map.getPane("popupPane").contains(document.activeElement);
    group.clearLayers();
    drawMarks(map, group, places, marks, options);
    const shown = new Map();
    for (const id of alone) {
      const twinning = twinnings[id];
      drawTwinning(group, id, twinning, map.atlas.config.levels[twinning.level], options);
      for (const member of [...twinning.vn, ...twinning.cn]) {
        shown.set(member, twinning.level);
        drawSuccessors(group, places[member], places, map.atlas.config.levels[twinning.level], options);
      }
    }
    // a click on several twinnings is none on a record: in a layer of its own it does not reach those who listen to the others
    const several = L.layerGroup().addTo(group);
    for (const [id, level] of shown) {
      const found = here.get(spotOf(places[id]));
      if (found) drawPlace(found.ids.length > 1 ? several : group, places[id], map.atlas.config.levels[level], found, options, (marker) =>
        listTwinnings(map, group, marker, found, twinnings, options));
    }
    for (const one of groups) drawGroup(map, several, one, twinnings, options);
    if (focused) map.getContainer().focus({ preventScroll: true });
    map.atlas.shown = { places: named, ids: [...shown.keys()], options };
  }

  /* Tells of a position whether it is in view, or a little outside. */
  function viewOf(map) {
    const view = map.getBounds().pad(0.1);
    const [south, west, north, east] = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()];
    return ([lat, lon]) => lat >= south && lat <= north && lon >= west && lon <= east;
  }

  /* Of the twinnings with their middle or an end in view: which are drawn one by one, and which stand together. */
  function arrange(map, inside, ids, twinnings, { selected }) {
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
  function drawGroup(map, layer, { centre, members }, twinnings, options) {
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
    const marker = L.marker(map.unproject(centre), { icon, keyboard: false, pane: "atlas-groups" });
    marker.bindTooltip(textNode(text));
    marker.on("click", () => {
      const bounds = L.latLngBounds(members.map(({ at }) => at));
      const zoom = Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, L.point(60, 60)));
      map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()));
    });
    marker.addTo(layer);
    makeReachable(marker, text.join(". "));
  }

  function drawTwinning(group, id, twinning, { color, weight }, options) {
    if (!twinning.curve) return;
    const chosen = id === options.selected;
    const style = {
      color, weight: chosen ? weight + 3 : weight, opacity: options.selected && !chosen ? 0.45 : 0.9,
      dashArray: twinning.ended && twinning.ended < options.asof ? "8 7" : null, className: "atlas-twinning",
    };
    const ends = twinning.title[options.lang];
    const lines = [bezier(twinning.curve), ...twinning.spokes];
    if (chosen) L.polyline(lines, { ...style, color: "#fff", weight: style.weight + 5, opacity: 0.95, dashArray: null, interactive: false }).addTo(group);
    const line = clickable(L.polyline(lines, style), { twinning: id });
    line.bindTooltip(textNode([ends, options.levels[twinning.level], twinning.signed[options.lang]]), { sticky: true });
    line.addTo(group);
    makeReachable(line, ends);
  }

  /* Where a unit has ended: a dashed line from where it was to each unit that stands in for it. */
  function drawSuccessors(group, place, places, { color }, options) {
    if (place.lat == null || (place.until ?? "9999") >= options.asof) return;
    for (const id of place.next ?? []) {
      const successor = places[id];
      if (successor.lat == null) continue;
      const ends = [[place.lat, place.lon], [successor.lat, successor.lon]];
      L.polyline(ends, { color, weight: 1.5, opacity: 0.8, dashArray: "3 4", interactive: false }).addTo(group);
      L.circleMarker(ends[1], { radius: 4, color, weight: 1.5, fillColor: "#fff", fillOpacity: 1, interactive: true, className: "atlas-successor" })
        .bindTooltip(textNode([nameOf(successor, options)])).addTo(group);
    }
  }

  /* A place opens its twinning, or lists them where it has several. */
  function drawPlace(layer, place, mark, { ids }, options, list) {
    const icon = L.divIcon({ html: symbol(mark), className: "atlas-place", iconSize: [mark.size, mark.size] });
    const marker = L.marker([place.lat, place.lon], { icon, keyboard: false });
    const text = [nameOf(place, options)];
    if (ids.length > 1) text.push(options.several.replace("{n}", ids.length.toLocaleString(options.lang)));
    marker.bindTooltip(textNode(text));
    // after the label, which a click opens too
    if (ids.length > 1) marker.on("click", () => list(marker));
    else clickable(marker, { twinning: ids[0] });
    marker.addTo(layer);
    makeReachable(marker, text.join(". "));
  }

  function spotOf({ lat, lon }) {
    return `${lat} ${lon}`;
  }

  /* Of each position that has twinnings: their ids, and the names of the places there. */
  function gather(ids, { places, twinnings }, options) {
    const here = new Map();
    for (const id of ids) {
      for (const member of [...twinnings[id].vn, ...twinnings[id].cn]) {
        const place = places[member];
        if (place.lat == null) continue;
        const spot = spotOf(place);
        if (!here.has(spot)) here.set(spot, { ids: [], names: new Set() });
        const { ids: found, names } = here.get(spot);
        if (found.at(-1) !== id) found.push(id);
        names.add(nameOf(place, options));
      }
    }
    return here;
  }

  /* The twinnings of a place as buttons; the one that is chosen is told of in the same way as a click on its curve. */
  function listTwinnings(map, group, marker, { ids, names }, twinnings, options) {
    const list = document.createElement("div"), title = document.createElement("strong");
    title.textContent = [...names].join(" · ");
    list.className = "atlas-list";
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", title.textContent);
    list.append(title);
    const popup = L.popup({ maxWidth: 300, maxHeight: map.getSize().y * 0.6, autoPanPaddingTopLeft: [12, 56], autoPanPaddingBottomRight: [12, 12] });
    for (const id of ids) {
      const { title: ends, level, signed } = twinnings[id];
      const button = document.createElement("button");
      button.type = "button";
      button.append(textNode([ends[options.lang], `${options.levels[level]} · ${signed[options.lang]}`]));
      button.addEventListener("click", () => {
        map.getContainer().focus({ preventScroll: true });
        map.closePopup(popup);
        const chosen = clickable(L.marker(marker.getLatLng()), { twinning: id });
        chosen.addEventParent(group).fire("click", { latlng: marker.getLatLng() }, true);
      });
      list.append(button);
    }
    list.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      map.closePopup(popup);
      (marker.getElement() ?? map.getContainer()).focus({ preventScroll: true });
    });
    marker.closeTooltip();
    placing(map, () => popup.setLatLng(marker.getLatLng()).setContent(list).openOn(map));
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", options.says.close);
    list.querySelector("button").focus({ preventScroll: true });
  }

  /* Places beside the selection; those of one position share a mark that names them all. */
  function drawMarks(map, group, places, marks, options) {
    for (const layer of options.marks ?? []) {
      const mark = map.atlas.config.marks[layer];
      const together = {};
      for (const id of marks[layer]) (together[[places[id].lat, places[id].lon]] ??= []).push(places[id]);
      for (const here of Object.values(together)) {
        if (here[0].lat == null) continue;
        const named = here.map((place) => [nameOf(place, options), options.words[place.class]].filter(Boolean).join(" – "));
        const text = [...named, ...new Set(here.map((place) => options.words[place.precision]).filter(Boolean))];
        const icon = L.divIcon({ html: symbol(mark), className: "atlas-place", iconSize: [mark.size, mark.size] });
        const marker = L.marker([here[0].lat, here[0].lon], { icon, keyboard: false, zIndexOffset: -500 });
        marker.bindTooltip(textNode(text)).addTo(group);
        makeReachable(marker, text.join(". "));
      }
    }
  }

  /* Labels of what is shown and of the larger units, largest first; one that would touch another is left out. */
  function placeLabels(map) {
    const { shown, labels } = map.atlas;
    if (!shown) return;
    labels.clearLayers();
    const zoom = map.getZoom(), bounds = map.getBounds(), size = map.getSize();
    const { stage } = shown.options, small = stage ? 24 * size.y / stage : 13;
    const taken = [];
    const order = ["province", "region", "prefecture", "district", "county", "commune", "township", "border_gate", "village"];
    const own = new Set(shown.ids);
    const candidates = Object.entries(shown.places)
      .filter(([id, place]) => place.lat != null && (own.has(id) ? zoom >= 9 || order.indexOf(place.kind) < 5 : place.base && zoom >= HIDDEN_BELOW[place.kind]))
      .filter(([id, place]) => own.has(id) || (place.until ?? "9999") >= shown.options.asof && (place.from ?? "") <= shown.options.asof)
      .sort(([a, p], [b, q]) => order.indexOf(p.kind) - order.indexOf(q.kind) || own.has(b) - own.has(a));
    for (const [, place] of candidates) {
      if (!bounds.contains([place.lat, place.lon])) continue;
      const text = nameOf(place, shown.options);
      const point = map.latLngToContainerPoint([place.lat, place.lon]);
      const large = order.indexOf(place.kind) < 2;
      const letters = small * (large ? 1.2 : 1), height = stage ? letters * 1.5 : 20;
      const width = [...text].reduce((sum, char) => sum + (char > "\u2e80" ? 1 : 0.56), 0) * letters + 6;
      const box = [point.x - width / 2, point.y + 6, point.x + width / 2, point.y + 6 + height];
      if (box[0] < 0 || box[2] > size.x || taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
      taken.push(box);
      const span = document.createElement("span");
      span.textContent = text;
      span.style.fontSize = `${letters}px`;
      const ended = (place.until ?? "9999") < shown.options.asof ? " atlas-label-ended" : "";
      const icon = L.divIcon({ html: span, className: `atlas-label atlas-label-${large ? "large" : "small"}${ended}`, iconSize: [width, height], iconAnchor: [width / 2, -6] });
      L.marker([place.lat, place.lon], { icon, pane: "atlas-labels", interactive: false, keyboard: false }).addTo(labels);
    }
  }

  /* Brings the map to what has been opened when the token changes, and to what is shown when that changes, unless the
   * visitor has moved the map since. Another language changes neither. */
  function follow(map, { frame, framed, opened, whole, shown }, maxZoom) {
    const { view } = map.atlas;
    const results = JSON.stringify([framed, shown]);
    const isNew = frame !== view.frame, changed = results !== view.results;
    Object.assign(view, { frame, results, whole, maxZoom });
    if (isNew) bring(map, opened?.length ? opened : framed);
    else if (changed && !view.moved) bring(map, framed);
  }

  function bring(map, corners) {
    if (!corners.length) return;
    Object.assign(map.atlas.view, { corners, moved: false });
    refit(map);
  }

  /* Fits the map to what it was brought to; the map may have had no size yet, or another one. */
  function refit(map) {
    const { corners, moved, maxZoom } = map.atlas.view;
    if (!corners || moved) return;
    const margins = { paddingTopLeft: [16, 16], paddingBottomRight: [16, 30] }; // below a mark stands its name
    placing(map, () => map.fitBounds(corners, { ...margins, maxZoom, animate: false }));
  }

  /* Moves the map in a way that does not count as the visitor's own. */
  function placing(map, move) {
    map.atlas.view.placing = true;
    move();
    map.atlas.view.placing = false;
  }

  function addWholeBorder(map) {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "leaflet-bar atlas-whole";
      button.addEventListener("click", () => bring(map, map.atlas.view.whole));
      L.DomEvent.disableClickPropagation(button);
      return button;
    };
    control.addTo(map);
  }

  /* Names what moves the map in the visitor's language. */
  function say(map, { whole, closer, farther }) {
    for (const [part, text] of [["atlas-whole", whole], ["leaflet-control-zoom-in", closer], ["leaflet-control-zoom-out", farther]]) {
      const button = map.getContainer().querySelector(`.${part}`);
      button.title = text;
      button.setAttribute("aria-label", text);
    }
    map.getContainer().querySelector(".atlas-whole").textContent = whole;
  }

  /* The ids whose bit is set in hexadecimal digits, in the order of the file; all without digits. */
  function shownOf(twinnings, digits) {
    const ids = Object.keys(twinnings);
    return digits ? ids.filter((_, i) => parseInt(digits[i >> 2], 16) & (8 >> (i & 3))) : ids;
  }

  /* Flows between places, events at places and routes: their geometry travels, the browser has the words. */
  async function flows(map, group, options) {
    showLayers(map, options.asof);
    const { data, labels } = map.atlas.config;
    const [{ places, marks }, said] = await Promise.all([fetchOnce(data), fetchOnce(labels[options.lang])]);
    if (!map.hasLayer(group)) return;
    map.atlas.redraw = null;
    say(map, options.says);
    drawMarks(map, group, places, marks, options);
    const shapes = [...options.lines, ...options.points];
    const chosen = (shape) => shape.records.some((record) => options.selected.includes(record));
    for (const shape of shapes) shape.text = linesOf(shape, places, said, options);
    for (const line of options.lines) drawFlow(map, group, line, chosen(line));
    for (const point of options.points) drawPoint(group, point, chosen(point));
    map.atlas.shown = { places, ids: [...new Set(shapes.flatMap(({ from, to, place }) => [from, to, place].filter((id) => id && places[id].kind !== "institution")))], options };
    placeLabels(map);
    follow(map, options, CLOSEST.flows);
  }

  /* What is said of a shape: its place or ends, and the first of its records; of a stop on a route, every site there. */
  function linesOf({ place, from, to, stops, records }, places, said, options) {
    const name = (id) => (id ? nameOf(places[id], options) : options.unstated);
    if (stops) return [said[records[0]], ...stops.map(([number, id]) => `${number}. ${name(id)}`)];
    const lines = [place ? name(place) : `${name(from)} → ${name(to)}`, ...records.slice(0, MOST_LINES).map((id) => said[id])];
    return records.length > MOST_LINES ? [...lines, options.more.replace("{n}", records.length - MOST_LINES)] : lines;
  }

  function drawFlow(map, group, { curve, width, dash, color, records, text }, chosen) {
    const points = bezier(curve);
    const style = { color, weight: chosen ? width + 3 : width, opacity: 0.85, dashArray: dash ? "3 6" : null, className: "atlas-flow" };
    if (chosen) L.polyline(points, { ...style, color: "#fff", weight: style.weight + 5, dashArray: null, interactive: false }).addTo(group);
    const line = clickable(L.polyline(points, style), { records });
    line.bindTooltip(textNode(text), { sticky: true });
    line.addTo(group);
    makeReachable(line, text.join(". "));
    drawArrow(map, group, points, color, 10 + style.weight);
  }

  /* An arrowhead past the middle of a curve; directions keep their angle at every zoom of this projection. */
  function drawArrow(map, group, points, color, size) {
    const at = Math.round(points.length * 0.62);
    const [from, to] = [points[at - 1], points[at]].map((point) => map.project(point, 10));
    const arrow = document.createElement("div");
    arrow.className = "atlas-arrow";
    arrow.style.cssText = `width:${size}px;height:${size}px;background:${color};transform:rotate(${Math.atan2(to.y - from.y, to.x - from.x)}rad)`;
    const icon = L.divIcon({ html: arrow, className: "", iconSize: [size, size] });
    L.marker(points[at], { icon, interactive: false, keyboard: false }).addTo(group);
  }

  function drawPoint(group, { at, size, color, ring, square, number, records, text }, chosen) {
    const mark = document.createElement("div");
    mark.className = `atlas-point${ring ? " atlas-ring" : square ? " atlas-square" : ""}`;
    mark.style.cssText = ring ? `border-color:${color}` : `background:${color}`;
    if (chosen) mark.style.boxShadow = "0 0 0 3px #fff, 0 0 0 6px #22303a";
    mark.textContent = number ?? "";
    const icon = L.divIcon({ html: mark, className: "atlas-place", iconSize: [size, size] });
    const marker = clickable(L.marker(at, { icon, keyboard: false }), { records });
    marker.bindTooltip(textNode(text));
    marker.addTo(group);
    makeReachable(marker, text.join(". "));
  }

  return { open, start, select, flows, pure: { bezier, gather, linesOf, nameOf, shownOf } };
})();
