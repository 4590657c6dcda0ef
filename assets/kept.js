/* Keeps the session that a visitor prepares in this browser, and gives it back to a server that does not know it. */
if (!window.atlasKept) {
  window.atlasKept = true;
  const NAME = "atlas-session";
  const kept = () => {
    try {
      return localStorage.getItem(NAME);
    } catch {
      return null; // the browser keeps nothing
    }
  };
  const withLogos = (session) => {
    const whole = JSON.parse(session);
    for (const { dataset } of document.querySelectorAll(".atlas-kept-logo")) whole[dataset.side] = { ...whole[dataset.side], logo: dataset.logo };
    return JSON.stringify(whole);
  };
  const keep = (session) => {
    try {
      if (!session) return localStorage.removeItem(NAME);
      try {
        localStorage.setItem(NAME, withLogos(session));
      } catch {
        localStorage.setItem(NAME, session); // without logos, for which there is no room
      }
    } catch { /* a browser that keeps nothing can still save the file */ }
  };
  const give = (area, session) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, session);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  let last = null;
  const look = () => {
    const now = document.querySelector(".atlas-kept");
    const area = document.querySelector(".st-key-kept textarea");
    if (!now || !area) return;
    const { state, session } = now.dataset;
    const logos = [...document.querySelectorAll(".atlas-kept-logo")].map(({ dataset }) => dataset.side + dataset.logo.length);
    const shown = [state, session, ...logos].join(" ");
    if (state === "unknown") {
      const found = kept();
      if (found && !area.value) give(area, found);
    } else if (last !== shown) keep(state === "own" ? session : null);
    last = shown;
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-state", "data-session", "data-logo"] });
  look();
}
