/* Turns scenes by the keyboard, or by a presenter's remote that sends its keys; b and the full stop black the screen. */
if (!window.atlasKeys) {
  window.atlasKeys = true;
  const names = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back",
    Home: "first", End: "last", Escape: "end",
  };
  const black = document.documentElement.classList;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.("input, textarea, [role=listbox]")) return;
    const shown = document.querySelector(".st-key-scene");
    if (shown && [".", "b", "B"].includes(event.key)) return black.toggle("atlas-black");
    black.remove("atlas-black");
    const button = shown && names[event.key] && document.querySelector(`.st-key-scene-${names[event.key]} button`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  document.addEventListener("click", () => black.remove("atlas-black"));
}
