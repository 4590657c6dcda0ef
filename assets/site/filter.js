/* Which records pass: the description of atlas/model/filters.py, read here as it is read there. */
export const TESTS = {
  concerns: (row, [column], slugs) => slugs.some((slug) => row[column].includes(slug)),
  holds: (row, [column], needles) => needles.every((needle) => row[column].includes(needle)),
  // a partial date is a prefix of the days it covers, so text order is date order
  touches: (row, [first, last], from, to, undated) => {
    const known = row[first] !== null;
    if (undated === "only") return !known;
    if (!from && !to) return true;
    const inside = known && row[first] <= `${to ?? 9999}-12-31` && (row[last] ?? "9999") >= (from ?? "");
    return inside || (undated === "include" && !known);
  },
  known: (row, [column], day) => row[column] === null || row[column] <= day,
  among: (row, [column], values) => values.includes(row[column]),
  stands: (row, [column], values, day) => !values.length || values.includes(stateOn(row[column], day)),
  seen: (row, [column], year, day, never) => {
    if (!year) return true;
    const last = lastSeen(row[column], day);
    return year === never ? last === null : last !== null && last.slice(0, 4) < year;
  },
};

/* The partial date of the last of some signs, each [first, last], of what is known on a day; null without any. */
export function lastSeen(signs, day) {
  const last = signs.filter(([first]) => !day || first <= day).reduce((most, [, one]) => (one > most ? one : most), "");
  if (!last) return null;
  return day && day < last ? day : last;
}

/* In which state something is on a day, of [from which day on, state], the earliest first. */
export function stateOn(states, day) {
  return states.filter(([from]) => !day || from <= day).at(-1)[1];
}

export const isEmpty = (value) => !value || value.length === 0;

/* Reads parameters as the pages do: {value: what is chosen by name, ignored: [name, value] of what is not understood}. */
export function reader({ several, one, years: [first, last], never, longest }) {
  const isYear = (text) => /^\d{4}$/.test(text) && text >= String(first) && text <= String(last);
  const isDay = (text) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < String(first) || text >= "2101") return false;
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
  };
  const allowed = {
    ...Object.fromEntries(Object.entries(one).map(([name, values]) => [name, (text) => values.includes(text)])),
    from: isYear, to: isYear, asof: isDay, seen: (text) => text === never || isYear(text),
  };
  return (query) => {
    const value = {}, ignored = [];
    const keep = (name, allows) => {
      const values = [...new Set(query.getAll(name).filter(Boolean))];
      ignored.push(...values.filter((text) => !allows(text)).map((text) => [name, text]));
      return values.filter(allows);
    };
    for (const [name, values] of Object.entries(several)) value[name] = keep(name, (text) => values.includes(text));
    for (const [name, allows] of Object.entries(allowed)) {
      const [chosen = null, ...others] = keep(name, allows);
      ignored.push(...others.map((text) => [name, text]));
      value[name] = chosen;
    }
    if (value.from && value.to && value.from > value.to) {
      ignored.push(["to", value.to]);
      value.to = null;
    }
    const q = query.get("q") ?? "";
    value.q = [...q].length > longest ? "" : q.trim();
    if (q && [...q].length > longest) ignored.push(["q", q]);
    return { value, ignored };
  };
}

/* Chooses rows of the tables of the file by what a reader has read. */
export function chooser({ filters, spelled, never }, tables, needles) {
  const rows = Object.fromEntries(Object.entries(tables).map(([name, columns]) => [name, columns.id.map((_, n) =>
    Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, values[n]])))]));
  const valuesOf = ({ test, parameters, usual }, value) => {
    const values = parameters.map((name) => (name === "level" ? value.level.map((level) => spelled[level]) : value[name]));
    if (values.every(isEmpty) && !usual.length) return null;
    if (test === "holds") return [needles(values[0])];
    return [isEmpty(values[0]) && usual.length ? usual : values[0], ...values.slice(1), ...(test === "seen" ? [never] : [])];
  };
  const passing = (table, value) => {
    const asked = filters.filter((one) => one.tables.includes(table)).map((one) => [one, valuesOf(one, value)]).filter(([, values]) => values);
    return rows[table].filter((row) => asked.every(([{ test, columns }, values]) => TESTS[test](row, columns, ...values)));
  };
  /* The rows of a table that pass; points with their paper or their session. */
  return (table, value) => {
    if (table !== "points") return passing(table, value);
    const [papers, sessions] = ["agreements", "events"].map((name) => new Set(passing(name, value).map(({ id }) => id)));
    return passing("points", value).filter(({ agreement, event }) => papers.has(agreement) || sessions.has(event));
  };
}
