/* Lists, counts and chips of what is chosen. */
import { TESTS, lastSeen, isEmpty } from "./filter.js";
import { element, say } from "./words.js";
export const escaped = (text) => element("i", {}, text).innerHTML.replaceAll('"', "&quot;").replaceAll("'", "&#39;");

/* How many records each choice would leave, see atlas/model/facets.py. */
export function counts({ choose, description, core }, value) {
  const rows = (cleared) => choose("twinnings", { ...value, ...cleared });
  const tally = (found, keys) => {
    const numbers = {};
    for (const row of found) for (const key of keys(row)) numbers[key] = (numbers[key] ?? 0) + 1;
    return numbers;
  };
  const spelling = Object.fromEntries(Object.entries(description.spelled).map(([spelled, level]) => [level, spelled]));
  const last = Number(core.day.slice(0, 4)) + 1;
  const years = ({ first, last: end }) => {
    if (first === null) return ["undated"];
    const from = Number(first.slice(0, 4)), to = Math.max(from, end === null ? last : Number(end.slice(0, 4)));
    return Array.from({ length: to - from + 1 }, (_, n) => from + n);
  };
  const every = rows({ seen: null });
  const seen = [0, 1, 2, 3, 5, 10].map((back) => String(last - 1 - back)).concat(description.never);
  return {
    province: tally(rows({ province: [] }), ({ slugs }) => slugs),
    region: tally(rows({ region: [] }), ({ slugs }) => slugs),
    level: tally(rows({ level: Object.keys(description.spelled) }), ({ level }) => [spelling[level]]),
    confidence: tally(rows({ confidence: [] }), ({ confidence }) => [confidence]),
    year: tally(rows({ from: null, to: null, undated: null }), years),
    seen: every.some(({ signs }) => !signs) ? {} : Object.fromEntries(seen.map((one) => [one, every.filter((row) => TESTS.seen(row, ["signs"], one, value.asof, description.never)).length])),
  };
}

/* What is chosen, each with a click to take it back, and one for all. */
export function chips(words, value, description) {
  const { chips: names, said } = words, made = [];
  const chip = (attribute, change, text) => made.push(element("button", { type: "button", [attribute]: change, title: said.takeBack }, text, element("i", { "aria-hidden": "true" }, "×")));
  for (const name of ["province", "region", "level", "confidence", "series", "session", "paper", "field", "side", "state"]) {
    for (const one of value[name] ?? []) chip("data-toggle", `${name}=${one}`, names[name]?.[one] ?? one);
  }
  if (value.from || value.to) chip("data-set", "from=&to=", value.from === value.to ? value.from : `${value.from ?? "…"} – ${value.to ?? "…"}`);
  if (value.undated) chip("data-set", "undated=", names.undated[value.undated]);
  if (value.seen) chip("data-set", "seen=", say(said.seen, { value: value.seen === description.never ? said.seenNever : say(said.seenBefore, { year: value.seen }) }));
  if (value.asof) chip("data-set", "asof=", say(said.asof, { day: dateText(value.asof) }));
  if (value.q) chip("data-set", "q=", `“${value.q}”`);
  const clear = ["province", "region", "level", "confidence", "from", "to", "undated", "q", "asof", "seen", "series", "session", "paper", "field", "side", "state"];
  if (made.length) made.push(element("button", { type: "button", class: "clear", "data-set": clear.map((name) => `${name}=`).join("&") }, said.clearAll));
  return made;
}

export function dateText(day) {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
}

/* The list beside the map, by level. */
export function grouped(words, rows, list) {
  const body = [];
  let level = null;
  for (const row of rows) {
    if (row.level !== level) {
      level = row.level;
      body.push(`<tr class=group><th colspan=2 scope=rowgroup>${picture(words.pictures[level])}${escaped(words.levels[level])} <b>${rows.filter((one) => one.level === level).length}</b>`);
    }
    body.push(`<tr data-id="${escaped(encodeURIComponent(row.id))}"><td>${escaped(list.pair[row.at])}<td>${escaped(list.signed[row.at])}`);
  }
  const { said } = words;
  return `<div class="records grouped"><table aria-label="${escaped(said.listed)}" data-parameter=pair><thead><tr><th scope=col>${escaped(said.twinning)}<th scope=col>${escaped(said.signed)}<tbody>${body.join("")}</table></div>`;
}

function picture(svg) {
  return `<img alt="" src="data:image/svg+xml,${encodeURIComponent(svg).replaceAll("'", "%27")}">`;
}

/* A list over the whole width; the first column opens a record by a parameter of the address. */
export function table(label, heads, rows, parameter) {
  const head = heads.map((one) => `<th scope=col><button>${escaped(one)}</button>`).join("");
  const body = rows.map(([id, ...cells]) => `<tr${id ? ` data-id="${escaped(encodeURIComponent(id))}"` : ""}>${cells.map((one) => `<td>${escaped(one)}`).join("")}`).join("");
  const short = heads.map((_, n) => n + 1).filter((n) => n > 1 && rows.every((row) => row[n].length <= 20)).join(" ");
  return `<div class=records><table aria-label="${escaped(label)}" data-short="${short}"${parameter ? ` data-parameter=${parameter}` : ""}><thead><tr>${head}<tbody>${body}</table></div>`;
}

export function twinningTable(words, rows, list, value) {
  const { said, levels } = words;
  const heads = [...(document.documentElement.lang.startsWith("zh") ? [said.cn, said.vn] : [said.vn, said.cn]), said.level, said.signed, said.lastSeen];
  const cells = rows.map((row) => {
    const seen = lastSeen(row.signs, value.asof);
    return [row.id, ...list.sides[row.at], levels[row.level], list.signed[row.at], seen ? partialDate(seen) : said.noSource];
  });
  return table(said.listed, heads, cells, "pair");
}

/* A partial date in the short form of the language. */
function partialDate(text) {
  const parts = { 4: { year: "numeric" }, 7: { year: "numeric", month: "numeric" }, 10: { year: "numeric", month: "numeric", day: "numeric" } }[text.length];
  return new Date(`${text.padEnd(10, "-01")}T00:00:00Z`).toLocaleDateString(document.documentElement.lang, { ...parts, timeZone: "UTC" });
}

export function nothing(words, value) {
  const box = element("template");
  box.innerHTML = words.bar;
  const names = { q: box.content.querySelector("input.find").getAttribute("aria-label") };
  for (const facet of box.content.querySelectorAll("details.facet")) names[facet.dataset.facet] = facet.querySelector("summary").firstChild.textContent;
  const inUse = ["q", "province", "region", "level"].filter((name) => !isEmpty(value[name])).map((name) => names[name]);
  const more = ["confidence", "seen"].some((name) => !isEmpty(value[name])) ? [names.more] : [];
  const years = value.from || value.to || value.undated ? [words.said.years] : [];
  return `<p class=nothing-left role=status>${escaped(say(words.said.nothing, { filters: [...inUse, ...years, ...more].join(", ") }))}</p>`;
}
