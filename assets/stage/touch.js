/* Scenes are turned by a finger: a swipe to the side, or a tap at an edge. */

const FAR = 50; // pixels of a swipe
const EDGE = 0.2; // of the width

export function fingers(screen, act) {
  let from = null;
  screen.addEventListener("pointerdown", (event) => {
    const own = event.isPrimary && event.pointerType === "touch" && !event.target.closest("button, a, .drawing");
    from = own ? event : null;
  });
  screen.addEventListener("pointercancel", () => { from = null; }); // two fingers enlarge
  screen.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.clientX, event.clientY - from.clientY];
    const tapped = Math.hypot(dx, dy) < FAR / 4, share = event.clientX / innerWidth;
    from = null;
    if (tapped && share < EDGE) act({ name: "back" });
    else if (tapped && share > 1 - EDGE) act({ name: "next" });
    else if (Math.abs(dx) > FAR && Math.abs(dx) > 2 * Math.abs(dy)) act({ name: dx < 0 ? "next" : "back" });
  });
}
