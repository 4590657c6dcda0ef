/* Twinnings: an interaction sends only which of them are shown. */
import { bezier, nameOf, spotOf, gather, shownOf } from "./places.js";
import { textNode, symbol, makeReachable, clickable } from "./marks.js";
import { viewOf, follow, placing, say } from "./view.js";
import { placeLabels } from "./labels.js";
import { fetchOnce, showLayers, drawMarks } from "./base.js";
import { arrange, drawGroup } from "./groups.js";

const CLOSEST = 11; // zoom to which the map goes by itself
const MANY = 150; // twinnings; where there are more, near ones stand together as a group until one comes closer

export async function select(map, group, options) {
  const fetching = fetchOnce(map.atlas.config.data);
  showLayers(map, options.asof);
  const data = await fetching;
  if (!map.hasLayer(group)) return;
  const { places, twinnings } = data;
  const ids = shownOf(twinnings, options.shown);
  map.atlas.redraw = null;
  map.closePopup();
  say(map, options.says);
  follow(map, options, CLOSEST);
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
