/* The buttons of the stage, which go while nobody moves the pointer and come back with it, or with the keyboard. */
import { counted, make, makeDrawn, scenes, session, words } from "./session.js";

const STILL = 2000; // ms
const SIGNS = {
  first: "M6 5v14M19 5l-9 7 9 7z",
  back: "M15 5l-8 7 8 7",
  next: "M9 5l8 7-8 7",
  last: "M18 5v14M5 5l9 7-9 7z",
  pen: "M4 20l1-5L16 4l4 4L9 19z",
  accent: "M4 12a8 8 0 1016 0 8 8 0 10-16 0z",
  counterpart: "M4 12a8 8 0 1016 0 8 8 0 10-16 0z",
  eraser: "M4 15l9-9 6 6-8 8H8zM9 10l6 6",
  clear: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  presenter: "M3 5h18v11H3zM8 20h8M12 16v4",
  fullscreen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  live: "M9 4L4 6v14l5-2 6 2 5-2V4l-5 2zM9 4v14M15 6v14",
  end: "M5 5l14 14M19 5L5 19",
};
const INKS = ["accent", "counterpart", "eraser", "clear"];

function sign(name) {
  const line = makeDrawn("path", { d: SIGNS[name], fill: session.pen[name] ?? "none" });
  return makeDrawn("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, line);
}

export function buttonOf(name, act) {
  const button = make("button", { type: "button", class: `stage-${name}`, title: words[name], "aria-label": words[name].replace(/ \(.*/, "") }, sign(name));
  button.addEventListener("click", (event) => {
    act({ name });
    if (event.detail) button.blur(); // after a click of the pointer, Space turns scenes again
  });
  return button;
}

/* The row of buttons; {show} brings it up to date. */
export function controlsOf(act) {
  const buttons = Object.fromEntries(Object.keys(SIGNS).filter((name) => name !== "live").map((name) => [name, buttonOf(name, act)]));
  const place = make("output", { class: "stage-place" });
  const live = make("a", { class: "stage-live", target: "_blank", rel: "noopener", title: words.live, "aria-label": words.live }, sign("live"));
  const { first, back, next, last, pen, presenter, fullscreen, end } = buttons;
  const inks = INKS.map((name) => buttons[name]);
  const row = make("div", { class: "stage-controls", role: "toolbar", "aria-label": words.controls }, first, back, place, next, last, pen, ...inks, live, presenter, fullscreen, end);
  const show = (number, tool) => {
    place.textContent = counted(number);
    first.disabled = back.disabled = number === 1;
    next.disabled = last.disabled = number === scenes.length;
    const { link } = scenes[number - 1];
    live.hidden = !link;
    if (link) live.href = link;
    pen.setAttribute("aria-pressed", Boolean(tool));
    for (const one of inks) one.hidden = !tool;
    for (const name of INKS.slice(0, 3)) buttons[name].setAttribute("aria-pressed", tool === name);
  };
  return { row, show };
}

/* Takes the buttons and the pointer away from a screen on which nothing has moved for a while. */
export function fading(screen, row) {
  let still = null;
  const rest = () => {
    if (row.matches(":hover") || row.querySelector(":focus-visible")) wake();
    else screen.classList.add("idle");
  };
  const wake = () => {
    screen.classList.remove("idle");
    clearTimeout(still);
    still = setTimeout(rest, STILL);
  };
  for (const moved of ["pointermove", "pointerdown", "focusin"]) screen.addEventListener(moved, wake);
  wake();
}
