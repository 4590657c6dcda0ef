/* Ink over a scene, in units of the stage, so that it stays in its place in a window of any size. It is sent nowhere. */
import { makeDrawn, session } from "./session.js";
import { keepTalk, talk } from "./talk.js";

const WIDTH = 7, REACH = 24; // of a stroke, and of the eraser
const OTHER = { accent: "counterpart", counterpart: "accent" };

/* {tool}: "accent", "counterpart" or "eraser", null while nothing is drawn; {layer}: the element that holds the ink. */
export function penOf(changed) {
  const layer = makeDrawn("svg", { viewBox: "0 0 1920 1080", class: "stage-ink", "aria-hidden": "true" });
  const pen = { layer, tool: null, colour: "accent", number: 1, stroke: null };
  const set = (tool) => {
    pen.tool = tool;
    if (OTHER[tool]) pen.colour = tool;
    layer.classList.toggle("drawing", Boolean(tool));
    changed();
  };
  layer.addEventListener("pointerdown", (event) => {
    if (!pen.tool || event.button) return;
    event.preventDefault();
    layer.setPointerCapture(event.pointerId);
    if (pen.tool === "eraser") rub(pen, at(layer, event));
    else startStroke(pen, at(layer, event));
  });
  layer.addEventListener("pointermove", (event) => {
    if (!event.buttons) return;
    if (pen.tool === "eraser") rub(pen, at(layer, event));
    else if (pen.stroke) for (const one of event.getCoalescedEvents?.() ?? [event]) extend(pen, at(layer, one));
  });
  const end = () => {
    if (pen.stroke) keepTalk();
    pen.stroke = null;
  };
  layer.addEventListener("pointerup", end);
  layer.addEventListener("pointercancel", end);
  return {
    layer,
    get tool() { return pen.tool; },
    toggle: () => set(pen.tool ? null : pen.colour),
    take: (tool) => set(pen.tool === tool ? null : tool),
    erase: () => set(pen.tool === "eraser" ? pen.colour : "eraser"),
    clear: () => {
      delete talk.ink[pen.number];
      keepTalk();
      showInk(pen, pen.number);
    },
    show: (number) => showInk(pen, number),
  };
}

function at(layer, { clientX, clientY }) {
  const box = layer.getBoundingClientRect();
  return [(clientX - box.left) / box.width * 1920, (clientY - box.top) / box.height * 1080].map(Math.round);
}

function startStroke(pen, point) {
  pen.stroke = { colour: pen.colour, points: [point, point] }; // a dot is a line to itself
  (talk.ink[pen.number] ??= []).push(pen.stroke);
  pen.layer.append(drawnStroke(pen.stroke));
}

function extend(pen, point) {
  pen.stroke.points.push(point);
  pen.layer.lastElementChild.setAttribute("points", pen.stroke.points.join(" "));
}

function rub(pen, point) {
  const strokes = talk.ink[pen.number] ?? [];
  const left = strokes.filter(({ points }) => !points.some((end, at) => away(point, points[Math.max(at - 1, 0)], end) < REACH));
  if (left.length === strokes.length) return;
  talk.ink[pen.number] = left;
  keepTalk();
  showInk(pen, pen.number);
}

/* How far a point is from the line between two others. */
function away([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 0), 1);
  return Math.hypot(ax + share * dx - x, ay + share * dy - y);
}

function showInk(pen, number) {
  Object.assign(pen, { number, stroke: null });
  pen.layer.replaceChildren(...(talk.ink[number] ?? []).map(drawnStroke));
}

function drawnStroke({ colour, points }) {
  return makeDrawn("polyline", { points: points.join(" "), stroke: session.pen[colour], "stroke-width": WIDTH });
}
