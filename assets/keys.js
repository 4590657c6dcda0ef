/* Turns scenes by the keyboard, or by a presenter's remote that sends its keys. */
if (!window.atlasKeys) {
  window.atlasKeys = true;
  const names = {ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back", Escape: "end"};
  document.addEventListener("keydown", (event) => {
    const button = names[event.key] && document.querySelector(`.st-key-scene-${names[event.key]} button`);
    if (!button || event.target.closest?.("input, textarea, [role=listbox]")) return;
    event.preventDefault();
    button.click();
  });
}
