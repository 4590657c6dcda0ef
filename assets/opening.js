/* A page is shown when its first run has arrived as a whole, so that nothing of it jumps; if nothing arrives, that is said. */
{
  const page = document.documentElement;
  const LONGEST = 4000, SILENT = 12000; // ms

  const arrived = () =>
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
    document.querySelector("[data-testid=stMainBlockContainer] [data-testid=stElementContainer]") &&
    !document.querySelector("[data-testid=stSkeleton]");

  const something = () => document.querySelector("[data-testid=stMainBlockContainer] [data-testid=stElementContainer]");

  const show = () => page.classList.remove("opening");
  setTimeout(show, LONGEST);
  const said = setTimeout(() => { document.getElementById("atlas-silent").hidden = Boolean(something()); }, SILENT);

  new MutationObserver((_, watch) => {
    if (something()) document.getElementById("atlas-silent").hidden = true;
    if (!arrived()) return;
    watch.disconnect();
    clearTimeout(said);
    show();
  }).observe(page, { childList: true, subtree: true, attributeFilter: ["data-test-script-state"] });
}
