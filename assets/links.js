/* The address is the whole state: links of the page change it without loading the page anew, and so do buttons. */
if (!window.atlasGo) {
  const WITHIN = "a[href]:not([target]):not([download]):not([data-anew])"; // the last loads the page anew

  const follow = (address, replace = false) => {
    history[replace ? "replaceState" : "pushState"](null, "", address);
    dispatchEvent(new PopStateEvent("popstate")); // Streamlit reads the address anew
  };

  /* Sets parameters of the address; those with an empty value are taken out. */
  window.atlasGo = (changes, replace) => {
    const address = new URL(location);
    for (const [name, value] of Object.entries(changes)) {
      address.searchParams.delete(name);
      for (const one of [value].flat()) if (one) address.searchParams.append(name, one);
    }
    if (address.href !== location.href) follow(address, replace);
  };

  window.atlasAsked = () => new URLSearchParams(location.search);

  /* What a link leads to comes after it: the list that it chooses, and the link itself anew, which keeps the focus; where
     it is no more, the title of the page has it. */
  let followed = null;
  const arrive = () => {
    const here = `.stHtml a[href="${CSS.escape(followed.getAttribute("href"))}"]`;
    const part = CSS.escape(new URLSearchParams(followed.search).get("view") ?? "");
    followed = null;
    if (document.activeElement === document.body) document.querySelector(here)?.focus({ preventScroll: true });
    const title = document.querySelector("h1");
    if (title && document.activeElement === document.body) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }
    const choice = document.querySelector(`.views [data-set="view=${part}"][aria-pressed=true]`);
    if (choice?.getBoundingClientRect().top > innerHeight / 2) choice.scrollIntoView();
  };

  document.addEventListener("click", (event) => {
    const calendar = event.target.closest?.("a[data-subscribe]");
    if (calendar) {
      event.preventDefault();
      location.href = calendar.href.replace(/^https?/, "webcal"); // which programs for calendars answer to
      return;
    }
    const link = event.target.closest?.(WITHIN);
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!link.closest(".stHtml") || link.matches(".records tbody tr[data-id] a[href^='?']") || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    const folder = new URL(".", location).pathname;
    if (!link.pathname.startsWith(folder) || /[/.]/.test(link.pathname.slice(folder.length))) return; // a file, or another program
    event.preventDefault();
    follow(link.href);
    followed = link;
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });

  /* What the server has made of the address takes its place, unless the visitor has gone on meanwhile. */
  const sorted = (query) => {
    const parameters = new URLSearchParams(query);
    parameters.sort();
    return parameters.toString();
  };
  let mended = null;
  new MutationObserver(() => {
    const mark = document.querySelector("[data-address]");
    if (!mark || (mark === mended && !followed) || sorted(mark.dataset.asked) !== sorted(location.search)) return;
    if (followed) arrive();
    mended = mark;
    if (sorted(mark.dataset.address) !== sorted(location.search)) {
      history.replaceState(history.state, "", `${location.pathname}?${mark.dataset.address}${location.hash}`);
      dispatchEvent(new Event("atlas-address"));
    }
  }).observe(document.body, { childList: true, subtree: true });
}
