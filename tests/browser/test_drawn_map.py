"""What the map draws, by itself: marks and lines, names, tags at its edge, its legend, and how it answers pointer and keys."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from atlas.model.selection import Selection
from atlas.words import vocabulary
from atlas.words.translator import Translator
from tests.browser.drawn_map import group_of, opener
from tests.conftest import wait_until

EVERYTHING = Selection()
CURVES = "path.atlas-twinning"
MIDDLES = """(marks) => marks.map((one) => one.getBoundingClientRect()).map((box) => [box.x + box.width / 2, box.y + box.height / 2])
  .filter(([x, y]) => x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight)"""
BOXES = "(all) => all.map((one) => one.getBoundingClientRect()).filter(({ width }) => width).map((box) => [box.left, box.top, box.right, box.bottom])"
# a point of the window so many pixels beside the middle of a curve
BESIDE = """([id, pixels]) => {
  const [from, to] = [12, 13].map((at) => map.latLngToContainerPoint(map.atlas.drawn.get(id).lines[0][at]));
  const along = to.subtract(from), across = L.point(-along.y, along.x).divideBy(along.distanceTo([0, 0]));
  return from.add(across.multiplyBy(pixels));
}"""


@pytest.fixture(scope="module")
def drawn(browser, atlas):
    """``drawn(selection, language)``: one map for all tests, which shows them one after the other."""
    page, show = opener(browser, atlas)

    def shown(selection: Selection = EVERYTHING, lang: str = "en", **more):
        page.mouse.move(20, 20)
        page.evaluate(
            "() => { went.length = toggled.length = hovered.length = 0; map.atlas.view.frame = null; map.closePopup(); document.activeElement.blur(); }"
        )
        show(group_of(atlas, selection, lang, **more))
        assert page.errors == []
        return page

    yield shown
    page.context.close()


def apart(boxes: list[list[float]]) -> bool:
    return not any(
        one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
    )


def test_no_curve_is_dashed_and_a_side_that_has_ended_has_a_hollow_mark_from_the_next_day_on(drawn, atlas):
    selection = Selection(province=("ha-giang",), level=("commune",))
    before = drawn(replace(selection, asof="2025-06-30"))
    assert before.locator(".atlas-ended").count() == 0
    assert before.locator(".atlas-stands-in").count() == 0
    after = drawn(selection)
    assert after.locator(".atlas-ended").count() > 5
    assert after.locator(".atlas-place:not(.atlas-ended)").count() > 5
    assert after.locator(f"{CURVES}[stroke-dasharray]").count() == 0


def test_the_opening_map_shows_the_whole_border_and_marks_that_stand_apart(drawn):
    page = drawn()
    west, south, east, north = map(float, page.evaluate("map.getBounds().toBBoxString()").split(","))
    assert (west, east) == (pytest.approx(102.14, abs=0.25), pytest.approx(108.03, abs=0.25))
    assert south < 21.5
    assert north > 23.4
    middles = page.locator(".atlas-place").evaluate_all(MIDDLES)
    near = [
        one
        for number, one in enumerate(middles)
        if any(number != other and abs(complex(one[0] - x, one[1] - y)) < 8 for other, (x, y) in enumerate(middles))
    ]
    assert len(middles) > 80
    assert len(near) < 0.4 * len(middles)
    smallest = page.locator(".atlas-place").evaluate_all(
        "(all) => Math.min(...all.flatMap((one) => [one.offsetWidth, one.offsetHeight]))"
    )
    assert smallest >= 24


@pytest.mark.parametrize("lang", ["vi", "zh", "en"])
def test_names_tags_and_controls_never_cover_each_other(drawn, lang):
    page = drawn(lang=lang)
    over = ".atlas-edge, .atlas-legend, .leaflet-control-zoom, .atlas-whole, .leaflet-control-scale, .atlas-label"
    boxes = page.locator(over).evaluate_all(BOXES)
    assert len(boxes) > 30
    assert apart(boxes)
    assert all(left >= 0 and top >= 0 and right <= 951 and bottom <= 561 for left, top, right, bottom in boxes)


def test_communes_are_named_as_soon_as_their_names_fit(drawn, atlas):
    page = drawn(Selection(level=("commune",)))
    names = set(page.locator(".atlas-label").all_inner_texts())
    own = {
        atlas.places.name(place, "en")
        for row in Selection(level=("commune",)).twinnings(atlas).to_dict("records")
        for place in (*row["vn"], *row["cn"])
    }
    assert page.evaluate("map.getZoom()") < 9
    assert len(names & own) > 15


@pytest.mark.parametrize(("lang", "name"), [("vi", "TP. Hồ Chí Minh"), ("zh", "胡志明市"), ("en", "Minh City")])
def test_where_a_curve_leaves_the_map_a_tag_says_where_to_and_opens_it(drawn, atlas, lang, name):
    pairs = Selection(q="ho chi minh").twinnings(atlas).index
    page = drawn(lang=lang)
    tag = page.locator(".atlas-edge").filter(has_text=name)
    expect(tag).to_have_count(1)
    tag.click()
    listed = page.locator(".atlas-list button")
    if listed.count():
        listed.filter(has_text=name).first.click()
    wait_until(lambda: page.evaluate("went"))
    assert page.evaluate("went[0].pair") in pairs
    assert page.evaluate("went[0].record") == ""
    # every curve that leaves has its tag, alone or with others
    out = page.evaluate("""() => [...map.atlas.drawn].filter(([, { lines }]) => {
      const ends = [lines[0][0], lines[0].at(-1)].map((at) => map.getBounds().contains(at));
      return lines[0].some((at) => map.getBounds().contains(at)) && !(ends[0] && ends[1]);
    }).length""")
    numbers = [int(one or 1) for one in page.locator(".atlas-edge b").all_inner_texts()]
    assert sum(numbers) >= out > 20


@pytest.mark.parametrize(
    ("points", "left"),
    [
        ([[10, 10], [50, 10], [150, 10]], [{"far": 1, "x": 100, "y": 10, "way": 0}]),
        ([[50, -40], [50, 20], [50, 90]], [{"far": 0, "x": 50, "y": 0, "way": 2}]),
        ([[10, 10], [90, 90]], []),
        (
            [[-10, 50], [50, 50], [110, 50]],
            [{"far": 0, "x": 0, "y": 50, "way": 4}, {"far": 1, "x": 100, "y": 50, "way": 0}],
        ),
        ([[-10, 10], [-50, 50]], []),
    ],
)
def test_where_a_curve_leaves_a_box(drawn, points, left):
    xy = [{"x": x, "y": y} for x, y in points]
    assert drawn().evaluate("(points) => atlas.pure.leaves(points, [0, 0, 100, 100])", xy) == left


@pytest.mark.parametrize("lang", ["vi", "zh", "en"])
def test_the_legend_counts_what_each_level_would_show_and_is_the_filter_of_levels(drawn, atlas, lang):
    everything = Selection(province=("lang-son",))
    counts = everything.twinnings(atlas)["level"].value_counts().to_dict()
    page = drawn(Selection(province=("lang-son",), level=("village",)), lang)
    rows = page.locator(".atlas-legend [aria-pressed]")
    shown = {row.split("\n")[0]: int(row.split("\n")[-1]) for row in rows.all_inner_texts()}
    names = vocabulary.labels(atlas, "twinnings.level", Translator(lang))
    assert shown == {names[level]: number for level, number in counts.items()}
    assert page.locator(".atlas-legend [aria-pressed=true]").inner_text().startswith(names["village"])
    assert page.locator(CURVES).count() <= counts["village"]
    rows.filter(has_text=names["district"]).click()
    assert page.evaluate("toggled") == [["level", "district"]]


def test_what_has_changed_lies_on_a_band_and_the_legend_leaves_only_that(drawn, atlas):
    page = drawn(Selection(province=("lao-cai",)), "vi", since="2026-11-22")
    changed = Selection(province=("lao-cai",), changed="2026-11-22").twinnings(atlas)
    drawn_ones = [one for one in changed.index if atlas.drawn["twinnings"][one].get("curve")]
    assert page.locator(".atlas-changed").count() == len(drawn_ones) > 0
    row = page.locator(".atlas-legend [data-row=changed]")
    assert row.inner_text().split("\n") == ["Mới hoặc thay đổi từ 22/11/2026", str(len(changed))]
    row.click()
    assert page.evaluate("went")[-1] == {"changed": "2026-11-22"}


def test_a_legend_on_a_narrow_map_begins_folded_and_opens(browser, atlas):
    page, show = opener(browser, atlas, (360, 420), has_touch=True, is_mobile=True)
    show(group_of(atlas, Selection(), "vi"))
    row = page.locator(".atlas-legend [aria-pressed]").first
    expect(row).to_be_hidden()
    page.get_by_role("button", name="Chú giải").tap()
    expect(row).to_be_visible()
    # one finger scrolls the page and is told so, two move the map
    assert page.evaluate("map.dragging.enabled()") is False
    expect(page.locator(".atlas-fingers")).to_be_hidden()
    touch = "() => { const one = new Touch({identifier: 1, target: map.getContainer(), clientX: 200, clientY: 100}); map.getContainer().dispatchEvent(new TouchEvent('touchmove', {touches: [one], bubbles: true})); }"
    page.evaluate(touch)
    expect(page.locator(".atlas-fingers")).to_have_text("Dùng hai ngón tay để di chuyển bản đồ")
    page.context.close()


def test_a_click_beside_a_curve_opens_it_and_the_pointer_marks_its_row(drawn, atlas):
    page = drawn(Selection(level=("district",), province=("lang-son",)))
    pair = page.evaluate("[...map.atlas.drawn.keys()][0]")
    for pixels in (0, 10, -10):
        at = page.evaluate(BESIDE, [pair, pixels])
        page.mouse.move(at["x"], at["y"])
        assert page.evaluate("hovered.at(-1)") == pair
        expect(page.locator(".atlas-tip strong")).to_have_text(
            page.evaluate("(id) => map.atlas.drawn.get(id).text[0]", pair)
        )
        page.mouse.click(at["x"], at["y"])
        assert page.evaluate("went.pop()") == {"pair": pair, "record": ""}
    assert page.evaluate("went") == []
    page.mouse.move(2, 300)
    assert page.evaluate("hovered.at(-1)") is None


def test_a_row_of_the_list_marks_its_curve(drawn):
    page = drawn(Selection(level=("district",)))
    lit = page.locator(".leaflet-atlas-lit-pane path")
    expect(lit).to_have_count(0)
    page.evaluate("atlasHover([...map.atlas.drawn.keys()][3])")
    expect(lit).to_have_count(2)
    page.evaluate("atlasHover(null)")
    expect(lit).to_have_count(0)


def test_every_pair_is_opened_or_listed_by_a_click_on_a_mark_of_its_own(drawn, atlas):
    selection = Selection(level=("commune",), province=("ha-giang",))
    page = drawn(selection)
    page.evaluate("""() => {
      for (const mark of document.querySelectorAll(".atlas-place")) {
        const listed = () => [...document.querySelectorAll(".leaflet-popup:last-child .atlas-list button")];
        mark.click();
        for (const number of listed().keys()) {
          listed()[number].click();
          mark.click();
        }
        map.closePopup();
        document.querySelector(".leaflet-popup-pane").replaceChildren(); // without waiting until it has faded
      }
    }""")
    assert set(page.evaluate("went.map(({ pair }) => pair)")) == set(page.evaluate("[...map.atlas.drawn.keys()]"))


def test_the_map_is_three_stops_of_the_tab_key_at_most(drawn):
    page = drawn()
    stops = page.locator("#map, #map *").evaluate_all(
        "(all) => all.filter((one) => one.tabIndex >= 0 && one.checkVisibility()).map((one) => one.ariaLabel || one.textContent)"
    )
    assert len(stops) == 3


def test_arrows_go_through_all_that_is_drawn_from_west_to_east_and_enter_opens(drawn, atlas):
    selection = Selection(province=("lao-cai",), layers=("crossings",))
    page = drawn(selection)
    page.locator("#map").focus()
    current = "document.getElementById(document.getElementById('map').getAttribute('aria-activedescendant'))?.ariaLabel"
    assert page.evaluate(current) is None
    expected = page.evaluate("map.atlas.keys.items.map(({ at, element }) => [at[1], element.ariaLabel])")
    assert [at for at, _ in expected] == sorted(at for at, _ in expected)
    assert len(expected) > len(selection.twinnings(atlas))
    met = []
    for _ in expected:
        page.keyboard.press("ArrowRight")
        met.append(page.evaluate(current))
    assert met == [label for _, label in expected]
    page.keyboard.press("Home")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(current) == met[-2]
    pairs = [key for key in page.evaluate("map.atlas.keys.items.map(({ key }) => key)") if key in atlas.twinnings.index]
    while page.evaluate("map.atlas.keys.current") not in pairs:
        page.keyboard.press("ArrowLeft")
    chosen = page.evaluate("map.atlas.keys.current")
    page.keyboard.press("Enter")
    assert page.evaluate("went") == [{"pair": chosen, "record": ""}]
    # what follows draws the map anew
    drawn_again = group_of(atlas, replace(selection, pair=chosen))
    page.evaluate(f"() => show({next(iter(drawn_again._children.values())).argument})")
    assert page.evaluate("document.activeElement.id") == "map"
    assert page.evaluate("map.atlas.keys.current") == chosen
    zoom = page.evaluate("map.getZoom()")
    page.keyboard.press("+")
    wait_until(lambda: page.evaluate("map.getZoom()") > zoom)
    page.keyboard.press("Escape")
    assert page.evaluate(current) is None
