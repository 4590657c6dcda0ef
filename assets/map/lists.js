/* Lists on the map: where a click may mean several twinnings. */
import { textNode } from "./marks.js";
import { openRecord } from "./page.js";
import { light } from "./light.js";
import { placing } from "./view.js";

const MOST_NAMES = 4; // in the title

/* Opens the one twinning, or lists several as buttons. */
export function listTwinnings(map, at, { ids, names }, twinnings, options) {
  const open = (id) => openRecord(map, { pair: id, record: "" });
  if (ids.length === 1) return open(ids[0]);
  const list = document.createElement("div"), title = document.createElement("strong");
  title.textContent = [...names].slice(0, MOST_NAMES).join(" · ") + (names.length > MOST_NAMES ? " …" : "");
  list.className = "atlas-list";
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", title.textContent);
  list.append(title);
  const popup = L.popup({ maxWidth: 300, maxHeight: map.getSize().y * 0.6, autoPanPaddingTopLeft: [12, 56], autoPanPaddingBottomRight: [12, 12] });
  const container = map.getContainer(), from = document.activeElement;
  const leave = () => {
    (container.contains(from) ? from : container).focus({ preventScroll: true });
    map.closePopup(popup);
  };
  for (const id of ids) {
    const { title: ends, level, signed } = twinnings[id];
    const button = document.createElement("button");
    button.type = "button";
    button.append(textNode([ends[options.lang], `${options.levels[level]} · ${signed[options.lang]}`]));
    button.addEventListener("click", () => { leave(); open(id); });
    for (const event of ["focus", "mouseenter"]) button.addEventListener(event, () => light(map, id));
    list.append(button);
  }
  list.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
  placing(map, () => popup.setLatLng(at).setContent(list).openOn(map));
  popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", options.says.close);
  list.querySelector("button").focus({ preventScroll: true });
}
