"""Flows of people between provinces and cities, meetings by host city and routes, on the atlas's own base map."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import folium
import pandas as pd
from branca.element import MacroElement
from folium.template import Template

from atlas import LANGUAGES, charts, maps
from atlas import record_cards as words
from atlas.i18n import Translator
from atlas.store import Atlas

# width in pixels of a curve from this number on; a number that is not stated has its own look
WIDTHS = ((10_000, 13), (1_000, 9), (100, 6), (10, 4), (0, 2.5))
NOT_STATED_WIDTH = 2
COUNTRIES = ("vn", "cn")
MOST_LINES = 3  # that a label of the map lists before it only counts the rest

Colour = Callable[[dict], str]


@dataclass(frozen=True)
class Flow:
    """What one curve stands for: two places, the figures that name them, and the largest number among them.

    An end is None where no source names a place smaller than a country; such a flow is a ring at the other end.
    ``value`` is None when no figure gives a number for exactly this pair of places.
    """

    origin: str | None
    destination: str | None
    figures: tuple[dict, ...]
    value: float | None

    @property
    def id(self) -> str:
        return f"{self.origin or 'not-stated'}--{self.destination or 'not-stated'}"


def flows(atlas: Atlas, rows: pd.DataFrame) -> list[Flow]:
    """The flows of figures that count one measure at one rate, the widest last.

    A figure that names several places at one end has no number for each of them, so it adds none to their width.

    :raises ValueError: the rows are of several measures or rates, which no width can show together.
    """
    units = set(zip(rows["measure"], rows["rate"]))
    if len(units) > 1:
        raise ValueError(f"one width for {sorted(units)}")
    pairs: dict[tuple, list[dict]] = {}
    for row in atlas.records("figures", rows.index):
        for origin in _ends(atlas, row["origin"]):
            for destination in _ends(atlas, row["destination"]):
                if origin or destination:
                    pairs.setdefault((origin, destination), []).append(row)
    found = []
    for (origin, destination), figures in pairs.items():
        own = [
            row["value"]
            for row in figures
            if len(row["origin"]) <= 1 and len(row["destination"]) <= 1 and not pd.isna(row["value"])
        ]
        ordered = sorted(figures, key=lambda row: -1 if pd.isna(row["value"]) else row["value"], reverse=True)
        found.append(Flow(origin, destination, tuple(ordered), max(own, default=None)))
    return sorted(found, key=lambda flow: flow.value or 0)


def _ends(atlas: Atlas, places: tuple[str, ...]) -> tuple[str | None, ...]:
    return tuple(place if place not in COUNTRIES and atlas.places.position(place) else None for place in places) or (
        None,
    )


def width(value: float | None) -> float:
    """The width in pixels for a number."""
    if value is None:
        return NOT_STATED_WIDTH
    return next(pixels for least, pixels in WIDTHS if value >= least)


def flow_shapes(atlas: Atlas, found: list[Flow], translate: Translator, colour: Colour) -> dict:
    """The curves, rings and places of flows in the form that the map script draws."""
    lines, points, bends = [], [], {}
    for flow in found:
        shade = colour(flow.figures[0])
        text = _tooltip(atlas, flow, translate)
        common = {"records": [row["id"] for row in flow.figures], "color": shade, "text": text}
        if flow.origin and flow.destination:
            ends = [atlas.places.position(place) for place in (flow.origin, flow.destination)]
            bend = bends[flow.origin, flow.destination] = bends.get((flow.origin, flow.destination), -1) + 1
            lines.append(
                common
                | {
                    "id": flow.id,
                    "curve": _rounded(maps.curve(*ends, bend)),
                    "width": width(flow.value),
                    "dash": flow.value is None,
                }
            )
        else:
            known = flow.origin or flow.destination
            points.append(
                common
                | {
                    "id": flow.id,
                    "place": known,
                    "at": _rounded([atlas.places.position(known)])[0],
                    "size": 16 + 2 * width(flow.value),
                    "ring": True,
                }
            )
    ends = {place for flow in found for place in (flow.origin, flow.destination) if place}
    return {"lines": lines, "points": points, "places": _places(atlas, ends)}


def _tooltip(atlas: Atlas, flow: Flow, translate: Translator) -> list[str]:
    name = lambda place: atlas.places.name(place, translate.language) if place else translate("place not stated")  # noqa: E731
    said = [
        f"{translate.text(row, 'title')}: {words.amount(row, translate)} ({words.as_of(row, translate)})"
        for row in flow.figures[:MOST_LINES]
    ]
    if len(flow.figures) > MOST_LINES:
        said.append(translate("and {n} more", n=len(flow.figures) - MOST_LINES))
    return [f"{name(flow.origin)} → {name(flow.destination)}", *said]


def event_shapes(atlas: Atlas, events: pd.DataFrame, translate: Translator, colour: Colour) -> dict:
    """One numbered point for each place that hosted events, and the route of each event that went from place to place."""
    lines, points, places = [], [], set()
    rows = atlas.records("events", events.index)
    hosted: dict[str, list[dict]] = {}
    for row in rows:
        if row["place"] and len(row["route"]) < 2:
            hosted.setdefault(row["place"], []).append(row)
    for place, records in hosted.items():
        position = atlas.places.position(place)
        if not position:
            continue
        shades = {colour(row) for row in records}
        said = [f"{words.event_date(row, translate)}: {translate.text(row, 'title')}" for row in records[:MOST_LINES]]
        if len(records) > MOST_LINES:
            said.append(translate("and {n} more", n=len(records) - MOST_LINES))
        points.append(
            {
                "id": place,
                "place": place,
                "at": _rounded([position])[0],
                "size": 22 if len(records) < 5 else 28,
                "color": shades.pop() if len(shades) == 1 else charts.GREY,
                "number": len(records),
                "records": [row["id"] for row in records],
                "text": [atlas.places.name(place, translate.language), *said],
            }
        )
        places.add(place)
    for row in (row for row in rows if len(row["route"]) > 1):
        shape = route_shapes(atlas, row, translate, colour(row))
        lines += shape["lines"]
        points += shape["points"]
        places |= set(shape["places"])
    return {"lines": lines, "points": points, "places": _places(atlas, places)}


def route_shapes(atlas: Atlas, event: dict, translate: Translator, shade: str) -> dict:
    """The route of one event: curves from stop to stop, and the stops with their number in the order of the source."""
    stops = [(place, atlas.places.position(place)) for place in event["route"] if atlas.places.position(place)]
    title = translate.text(event, "title")
    lines, points = [], []
    by_position: dict[tuple, list[tuple[int, str]]] = {}
    for number, (place, position) in enumerate(stops, start=1):
        by_position.setdefault(position, []).append((number, place))
    for position, here in by_position.items():
        numbers = "–".join(str(number) for number in sorted({here[0][0], here[-1][0]}))
        points.append(
            {
                "id": f"{event['id']}--{here[0][1]}",
                "place": here[0][1],
                "at": _rounded([position])[0],
                "size": 22 if len(numbers) == 1 else 30,
                "square": True,
                "color": shade,
                "number": numbers,
                "records": [event["id"]],
                "text": [
                    title,
                    *(f"{number}. {atlas.places.name(place, translate.language)}" for number, place in here),
                ],
            }
        )
    for (start, begin), (stop, end) in itertools.pairwise(stops):
        if begin != end:
            lines.append(
                {
                    "id": f"{event['id']}--{start}--{stop}",
                    "curve": _rounded(maps.curve(begin, end)),
                    "width": 3,
                    "dash": False,
                    "color": shade,
                    "records": [event["id"]],
                    "text": [
                        title,
                        f"{atlas.places.name(start, translate.language)} → {atlas.places.name(stop, translate.language)}",
                    ],
                }
            )
    return {"lines": lines, "points": points, "places": _places(atlas, {place for place, _ in stops})}


def joined(*shapes: dict) -> dict:
    """Several sets of shapes as one."""
    return {
        "lines": [line for shape in shapes for line in shape["lines"]],
        "points": [point for shape in shapes for point in shape["points"]],
        "places": {place: row for shape in shapes for place, row in shape["places"].items()},
    }


def _places(atlas: Atlas, ids: set[str]) -> dict:
    answer = {}
    for place in sorted(ids):
        lat, lon = _rounded([atlas.places.position(place)])[0]
        answer[place] = {"kind": atlas.places[place]["kind"], "lat": lat, "lon": lon} | {
            language: atlas.places.name(place, language) for language in LANGUAGES
        }
    return answer


def _rounded(points) -> list[list[float]]:
    return [[round(value, 3) for value in point] for point in points]


class _Flows(MacroElement):
    """Tells the map script which flows to draw in the feature group it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}atlas.flows({{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }}, {{ this.argument }});{% endmacro %}"
    )

    def __init__(self, argument: dict):
        super().__init__()
        self._name = "Flows"
        self.argument = maps._argument(argument)


