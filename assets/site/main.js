/* The file: reads the address, chooses records, and draws the page that is asked for. */
import { read } from "./data.js";
import { speller } from "./spelling.js";
import { isEmpty, reader, chooser } from "./filter.js";
import { here } from "./state.js";
import { element, say, put } from "./words.js";
import { escaped, counts, dateText, grouped, twinningTable, nothing, chips } from "./views.js";
import { startMap, drawMap } from "./map.js";
import { record, recordPage } from "./records.js";
import { documents, resultPage } from "./find.js";
import { pointCounts, pointList } from "./agreed.js";
import { borderPage } from "./border.js";
export const EVERYTHING = { province: [], region: [], level: [], confidence: [], layers: [], series: [], session: [], paper: [], field: [], side: [], state: [], q: "", from: null, to: null, undated: null, asof: null, seen: null };
export let core, choose, readQuery, spelling, words, language;

/* That of the address, else as it is, else the browser's where the file is served, else the one that it was made for. */
const asBrowser = () => (location.protocol.startsWith("http") ? navigator.languages.map((one) => one.slice(0, 2)) : []);
const languageOf = (query) => [query.get("lang"), language, ...asBrowser(), document.documentElement.dataset.language].find((one) => one in core.words);

/* What is said in a language: the frame and the bar are put in once for each. */
function speak(wanted) {
  if (wanted === language) return;
  language = core.language = wanted;
  words = core.words[language];
  document.documentElement.lang = words.code;
  const { said } = words;
  put(".site-frame", words.frame);
  put(".timeline", words.timeline);
  put(".site-actions", `<button type=button class=action data-copy data-done="${escaped(said.copied)}">${escaped(said.copy)}</button><button type=button class=action data-print>${escaped(said.print)}</button>`);
  put(".phone-tabs", `<button type=button data-phone=list>${escaped(said.list)}</button><button type=button data-phone=map>${escaped(said.mapTab)}</button>`);
  put(".site-foot", [said.boundaries, said.proposed, `${words.audience} · ${said.version}`].filter(Boolean).map((text) => `<p>${escaped(text)}</p>`).join(""));
  document.querySelector(".workspace").hidden = !location.protocol.startsWith("http");
}

const NARROWING = ["province", "region", "level", "confidence", "q", "from", "to", "undated", "seen"];
const MAPS = { twinning_map: "map", border: "border", table: "table" };
let barOf = "";

/* The bar of filters of a page, with counts and chips of what is chosen. */
function showFilters(page, value, rows) {
  const { said } = words, own = page === "commitments" ? "points" : "bar";
  if (barOf !== `${own} ${language}`) put(".site-bar", words[own]);
  barOf = `${own} ${language}`;
  const counted = counts({ choose: own === "bar" ? choose : (_, other) => choose("points", other).map(ofPaper), description: core.description, core }, value);
  if (own === "points") Object.assign(counted, pointCounts(choose, value));
  const chosen = document.querySelector(".chips");
  chosen.dataset.counts = JSON.stringify(counted);
  chosen.dataset.ready = say(said.ready, { n: rows.length });
  chosen.replaceChildren(...chips(words, value, core.description));
  const undated = (value.from || value.to) && !value.undated ? choose(own === "bar" ? "twinnings" : "points", { ...value, from: null, to: null, undated: "only" }).length : 0;
  put(".site-undated", undated ? `<button type=button class=show-undated data-set="undated=include">${escaped(say(said.undated, { n: undated }))}</button>` : "");
  return counted;
}

/* A point with the places and dates of its paper or session, by which it is counted. */
function ofPaper(point) {
  const find = (table, id) => core.rows[table].id.indexOf(id);
  const [table, at] = point.agreement ? ["agreements", find("agreements", point.agreement)] : ["events", find("events", point.event)];
  const { slugs, first, last } = core.rows[table];
  return { ...point, slugs: slugs[at] ?? [], first: first[at] ?? null, last: last[at] ?? null };
}

export function title(text, count) {
  document.querySelector("h1").textContent = text;
  document.querySelector(".site-count").textContent = count;
  document.title = text === words.title ? text : `${text} – ${words.title}`;
}

