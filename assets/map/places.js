/* What the map reckons of places and twinnings, without drawing. */

/* A quadratic curve from a to b over the control point c, as n + 1 points. */
export function bezier([a, c, b], n = 24) {
  return Array.from({ length: n + 1 }, (_, i) => {
    const t = i / n, u = 1 - t;
    return [0, 1].map((k) => u * u * a[k] + 2 * u * t * c[k] + t * t * b[k]);
  });
}

export function nameOf(place, options) {
  const { vi, zh, en } = place;
  if (options.labels === "bilingual") return both(zh && vi !== zh ? [vi || en, zh] : [vi || zh || en], options.lang);
  return place[options.lang] || vi || en || zh;
}

/* Names in both languages of the border, Vietnamese and Chinese: the reader's own stands first. */
export function both(names, lang) {
  return (lang === "zh" ? names.reverse() : names).join(" ");
}

export function spotOf({ lat, lon }) {
  return `${lat} ${lon}`;
}

/* Of each position that has twinnings: their ids, and the names of the places there. */
export function gather(ids, { places, twinnings }, options) {
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

/* The ids whose bit is set in hexadecimal digits, in the order of the file; all without digits. */
export function shownOf(twinnings, digits) {
  const ids = Object.keys(twinnings);
  return digits ? ids.filter((_, i) => parseInt(digits[i >> 2], 16) & (8 >> (i & 3))) : ids;
}
const MOST_LINES = 3;  // of records in a label, which then only counts the rest

/* What is said of a shape: its place or ends, and the first of its records; of a stop on a route, every site there. */
export function linesOf({ place, from, to, stops, records }, places, said, options) {
  const name = (id) => (id ? nameOf(places[id], options) : options.unstated);
  if (stops) return [said[records[0]], ...stops.map(([number, id]) => `${number}. ${name(id)}`)];
  const lines = [place ? name(place) : `${name(from)} → ${name(to)}`, ...records.slice(0, MOST_LINES).map((id) => said[id])];
  return records.length > MOST_LINES ? [...lines, options.more.replace("{n}", records.length - MOST_LINES)] : lines;
}