def group(
    shapes: dict,
    *,
    language: str,
    labels: str | None,
    asof: str,
    selected: tuple[str, ...],
    frame: str,
    layers: tuple[str, ...] = (),
) -> folium.FeatureGroup:
    """The layer that changes with a selection.

    :param shapes: of :func:`flow_shapes`, :func:`event_shapes` or :func:`joined`.
    :param selected: ids of open records, drawn stronger.
    :param frame: a token; when it changes the view moves to the selected shapes, or to all, otherwise it stays.
    :param layers: those of :data:`atlas.maps.MARKS` that are shown as well.
    """
    options = shapes | {
        "lang": language,
        "labels": labels,
        "asof": asof,
        "selected": list(selected),
        "frame": frame,
    } | maps.mark_options(layers, Translator(language))
    layer = folium.FeatureGroup(name="flows")
    layer.add_child(_Flows(options))
    return layer


def legend(found: list[Flow], translate: Translator) -> list[tuple[str, str]]:
    """The marks of the flows that are drawn, as (SVG, words)."""
    present = {width(flow.value) for flow in found if flow.origin and flow.destination}
    entries = []
    for least, pixels in reversed(WIDTHS):
        if pixels in present:
            text = translate("{n} or more", n=least) if least else translate("under {n}", n=10)
            entries.append((_line(pixels, ""), text))
    if NOT_STATED_WIDTH in present:
        entries.append((_line(NOT_STATED_WIDTH, "stroke-dasharray='3 6'"), translate("number not stated")))
    if any(not (flow.origin and flow.destination) for flow in found):
        ring = "<svg xmlns='http://www.w3.org/2000/svg' width='18' height='18'><circle cx='9' cy='9' r='6' fill='none' stroke='#5a5a5a' stroke-width='3'/></svg>"
        entries.append((ring, translate("the other place is a whole country or not stated")))
    return entries


def _line(pixels: float, dash: str) -> str:
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='42' height='16'><path d='M1 8H30' stroke='#5a5a5a' stroke-width='{pixels}' {dash}/><path d='M28 1 41 8 28 15Z' fill='#5a5a5a'/></svg>"
