"""The map by itself on an empty page, with the atlas's own files and no server: what it draws and how it answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import folium

from atlas import DATA
from atlas.maps import framing, leaflet, scripts
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection

ADDRESS = "http://127.0.0.1:1/component/map/index.html"
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Map</title><link rel="stylesheet" href="{style}"></head>
<body><main><div id="map" style="width: {width}px; height: {height}px"></div></main><script src="{script}"></script></body></html>"""
START = """([versions, told]) => {
  window.went = []; window.toggled = []; window.hovered = [];
  window.atlasGo = (change) => went.push(change);
  window.atlasToggle = (name, value) => toggled.push([name, value]);
  window.atlasHovered = (id) => hovered.push(id);
  window.map = (0, eval)(`atlas.open("map", ${versions})`);
  window.show = (argument) => {
    window.group?.remove();
    window.group = L.featureGroup().addTo(map);
    return (0, eval)(`(argument) => atlas.${told}(map, group, argument)`)(argument);
  };
}"""


def group_of(atlas: Atlas, selection: Selection, lang: str = "en", **more: Any) -> folium.FeatureGroup:
    """What is sent of a selection, as the page of the map sends it."""
    rows = selection.twinnings(atlas)
    levels = replace(selection, level=()).twinnings(atlas)["level"].value_counts().to_dict()
    options: dict[str, Any] = {
        "labels": None,
        "selected": selection.pair,
        "frame": "all",
        "framed": framing.of_twinnings(atlas, rows.index) if selection.restricts else framing.of_border(atlas),
        "layers": selection.layers,
        "counts": levels,
        "levels": selection.level,
    }
    return leaflet.selection_group(
        atlas, rows.index, language=lang, day=selection.day(atlas), **options | more
    )  # fmt: skip


def opener(browser, atlas: Atlas, size: tuple[int, int] = (950, 560), flows: bool = False, **context: Any) -> tuple:
    """An empty map of a size in pixels, as (page, show): ``show(group)`` draws what :func:`group_of` gives."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, **context)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))

    def answer(route) -> None:
        path = route.request.url.split("?")[0].split("/", 3)[3]
        if path.startswith("component/"):
            style, script = (f"/{scripts.address(name)}" for name in ("map.css", "map.js"))
            route.fulfill(
                body=PAGE.format(style=style, script=script, width=width, height=height), content_type="text/html"
            )
        elif path.startswith("assets/"):
            kind = "text/css" if path.endswith(".css") else "text/javascript"
            route.fulfill(body=scripts.whole(path.removeprefix("assets/")), content_type=kind)
        elif (file := DATA / path.removeprefix("data/")).is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.evaluate(START, [leaflet.base_map(atlas.files, "../..", flows=flows).versions, "flows" if flows else "select"])
    show: Callable[[folium.FeatureGroup], None] = lambda group: page.evaluate(  # noqa: E731 (a name for one expression)
        f"() => show({next(iter(group._children.values())).argument})"
    )
    return page, show
