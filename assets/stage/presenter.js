/* The presenter's window: the scene, the next one, what to say, the clock. The script writes it into an empty window, so
   that it opens while the server is away; the two speak over a channel, so that it outlasts a reload of the stage. */
import { CODE, counted, make, picture, scenes, session, whole, words } from "./session.js";
import { buttonOf } from "./controls.js";
import { keyReader } from "./keys.js";

const MINUTE = 60_000;

/* Opens the window, or fills it again; returns whether the browser has let it open. */
export function openPresenter(channel) {
  const opened = open("", `atlas-${channel}`, "popup,width=1280,height=800");
  if (!opened) return false;
  fill(opened.document, channel);
  opened.addEventListener("load", () => fill(opened.document, channel)); // browsers that put a new empty page in its place
  opened.focus();
  return true;
}

function fill(page, channel) {
  if (page.documentElement.dataset.channel) return;
  page.documentElement.dataset.channel = channel;
  page.documentElement.lang = document.documentElement.lang;
  page.title = `${words.presenter.replace(/ \(.*/, "")} – ${session.title}`;
  const write = (attributes, text) => {
    const script = page.createElement("script");
    Object.assign(script, attributes).textContent = text;
    page.body.append(script);
  };
  write({ id: "atlas-session", type: "application/json" }, JSON.stringify(whole()));
  write({}, CODE);
}

/* Runs in the presenter's window. */
export function present(name) {
  const channel = new BroadcastChannel(name);
  const act = (command) => channel.postMessage({ command });
  const view = draw(act);
  let now = null;
  channel.addEventListener("message", ({ data }) => {
    if (data.over) close();
    if (!data.now) return;
    now = data.now;
    view.show(now);
    view.tick(now);
  });
  setInterval(() => now && view.tick(now), 500);
  const read = keyReader();
  addEventListener("keydown", (event) => {
    const command = read(event);
    if (!command) return;
    event.preventDefault(); // F5 would leave an empty window
    if (!["end", "fullscreen", "presenter", "pen", "eraser"].includes(command.name)) act(command);
  });
  channel.postMessage({ hello: true });
}

function draw(act) {
  const part = (name, head, inside) => make("section", { class: `presenter-${name}` }, make("h2", {}, head), inside);
  const [clock, since, place, scene] = ["clock", "since", "place", "scene"].map((name) => make("output", { class: `presenter-${name}` }));
  const shown = make("div", { class: "presenter-picture" }), next = make("div", { class: "presenter-picture" });
  const region = (label) => make("div", { class: "presenter-text", tabindex: "0", role: "region", "aria-label": label });
  const notes = region(words.notes), sources = region(words.sources);
  const times = make("dl", {}, ...[[words.clock, clock], [words.since, since], [words.this, scene]].map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
  const [first, back, forward, last] = ["first", "back", "next", "last"].map((name) => buttonOf(name, act));
  const turns = make("div", { class: "presenter-turns", role: "toolbar", "aria-label": words.controls }, first, back, place, forward, last);
  document.head.append(make("style", {}, session.style));
  document.body.className = "presenter";
  document.body.append(make("main", {}, make("header", {}, times, turns), part("shown", words.shown, shown), part("next", words.following, next), part("notes", words.notes, notes), part("sources", words.sources, sources)));
  return {
    show: ({ number, cover }) => {
      place.textContent = counted(number);
      shown.replaceChildren(picture(number).cloneNode(true));
      shown.dataset.cover = cover ?? "";
      next.replaceChildren(number < scenes.length ? picture(number + 1).cloneNode(true) : words.none);
      notes.replaceChildren(...scenes[number - 1].notes.map((one) => make("p", {}, one)));
      sources.replaceChildren(...scenes[number - 1].sources.map((one) => make("p", {}, one)));
      notes.scrollTop = sources.scrollTop = 0;
    },
    tick: ({ number, started, spent, since: entered }) => {
      const now = Date.now();
      const planned = scenes.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
      clock.textContent = new Date(now).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      since.textContent = against(now - started, planned);
      scene.textContent = against((spent[number] ?? 0) + now - entered, scenes[number - 1].minutes);
    },
  };
}

/* How long something lasts beside what was planned for it, and what is left of that. */
function against(spent, minutes) {
  if (!minutes) return timed(spent);
  const rest = minutes * MINUTE - spent;
  return `${timed(spent)} / ${timed(minutes * MINUTE)} · ${(rest < 0 ? words.over : words.left).replace("{time}", timed(Math.abs(rest)))}`;
}

function timed(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  return [...(seconds < 3600 ? [] : [Math.floor(seconds / 3600)]), ...parts].join(":");
}
