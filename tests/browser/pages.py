"""What tests in the browser ask of any page."""

from playwright.sync_api import expect

from atlas import ROOT
from tests.conftest import wait_until

ADDRESSES = ["/" if path.stem == "twinning_map" else f"/{path.stem}" for path in sorted((ROOT / "pages").glob("*.py"))]
GO_TO = """(address) => {
  const idle = () => document.querySelector("[data-test-script-state=notRunning]") !== null;
  let asked = !idle();
  window.answered = false;
  const states = new MutationObserver(() => {
    window.answered ||= asked && idle();
    asked ||= !idle();
    if (window.answered) states.disconnect();
  });
  states.observe(document.body, { attributeFilter: ["data-test-script-state"], subtree: true, childList: true });
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


def settled(page) -> None:
    """Wait until the page has run and every map on it is drawn."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("[data-testid=stMainBlockContainer]")).to_be_visible()
    for frame in page.locator("iframe[title*=folium]").all():
        expect(frame.content_frame.locator(".leaflet-interactive").first).to_be_attached()


def go_to(page, address: str) -> None:
    """Go to an address in the same session, as the browser's own buttons for back and forward do, and wait for it."""
    settled(page)
    page.evaluate(GO_TO, address)
    wait_until(lambda: page.evaluate("window.answered"))
    settled(page)


def too_wide(page) -> int:
    """By how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
