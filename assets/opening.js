/* A page is shown when its first run has arrived as a whole, so that nothing of it jumps; if nothing arrives, that is said. */
{
  // a link in which a program wrote & as &#38;, &#038; or &#x26;, which to a browser begins a fragment
  const WRITTEN = /#(0*38|x0*26);/gi;
  if (location.hash.search(WRITTEN) === 0) location.replace(location.href.replace(WRITTEN, ""));

  const page = document.documentElement;
  const LONGEST = 4000, SILENT = 12000; // ms

  const something = () => document.querySelector("[data-testid=stMainBlockContainer] :is(.stHtml, [data-testid=stAlert])");

  const arrived = () =>
    something() && document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
    !document.querySelector("[data-testid=stSkeleton]");

  const show = () => page.classList.remove("opening");
  setTimeout(show, LONGEST);
  const said = setTimeout(() => { document.getElementById("atlas-silent").hidden = Boolean(something()); }, SILENT);

  new MutationObserver((_, watch) => {
    if (something()) document.getElementById("atlas-silent").hidden = true;
    if (!arrived()) return;
    watch.disconnect();
    clearTimeout(said);
    requestAnimationFrame(() => requestAnimationFrame(show)); // after the scripts that see to lists and filters
  }).observe(page, { childList: true, subtree: true, attributeFilter: ["data-test-script-state"] });
}