/* The pages; each draws itself and returns its title and what is said below it. */
const PAGES = {
  async twinning_map(value, rows, counted) {
    const panel = document.querySelector(".st-key-panel");
    panel.innerHTML = value.pair ? await record(rows, value) : rows.length ? grouped(words, rows, core.lists[language]) : nothing(words, value);
    // the list and its count are seen before the map is drawn anew; another change meanwhile draws it itself
    const mine = turn;
    if (document.documentElement.dataset.ready) await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
    if (mine !== turn) return;
    await drawMap({ core, words, choose, counted }, rows, value, NARROWING.some((name) => !isEmpty(value[name])));
  },
  async border(value, rows) {
    put(".site-view", await borderPage(rows, value));
  },
  async table(value, rows) {
    const list = rows.length ? twinningTable(words, rows, core.lists[language], value) : nothing(words, value);
    put(".site-view", value.pair ? `<div class=site-two><div>${list}</div><div>${await record(rows, value)}</div></div>` : list);
  },
  async commitments(value, rows) {
    put(".site-view", await pointList(rows));
  },
  about() {
    const facts = words.about.map(([name, text]) => `<dt>${escaped(name)}</dt><dd>${escaped(text)}</dd>`).join("");
    put(".site-view", `<article class=card><dl>${facts}</dl></article>`);
  },
  async search() {
    put(".site-view", await resultPage(here().query.get("find") ?? ""));
  },
};

let turn = 0; // an answer to an address that has changed meanwhile is not shown

async function show() {
  await draw();
  document.documentElement.dataset.shown = location.hash;
}

async function draw() {
  const mine = (turn += 1);
  const { page, id, query } = here();
  const { value } = readQuery(query);
  speak(languageOf(query));
  const filtered = page in MAPS || page === "commitments";
  const rows = choose(page === "commitments" ? "points" : "twinnings", value);
  const { said } = words;
  Object.assign(document.documentElement.dataset, { page: MAPS[page] ?? page, filtered });
  document.querySelector(".workspace").href = workspace(page, id, query);
  for (const link of document.querySelectorAll("[data-page]")) {
    if (link.dataset.page === page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.querySelector(".site-open").dataset.open = value.pair ?? "";
  const counted = filtered ? showFilters(page, value, rows) : {};
  const day = value.asof ? say(said.asof, { day: dateText(value.asof) }) : said.records;
  if (page in PAGES) {
    title(words.pages[page] ?? said.results, filtered ? `${say(page === "commitments" ? said.points : said.shown, { n: rows.length })} · ${day}` : "");
    await PAGES[page](value, rows, counted);
    return;
  }
  const found = await recordPage(page, id, value);
  if (mine !== turn) return;
  title(found?.title ?? said.lost, found ? words.kinds[page] : "");
  put(".site-view", found?.html ?? `<p class=nothing-left role=status>${escaped(said.noRecord)}</p>`);
}

/* The address of the same view where the file is served beside the pages. */
function workspace(page, id, query) {
  const wanted = new URLSearchParams(query);
  wanted.set("lang", language);
  if (id) wanted.set("id", id);
  if (page === "border" || page === "table") wanted.set("view", page);
  return `${page in MAPS ? "twinning_map" : page === "about" ? "sources_and_data" : page}?${wanted}`;
}

async function begin() {
  const [content, tables] = await Promise.all([read("data-core"), read("data-spelling")]);
  core = content;
  core.rows.twinnings.at = core.rows.twinnings.id.map((_, n) => n);
  spelling = speller(tables);
  readQuery = reader(core.description);
  choose = chooser(core.description, core.rows, spelling.needles);
  document.getElementById("site").hidden = false;
  document.getElementById("site").append(element("i", { class: "site-open", hidden: "" }));
  startMap(core);
  addEventListener("atlas-address", show);
  addEventListener("popstate", () => dispatchEvent(new Event("atlas-address")));
  await show();
  document.documentElement.dataset.ready = "true";
}

/* For checks: the ids that an address chooses in a table. */
window.atlasSite = {
  ids: (table, query) => choose(table, readQuery(new URLSearchParams(query)).value).map(({ id }) => id),
  needles: (text) => spelling.needles(text),
  find: async (text) => Object.fromEntries(Object.entries(await find(text)).map(([kind, numbers]) => [kind, numbers.map((n) => documents.ids[n])])),
};
begin().catch((error) => {
  console.error(error);
  window.siteFails("damaged");
});
