/* The file: reads the address, chooses records, and draws the page that is asked for. */
const EVERYTHING = { province: [], region: [], level: [], confidence: [], layers: [], q: "", from: null, to: null, undated: null, asof: null, seen: null };
let core, choose, readQuery, spelling, words, language;

const languageOf = (query) => [query.get("lang"), language, document.documentElement.dataset.language].find((one) => one in core.words);

/* What is said in a language: the frame and the bar are put in once for each. */
function speak(wanted) {
  if (wanted === language) return;
  language = core.language = wanted;
  words = core.words[language];
  document.documentElement.lang = words.code;
  const { said } = words;
  put(".site-frame", words.frame);
  put(".site-bar", words.bar);
  put(".timeline", words.timeline);
  put(".site-actions", `<button type=button class=action data-copy data-done="${escaped(said.copied)}">${escaped(said.copy)}</button><button type=button class=action data-print>${escaped(said.print)}</button>`);
  put(".phone-tabs", `<button type=button data-phone=list>${escaped(said.list)}</button><button type=button data-phone=map>${escaped(said.mapTab)}</button>`);
  put(".site-foot", [said.boundaries, said.proposed, `${words.audience} · ${said.version}`].filter(Boolean).map((text) => `<p>${escaped(text)}</p>`).join(""));
  const { workspace } = document.documentElement.dataset;
  if (workspace) document.querySelector(".workspace").hidden = false;
}

async function show() {
  const { page, id, query } = here();
  speak(languageOf(query));
  const { value } = readQuery(query);
  const on = { twinning_map: "map", border: "border", table: "table" }[page];
  document.documentElement.dataset.page = on ?? (page in words.pages ? page : "record");
  for (const link of document.querySelectorAll("[data-page]")) link.toggleAttribute("aria-current", link.dataset.page === page);
  const title = words.pages[page] ?? words.title;
  document.querySelector("h1").textContent = title;
  document.title = `${title} – ${words.title}`;
  const rows = choose("twinnings", value), restricts = ["province", "region", "level", "confidence", "q", "from", "to", "undated", "seen"].some((name) => !isEmpty(value[name]));
  const { said } = words;
  document.querySelector(".site-count").textContent = `${say(said.shown, { n: rows.length })} · ${value.asof ? say(said.asof, { day: dateText(value.asof) }) : said.records}`;
  const counted = counts({ choose, description: core.description, core }, value);
  const chosen = document.querySelector(".chips");
  chosen.dataset.counts = JSON.stringify(counted);
  chosen.dataset.ready = say(said.ready, { n: rows.length });
  chosen.replaceChildren(...chips(words, value, core.description));
  const left = (value.from || value.to) && !value.undated ? choose("twinnings", { ...value, from: null, to: null, undated: "only" }).length : 0;
  put(".site-undated", left ? `<button type=button class=show-undated data-set="undated=include">${escaped(say(said.undated, { n: left }))}</button>` : "");
  const list = core.lists[language];
  document.querySelector(".site-open").dataset.open = value.pair ?? "";
  const panel = document.querySelector(".st-key-panel");
  if (on === "map") {
    panel.innerHTML = rows.length ? grouped(words, rows, list) : nothing(words, value);
    await drawMap({ core, words, choose, counted }, rows, value, restricts);
  } else if (on === "table") put(".site-view", rows.length ? twinningTable(words, rows, list, value) : nothing(words, value));
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
};
begin().catch((error) => {
  console.error(error);
  window.siteFails("damaged");
});
