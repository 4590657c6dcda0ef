/* The stage: one scene of a session on the whole screen, above everything else, turned without asking the server. */
import { counted, make, picture, PLACE, scenes, session, words } from "./session.js";
import { controlsOf, fading } from "./controls.js";
import { keyReader } from "./keys.js";
import { openPresenter, present } from "./presenter.js";
import { penOf } from "./pen.js";
import { fingers } from "./touch.js";
import { endTalk, enter, mark, talk } from "./talk.js";

const SAID = 4000; // ms that a sentence stays

/* The number of the scene in the address: ?scene=3 on the page, #present-3 in a file, whose address may not change else. */
function addressed() {
  const found = session.file ? /^#present-(\d+)$/.exec(location.hash)?.[1] : new URLSearchParams(location.search).get("scene");
  return found ? Math.min(Math.max(Number(found) || 1, 1), scenes.length) : null;
}

function address(number) {
  const to = new URL(location);
  if (session.file) to.hash = `present-${number}`;
  else to.searchParams.set("scene", number);
  mark(to);
}

/* After a presentation from a file: the same scene where it is read. */
function readOn(number) {
  const to = new URL(location);
  to.hash = `scene-${number}`;
  mark(to);
  document.getElementById(`scene-${number}`)?.scrollIntoView();
}

function begin(number) {
  const frame = make("div", { class: "stage-picture" });
  const cover = make("div", { class: "stage-cover", hidden: "" });
  const status = make("p", { class: "stage-said", role: "status" }), spoken = make("p", { class: "stage-spoken", role: "status" });
  const screen = make("div", { class: "stage-screen", tabindex: "-1", autofocus: "" });
  const dialog = make("dialog", { class: "atlas-stage", "aria-label": session.title }, make("style", {}, session.style), screen);
  const channel = new BroadcastChannel(talk.channel);
  const now = { number: null, cover: null };
  let silent = null;

  const pen = penOf(() => controls.show(now.number, pen.tool));
  const say = (text) => {
    status.textContent = text;
    clearTimeout(silent);
    silent = setTimeout(() => { status.textContent = ""; }, SAID);
  };
  const tell = () => channel.postMessage({ now: { ...now, started: talk.started, spent: talk.spent, since: talk.since } });
  const veil = (colour) => {
    now.cover = now.cover === colour ? null : colour;
    cover.hidden = !now.cover;
    cover.dataset.colour = now.cover ?? "";
    tell();
  };
  const turn = (wanted) => {
    const next = Math.min(Math.max(wanted, 1), scenes.length);
    if (now.cover) veil(now.cover);
    if (next === now.number) return;
    now.number = next;
    frame.replaceChildren(picture(next), pen.layer);
    pen.show(next);
    controls.show(next, pen.tool);
    spoken.textContent = `${counted(next)}: ${scenes[next - 1].title}`;
    enter(next);
    address(next);
    tell();
    soon(() => { for (const near of [next + 1, next - 1]) if (scenes[near - 1]) picture(near); });
  };
  const end = () => {
    if (document.fullscreenElement) return document.exitFullscreen();
    channel.postMessage({ over: true });
    endTalk();
    if (!session.file) return window.atlasGo({ scene: "" }); // the page behind comes from the server
    channel.close();
    dialog.remove();
    return readOn(now.number);
  };
  const whole = () => (document.fullscreenElement ? document.exitFullscreen() : screen.requestFullscreen()).catch(() => say(words.unopened));
  const acts = {
    next: () => turn(now.number + 1), back: () => turn(now.number - 1), first: () => turn(1), last: () => turn(scenes.length),
    go: ({ number: wanted }) => turn(wanted), typed: ({ number: typed }) => say(typed),
    black: () => veil("black"), white: () => veil("white"),
    pen: pen.toggle, accent: () => pen.take("accent"), counterpart: () => pen.take("counterpart"), eraser: pen.erase, clear: pen.clear,
    presenter: () => openPresenter(talk.channel) || say(words.blocked),
    fullscreen: whole, end,
  };
  const act = (command) => acts[command.name](command);
  const controls = controlsOf(act);

  channel.addEventListener("message", ({ data }) => {
    if (data.hello) tell();
    if (data.command) act(data.command);
  });
  listenToKeys(dialog, act);
  fingers(screen, act);
  cover.addEventListener("click", () => veil(now.cover));
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  screen.append(frame, cover, status, spoken, controls.row);
  PLACE.append(dialog);
  dialog.showModal();
  fading(screen, controls.row);
  turn(number);
}

function soon(work) {
  (window.requestIdleCallback ?? setTimeout)(work);
}

/* Before the page itself hears them: Streamlit has keys of its own. They end with the stage. */
function listenToKeys(dialog, act) {
  const read = keyReader(), ended = new AbortController();
  addEventListener("keydown", (event) => {
    if (!dialog.isConnected) return ended.abort();
    const command = read(event);
    if (!command) return null;
    event.preventDefault();
    event.stopImmediatePropagation();
    return act(command);
  }, { capture: true, signal: ended.signal });
}

const { channel: presenting } = document.documentElement.dataset;
const asked = presenting ? null : addressed();
if (presenting) present(presenting);
else if (asked) begin(asked);
if (session.file && !presenting) {
  document.querySelector("[data-present]").addEventListener("click", () => begin(1));
  document.querySelector("[data-print]").addEventListener("click", () => print());
}
