/* What the map tells the page around it. */

/* Opens a record, {pair} or {record}, in the page around the map, or where the map was told to. */
export function openRecord(map, change) {
  [map.atlas.view.own] = [change.pair || change.record].flat();
  (map.atlas.config.opens ?? parent.atlasGo)?.(change);
}

/* Leaves only what has changed since a release, or all again without one. */
export function onlyChanged(release) {
  parent.atlasGo?.({ changed: release });
}

/* Takes a level into the filter of levels, or out of it. */
export function toggle(level) {
  parent.atlasToggle?.("level", level.replaceAll("_", "-"));
}
