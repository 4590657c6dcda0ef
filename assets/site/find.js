/* The search over all records, as atlas/words/postings.py and search.py ask. */
import { read } from "./data.js";
import { isHan } from "./spelling.js";
import { escaped } from "./views.js";
import { pieces } from "./records.js";
import { core, spelling, language, words } from "./main.js";
const EXACT = 0, BEGINS = 1, OWN = 2, RELATED = 3, WITHIN = 4, NONE = 9;
const INSIDE = 4, PER_GROUP = 5;
const LONGEST_FIND = 100;
export let documents = null;

async function index() {
  documents ??= made(await read("data-found"));
  return documents;
}

export function made({ kinds, ids, texts, ...pairs }) {
  const links = Object.fromEntries(Object.entries(pairs).map(([name, both]) => {
    const targets = new Map();
    for (let at = 0; at < both.length; at += 2) targets.set(both[at], [...(targets.get(both[at]) ?? []), both[at + 1]]);
    return [name, targets];
  }));
  const parts = texts.map((text) => text.split("|"));
  return {
    kinds, ids, links,
    plain: parts.map((row) => ` ${row.map((text) => text.replace("=", "")).join(" | ")} `),
    names: parts.map((row) => row.filter((text) => text.startsWith("=")).map((text) => text.slice(1).replaceAll(" ", "").slice(0, LONGEST_FIND))),
  };
}

/* How well each document has all the words, in any order. */
function ask({ plain, names, links, kinds }, asked) {
  const all = (test) => plain.map(test), key = asked.join("").replaceAll(" ", "");
  const has = (word) => {
    if (isHan(word)) return all((text) => text.includes(word));
    const words = word.split(" ");
    if (words.length === 1) return all((text) => text.includes(` ${word}`));
    const pairs = words.slice(1).map((next, n) => ` ${words[n]} ${next} `);
    return all((text) => pairs.every((pair) => text.includes(pair)));
  };
  const reached = (targets, mask) => {
    const found = plain.map(() => false);
    mask.forEach((yes, n) => { if (yes) for (const target of targets.get(n) ?? []) found[target] = true; });
    return found;
  };
  const or = (...masks) => plain.map((_, n) => masks.some((mask) => mask[n]));
  const related = (having) => {
    const places = having.map((yes, n) => yes && n < kinds.place);
    return or(reached(links.beside, places), reached(links.naming, or(places, reached(links.kin, places))));
  };
  const owned = asked.map(has);
  const either = owned.map((own) => or(own, related(own)));
  const within = asked.map((word, n) => {
    const inside = word.length >= INSIDE && !word.includes(" ") && !isHan(word) ? all((text) => text.includes(word)) : all(() => false);
    return or(either[n], inside, related(or(owned[n], inside)));
  });
  return plain.map((_, n) => {
    const every = (masks) => masks.every((mask) => mask[n]);
    if (names[n].includes(key)) return EXACT;
    if (names[n].some((name) => name.startsWith(key))) return BEGINS;
    return every(owned) ? OWN : every(either) ? RELATED : every(within) ? WITHIN : NONE;
  });
}

/* The records that a text finds by kind, the best first: {kind: [number of the document]}. */
async function find(text) {
  const known = await index(), typed = text.trim();
  let asked = [...typed].length > LONGEST_FIND ? [] : [...new Set(spelling.phrases(typed))];
  if (!asked.length || (asked.length === 1 && asked[0].length < 2 && !isHan(asked[0]))) return {};
  let found = byKind(known, ask(known, asked));
  const kept = asked.filter((word) => !spelling.types.has(word));
  if (!Object.keys(found).length && kept.length && kept.length < asked.length) {
    asked = kept;
    found = byKind(known, ask(known, asked));
  }
  return found;
}

function byKind({ kinds }, ranks) {
  const found = {};
  let start = 0;
  for (const [kind, end] of Object.entries(kinds)) {
    const numbers = ranks.map((rank, n) => [rank, n]).slice(start, end).filter(([rank]) => rank < NONE);
    if (numbers.length) found[kind] = numbers.sort(([one, a], [other, b]) => one - other || a - b).map(([, n]) => n);
    start = end;
  }
  return found;
}

/* What stands in the list below the box, see search.js. */
async function offered(text, most = PER_GROUP) {
  const [known, found, { names, details }] = [await index(), await find(text), await pieces(language)];
  const starts = {};
  Object.entries(core.keys).reduce((sum, [kind, ids]) => { starts[kind] = sum; return sum + ids.length; }, 0);
  return Object.entries(found).map(([kind, numbers]) => ({
    kind, label: words.kinds[kind], total: numbers.length,
    items: numbers.slice(0, most).map((n) => {
      const id = known.ids[n], at = starts[kind] + core.keys[kind].indexOf(id);
      return { title: names[at], detail: details[at], href: `#${kind}/${encodeURIComponent(id)}` };
    }),
  }));
}

window.atlasFind = async (text) => ({ groups: await offered(text), suggestions: [] });

export async function resultPage(text) {
  const groups = await offered(text, Infinity);
  if (!groups.length) return `<p class=nothing-left role=status>${escaped(words.said.nothingFound)}</p>`;
  const row = ({ title, detail, href }) => `<li><a href="${escaped(href)}">${escaped(title)}</a> <span>${escaped(detail)}</span>`;
  return `<div class=found>${groups.map(({ label, total, items }) => `<section><h2>${escaped(label)} <span>${total.toLocaleString(words.code)}</span></h2><ul>${items.map(row).join("")}</ul></section>`).join("")}</div>`;
}
