/* Records: names and sources in lists stand once in the file, and are numbered in the cards. */
import { read } from "./data.js";
import { say } from "./words.js";
import { escaped } from "./views.js";
import { core, words, language } from "./main.js";
const inLanguages = {};

export async function pieces(language) {
  const told = await read("data-names");
  inLanguages[language] ??= Object.fromEntries(Object.entries(told).map(([name, texts]) => [name, texts.map(own)]));
  inLanguages[language].links ??= links(inLanguages[language]);
  return inLanguages[language];
}

/* What is said in the language that is shown, of a text in each or one for all. */
export function own(texts) {
  return Array.isArray(texts) ? texts[Object.keys(core.words).indexOf(language)] : texts;
}

function links({ names, short, lines }) {
  const ends = Object.entries(core.keys).flatMap(([kind, ids]) => ids.map((id) => [kind, id]));
  const places = core.keys.place.map((id) => ["place", id]);
  const texts = [...names, ...short];
  return [...[...ends, ...places].map(([kind, id], n) => `<a href="#${kind}/${escaped(encodeURIComponent(id))}">${escaped(texts[n])}</a>`), ...lines];
}

/* The card of a record as HTML; nothing where there is no such record. */
export async function card(kind, id) {
  if (!(kind in core.keys) || !core.keys[kind].includes(id)) return "";
  const [cards, { links: known }] = await Promise.all([read(kind === "source" ? kind : `${kind}-${language}`), pieces(language)]);
  return own(cards[id]).replace(/\ue000(\d+)\ue001/g, (_, number) => known[number]);
}

async function nameOf(kind, id) {
  const before = Object.entries(core.keys).slice(0, Object.keys(core.keys).indexOf(kind)).reduce((sum, [, ids]) => sum + ids.length, 0);
  return (await pieces(language)).names[before + core.keys[kind].indexOf(id)];
}

const printed = () => `<p class=printed>${escaped(words.title)} · ${escaped(words.said.version)} · <span></span></p>`;

/* Cards are as of the day of the records, which is said where another day is shown. */
const ofDay = (value) => (value.asof ? `<p class=site-note>${escaped(words.said.cardDay)}</p>` : "");

/* The open record with the way to those before and after it. */
export async function record(rows, value) {
  const { said } = words, at = rows.findIndex(({ id }) => id === value.pair);
  const step = (row, name, sign) => `<button type=button data-set="pair=${escaped(encodeURIComponent(row?.id ?? ""))}" aria-label="${escaped(name)}" title="${escaped(name)}"${row ? "" : " disabled"}>${sign}</button>`;
  const steps = at < 0 ? "" : `${step(rows[at - 1], said.before, "‹")}<span>${escaped(say(said.of, { n: at + 1, total: rows.length }))}</span>${step(rows[at + 1], said.next, "›")}`;
  const html = (await card("twinning", value.pair)).replace("card whole", "card");
  return `<div class=st-key-record-card><div class=walk><button type=button class=close-record data-set="pair=">‹ ${escaped(said.list)}</button><span class=steps>${steps}</span><a href="#twinning/${escaped(encodeURIComponent(value.pair))}">${escaped(said.open)}</a></div>${ofDay(value)}${html}${printed()}</div>`;
}

/* The page of a record; what it is called, and its card. */
export async function recordPage(kind, id, value) {
  const html = await card(kind, id);
  if (!html) return null;
  return { title: await nameOf(kind, id), html: `<div class=st-key-record-card>${ofDay(value)}${html}${printed()}</div>` };
}
