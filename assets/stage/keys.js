/* What a key means: of the keyboard, and of presenters' remotes, which send arrows, page keys, F5, Escape and the full stop. */

const MEANT = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next", n: "next",
  ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
  Home: "first", End: "last", Escape: "end",
  b: "black", ".": "black", w: "white", ",": "white",
  f: "fullscreen", F5: "fullscreen", p: "presenter", d: "pen", e: "eraser", c: "clear",
};

/* Reads keys one after the other, since digits wait for Enter: {name} of a command, with its {number} for "go" and "typed". */
export function keyReader() {
  let digits = "";
  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    if (/^\d$/.test(event.key)) {
      digits = (digits + event.key).slice(-3);
      return { name: "typed", number: digits };
    }
    const number = Number(digits);
    if (event.key !== "Shift") digits = "";
    if (event.key === "Enter" && number) return { name: "go", number };
    if (event.target.closest?.("button, a[href]") && [" ", "Enter"].includes(event.key)) return null; // it is pressed
    if (event.key === " " && event.shiftKey) return { name: "back" };
    const name = MEANT[letter(event)];
    return name ? { name } : null;
  };
}

function letter({ key, code }) {
  if (key === "Process") return code.replace("Key", "").toLowerCase(); // taken by a program for typing Chinese or Vietnamese
  return key.length === 1 ? key.toLowerCase() : key;
}
