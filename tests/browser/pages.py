"""What tests in the browser ask of any page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from atlas import ROOT
from tests.conftest import wait_until

ADDRESSES = ["/" if path.stem == "twinning_map" else f"/{path.stem}" for path in sorted((ROOT / "pages").glob("*.py"))]
GO_TO = "(address) => { history.pushState(null, '', address); dispatchEvent(new PopStateEvent('popstate')); }"
DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 0, true)))"


def settled(page, after: int = 0) -> None:
    """Wait until a run later than the one of this number has ended, and all that it shows is drawn, maps included.

    :param page: one that :func:`tests.conftest.listen` listens to.
    """
    wait_until(lambda: page.evaluate(DRAWN) and page.runs > after)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("html:not(.opening) [data-testid=stMainBlockContainer]")).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(
        0
    )  # scripts of parts of a page come when one is shown first
    for frame in page.locator("iframe[title*=folium]").all():
        expect(frame.content_frame.locator(".leaflet-interactive").first).to_be_attached()
        expect(frame.content_frame.locator(".leaflet-container[aria-label]")).to_be_attached()  # all but the land


def go_to(page, address: str) -> None:
    """Go to an address in the same session, as the browser's own buttons for back and forward do, and wait for it."""
    settled(page)
    before = page.runs
    page.evaluate(GO_TO, address)
    settled(page, before)


def speak(page, language: str) -> None:
    """Choose a language by its code in the menu."""
    menu = page.locator(".st-key-language")
    menu.locator("summary").click()
    menu.locator(f"button[lang={language}]").click()


def search(page, text: str) -> None:
    """Type into the search of places, which answers without Enter."""
    page.locator(".bar .find").fill(text)


def choose(page, facet: str, typed: str) -> None:
    """Open a filter, type a part of a name and press Enter, as a person does who knows what is there."""
    page.locator(f".facet[data-facet={facet}] summary").click()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def too_wide(page) -> int:
    """By how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


# "region" looks at every element and can find nothing serious, so its findings would be left out
ASKED = {"resultTypes": ["violations"], "iframes": False}


def violations(page, colours: bool = True) -> list[str]:
    """What axe-core holds for serious or critical in any frame of a page, with the elements.

    :param colours: whether to ask for contrast as well, which takes two thirds of the time.
    """
    found = []
    rules = {"region": {"enabled": False}, "color-contrast": {"enabled": colours}}
    for frame in page.frames:  # each is asked by itself
        if not frame.evaluate("Boolean(window.axe)"):
            frame.evaluate(Axe().axe_script)
        for violation in frame.evaluate("async (asked) => (await axe.run(asked)).violations", ASKED | {"rules": rules}):
            if violation["impact"] in ("serious", "critical"):
                found += [f"{violation['id']}: {node['html'][:300]}" for node in violation["nodes"]]
    return found


def unnamed_controls(page) -> list[str]:
    """What can be reached by the keyboard and has no name to be read aloud."""
    controls = page.locator("button:visible, input:visible, select:visible, a[href]:visible, [role=radio]:visible")
    return controls.evaluate_all(
        """(all) => all.filter((one) => !one.disabled && one.tabIndex >= 0 &&
          !(one.innerText || one.ariaLabel || one.title || one.labels?.length || one.getAttribute("aria-labelledby")
            || one.placeholder)).map((one) => one.outerHTML.slice(0, 200))"""
    )


def largest_head(page) -> str:
    """The kind of heading that is written larger than any other."""
    return page.locator("h1, h2, h3, h4, h5").evaluate_all(
        """(all) => all.map((one) => [parseFloat(getComputedStyle(one).fontSize), one.tagName])
          .sort(([a], [b]) => b - a)[0][1]"""
    )
