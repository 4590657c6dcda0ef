/* What is presented: it stands as JSON in the page or the file, and is written again into the presenter's window. */

const SOURCE = document.currentScript; // this script, with which the presenter's window is filled
const SVG = "http://www.w3.org/2000/svg";
const HOLDER = document.getElementById("atlas-session");
export const PLACE = SOURCE.parentNode;
export const CODE = SOURCE.textContent;
export const session = JSON.parse(HOLDER.textContent);
export const { words, scenes } = session;

const drawn = [];

/* The drawing of a scene by its number; in a file it stands among what is read, and is not held twice. */
export function picture(number) {
  drawn[number] ??= parsed(svg(number));
  return drawn[number];
}

function svg(number) {
  return scenes[number - 1].svg ?? document.querySelector(`#scene-${number} svg`).outerHTML;
}

function parsed(text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  return template.content.firstElementChild;
}

/* The session with all its drawings, for a window that has none of its own. */
export function whole() {
  return { ...session, scenes: scenes.map((scene, at) => ({ ...scene, svg: svg(at + 1) })) };
}

export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

export function makeDrawn(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

export function counted(number) {
  return words.of.replace("{n}", number).replace("{total}", scenes.length);
}
