/* The address: #page/id?parameters. The fragment is the whole state, with the parameters that the pages of the server have. */
const FIRST = "twinning_map";

/* {page, id, query} of the address; parameters before the fragment count where there is none, as in a link that opens in a new tab. */
export function here() {
  const [path, query] = location.hash.slice(1).split("?");
  const [page, id = ""] = path.split("/").map(decodeURIComponent);
  return { page: page || FIRST, id, query: new URLSearchParams(query ?? (path ? "" : location.search || document.documentElement.dataset.start)) };
}

function address({ page, id, query }) {
  const path = [page, id].filter(Boolean).map(encodeURIComponent).join("/");
  return `#${path}${String(query) ? `?${query}` : ""}`;
}

function follow(to, replace = false) {
  if (to === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", to);
  dispatchEvent(new Event("atlas-address"));
}

/* Sets parameters of the address; those with an empty value are taken out. */
window.atlasGo = (changes, replace) => {
  const now = here();
  for (const [name, value] of Object.entries(changes)) {
    now.query.delete(name);
    for (const one of [value].flat()) if (one) now.query.append(name, one);
  }
  follow(address(now), replace);
};

window.atlasAsked = () => here().query;

/* Another page keeps what is chosen, but not the record that is open. */
function toPage(path) {
  const [to, own] = path.split("?");
  const [page, id = ""] = to.split("/").map(decodeURIComponent);
  const { query } = here();
  for (const name of ["pair", "record", "find"]) query.delete(name);
  for (const [name, value] of new URLSearchParams(own)) query.set(name, value);
  follow(address({ page, id, query }));
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-skip]")) document.querySelector(".records a, .card a")?.focus();
  const link = event.target.closest?.("a[href^='#']");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  toPage(link.getAttribute("href").slice(1));
  scrollTo(0, 0);
  document.querySelector("h1").focus({ preventScroll: true });
});
