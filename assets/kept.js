/* Keeps the sequence of scenes of a selection in this browser, and gives it back to a session that does not know it. */
if (!window.atlasKept) {
  window.atlasKept = true;
  const NAME = "atlas-sequence";
  const selection = () => {
    const query = new URLSearchParams(location.search);
    for (const name of ["lang", "labels", "scene"]) query.delete(name); // how it is shown, not what
    query.sort();
    return query.toString();
  };
  const kept = () => {
    try {
      const { of, sequence } = JSON.parse(localStorage.getItem(NAME)) ?? {};
      return of === selection() && typeof sequence === "string" ? sequence : null;
    } catch {
      return null; // what is kept is damaged, or the browser keeps nothing
    }
  };
  const keep = (sequence) => {
    try {
      if (sequence) localStorage.setItem(NAME, JSON.stringify({ of: selection(), sequence }));
      else if (kept() !== null) localStorage.removeItem(NAME);
    } catch { /* a browser that keeps nothing can still save the file */ }
  };
  const give = (area, sequence) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, sequence);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  let last = null;
  const look = () => {
    const now = document.querySelector(".atlas-kept");
    const area = document.querySelector(".st-key-kept textarea");
    if (!now || !area) return;
    const { state, sequence } = now.dataset;
    if (state === "unknown") {
      const found = kept();
      if (found && !area.value) give(area, found);
    } else if (last !== state + sequence) keep(state === "own" ? sequence : null);
    last = state + sequence;
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-state", "data-sequence"] });
  look();
}
