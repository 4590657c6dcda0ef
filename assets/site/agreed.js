/* Commitments, by paper or session; of each the points that pass the filters. */
import { read } from "./data.js";
import { stateOn } from "./filter.js";
import { element, say } from "./words.js";
import { escaped } from "./views.js";
import { pieces } from "./records.js";
import { words, language } from "./main.js";
export function pointCounts(choose, value) {
  const every = ["series", "session", "paper", "field", "side", "state"];
  const tally = (rows, of) => rows.reduce((numbers, row) => {
    for (const one of of(row)) if (one !== null) numbers[one] = (numbers[one] ?? 0) + 1;
    return numbers;
  }, {});
  return Object.fromEntries(every.map((name) => [name, tally(choose("points", { ...value, [name]: [] }), (row) => [name === "state" ? stateOn(row.states, value.asof) : row[name]])]));
}

export async function pointList(rows) {
  if (!rows.length) return `<p class=nothing-left role=status>${escaped(words.said.noPoints)}</p>`;
  const [papers, { links: known }] = await Promise.all([read(`points-${language}`), pieces(language)]);
  const shown = new Set(rows.map(({ id }) => `#commitment/${encodeURIComponent(id)}`));
  const made = element("div", { class: "agreed" });
  for (const paper of new Set(rows.map((row) => row.paper))) {
    const box = element("template");
    box.innerHTML = papers[paper].replace(/\ue000(\d+)\ue001/g, (_, number) => known[number]);
    for (const item of box.content.querySelectorAll("li:has(> .point)")) if (!shown.has(item.querySelector(".point").getAttribute("href"))) item.remove();
    const number = box.content.querySelectorAll("li:has(> .point)").length;
    const told = document.createTreeWalker(box.content, NodeFilter.SHOW_TEXT);
    while (told.nextNode()) if (told.currentNode.data.includes("\ue002")) told.currentNode.data = told.currentNode.data.replace("\ue002", say(words.said.pointsOfPaper, { n: number }));
    made.append(box.content);
  }
  return made.outerHTML;
}
