/* A page is shown when its first run has arrived as a whole, so that nothing of it jumps; that nothing arrives is said. */
{
  // a link in which a program wrote & as &#38;, &#038; or &#x26;, which to a browser begins a fragment
  const WRITTEN = /#(0*38|x0*26);/gi;
  if (location.hash.search(WRITTEN) === 0) location.replace(location.href.replace(WRITTEN, ""));

  const page = document.documentElement;
  const LONGEST = 4000, SILENT = 10000, STEADY = 2000, ANSWER = 2000; // ms

  const app = () => document.querySelector("[data-testid=stApp]")?.dataset ?? {};
  const something = () => document.querySelector("[data-testid=stMainBlockContainer] :is(.stHtml, [data-testid=stAlert])");
  const arrived = () => something() && app().testScriptState === "notRunning" && !document.querySelector("[data-testid=stSkeleton]");

  const show = () => page.classList.remove("opening");
  setTimeout(show, LONGEST);

  /* What is said of a connection that does not open, or does not answer any more, in the language of the page. */
  let seen = false, silence = null, steady = null;
  const say = async () => {
    const asked = fetch("./_stcore/stream", { signal: AbortSignal.timeout(ANSWER) });
    const reason = await asked.then(({ status }) => status, () => 0);
    if (silence === null) return; // it has opened meanwhile
    const kind = [429, 503].includes(reason) ? "full" : seen ? "lost" : "blocked";
    for (const one of document.querySelectorAll("#atlas-silent > p")) one.hidden = one.lang !== page.lang || one.dataset.kind !== kind;
    document.getElementById("atlas-silent").hidden = false;
  };
  const answered = () => {
    clearTimeout(silence);
    silence = steady = null;
    document.getElementById("atlas-silent").hidden = true;
  };
  const listen = () => {
    seen ||= Boolean(something());
    const { testConnectionState: connection, testScriptState: run } = app();
    const open = seen && connection === "CONNECTED" && run !== "rerunRequested";
    if (!open) {
      clearTimeout(steady); // it may open and be closed again and again
      steady = null;
      silence ??= setTimeout(say, SILENT);
    } else if (silence !== null) {
      steady ??= setTimeout(answered, STEADY);
    }
    document.querySelector("[data-testid=stDialog] button")?.click(); // Streamlit's, which says the same in English
  };

  let opening = true;
  new MutationObserver(() => {
    listen();
    if (!opening || !arrived()) return;
    opening = false;
    requestAnimationFrame(() => requestAnimationFrame(show)); // after the scripts that see to lists and filters
  }).observe(page, { childList: true, subtree: true, attributeFilter: ["data-test-script-state", "data-test-connection-state"] });
}
