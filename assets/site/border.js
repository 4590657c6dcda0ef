/* The border unrolled: the drawing of all twinnings of the day's period, without those that the filters leave out. */
import { read } from "./data.js";
import { element } from "./words.js";
import { escaped } from "./views.js";
import { record } from "./records.js";
import { core, words, language } from "./main.js";
export async function borderPage(rows, value) {
  const { drawn, label, far, beyond } = await read(`border-${language}`);
  const { lying, turned } = drawn.find(({ until }) => until && (value.asof ?? core.day) <= until) ?? drawn.at(-1);
  const ids = new Set(rows.map(({ id }) => id));
  const strip = element("div", { class: "strip", tabindex: "-1", "data-lying": left(lying, ids), "data-turned": left(turned, ids), "data-pair": value.pair ?? "", "data-label": label });
  const button = ([id, name]) => `<button type=button class=beyond data-set="pair=${escaped(encodeURIComponent(id))}">${escaped(name)}</button>`;
  const away = Object.entries(far).filter(([id]) => ids.has(id)).map(button).join(" · ");
  const note = away ? `<p class=strip-far>${escaped(beyond).replace("{twinnings}", () => away)}</p>` : "";
  const panel = value.pair ? `<div class=site-beside>${await record(rows, value)}</div>` : "";
  return `<div class=site-strip>${strip.outerHTML}${panel}</div>${note}${value.asof ? `<p class=site-note>${escaped(words.said.stripDays)}</p>` : ""}`;
}

export function left(svg, ids) {
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  for (const shape of drawing.querySelectorAll("[data-of]")) if (!shape.dataset.of.split(" ").some((id) => ids.has(id))) shape.remove();
  return encodeURIComponent(new XMLSerializer().serializeToString(drawing));
}
