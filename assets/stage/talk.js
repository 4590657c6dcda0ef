/* What outlasts a reload of the page: since when, how long each scene was shown, and the ink. It stays in this window. */
const NAME = "atlas-talk";
export const talk = taken() ?? begun();

function begun() {
  return { channel: `${Date.now()}-${Math.random()}`, started: Date.now(), shown: null, since: 0, spent: {}, ink: {} };
}

/* That of this entry of the history: what was left without an end is not taken up by another start. */
function taken() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME));
    return kept?.channel === history.state?.[NAME] ? kept : null;
  } catch {
    return null; // the browser keeps nothing
  }
}

export function keepTalk() {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(talk));
  } catch { /* then a reload begins anew */ }
}

export function endTalk() {
  Object.assign(talk, begun());
  try {
    sessionStorage.removeItem(NAME);
  } catch { /* nothing was kept */ }
}

/* Counts the time of a scene from now on. */
export function enter(number) {
  const now = Date.now();
  if (talk.shown) talk.spent[talk.shown] = (talk.spent[talk.shown] ?? 0) + now - talk.since;
  Object.assign(talk, { shown: number, since: now });
  keepTalk();
}

/* Shows an address, with the mark by which a reload knows what it goes on with. */
export function mark(address) {
  history.replaceState({ ...history.state, [NAME]: talk.channel }, "", address);
}
