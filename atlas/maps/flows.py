"""Flows of people between provinces and cities, meetings by host city and routes, on the atlas's own base map."""

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import folium
import pandas as pd
from branca.element import MacroElement
from folium.template import Template
from markupsafe import Markup

from atlas.look import palette
from atlas.look.element import element, picture
from atlas.maps import framing, geometry, leaflet, scripts
from atlas.maps.framing import Corners
from atlas.model.atlas import Atlas
from atlas.words import vocabulary
from atlas.words.translator import Translator

# width in pixels of a curve from this number on; a number that is not stated has its own look
WIDTHS = ((10_000, 13), (1_000, 9), (100, 6), (10, 4), (0, 2.5))
NOT_STATED_WIDTH = 2
COUNTRIES = ("vn", "cn")

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


def flow_shapes(atlas: Atlas, found: list[Flow], colour: Colour) -> dict:
    """The curves of flows, and rings where one end is not known, in the form that the map script draws.

    ``from`` and ``to`` are the places of the ends, ``records`` what the shape stands for; the script has their words.
    """
    lines: list[dict] = []
    points: list[dict] = []
    bends: dict[tuple, int] = {}
    for flow in found:
        ends = [at for place in (flow.origin, flow.destination) if place and (at := atlas.places.position(place))]
        common = {
            "records": [row["id"] for row in flow.figures],
            "color": colour(flow.figures[0]),
            "from": flow.origin,
            "to": flow.destination,
        }
        if len(ends) == 2:
            bend = bends[flow.origin, flow.destination] = bends.get((flow.origin, flow.destination), -1) + 1
            lines.append(
                common
                | {
                    "curve": _rounded(geometry.curve(ends[0], ends[1], bend)),
                    "width": width(flow.value),
                }
                | ({"dash": True} if flow.value is None else {})
            )
        else:
            points.append(common | {"at": _rounded(ends)[0], "size": 16 + 2 * width(flow.value), "ring": True})
    return {"lines": lines, "points": points}


def event_shapes(atlas: Atlas, events: pd.DataFrame, colour: Colour) -> dict:
    """One numbered point for each place that hosted events, and the route of each event that went from place to place."""
    lines: list[dict] = []
    points: list[dict] = []
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
        points.append(
            {
                "place": place,
                "at": _rounded([position])[0],
                "size": 22 if len(records) < 5 else 28,
                "color": shades.pop() if len(shades) == 1 else palette.GREY,
                "number": len(records),
                "records": [row["id"] for row in records],
            }
        )
    routes = [route_shapes(atlas, row, colour(row)) for row in rows if len(row["route"]) > 1]
    return joined({"lines": lines, "points": points}, *routes)


def unit_shapes(atlas: Atlas, concerned: Mapping[str, Mapping[str, int]], colour: str) -> dict:
    """One point for each place with the number of what concerns it.

    :param concerned: place -> id of an event, agreement or figure -> how many of its items concern the place.
    """
    points = [
        {
            "place": place,
            "at": _rounded([position])[0],
            "size": 18 + 5 * len(str(sum(numbers.values()))),
            "color": colour,
            "number": sum(numbers.values()),
            "records": list(numbers),
        }
        for place, numbers in concerned.items()
        if (position := atlas.places.position(place))
    ]
    return {"lines": [], "points": points}


def route_shapes(atlas: Atlas, event: dict, shade: str) -> dict:
    """The route of one event: curves from stop to stop, and the stops with their number in the order of the source."""
    stops = [(place, at) for place in event["route"] if (at := atlas.places.position(place))]
    lines: list[dict] = []
    points: list[dict] = []
    by_position: dict[tuple, list[tuple[int, str]]] = {}
    for number, (place, position) in enumerate(stops, start=1):
        by_position.setdefault(position, []).append((number, place))
    for position, here in by_position.items():
        numbers = "–".join(str(number) for number in sorted({here[0][0], here[-1][0]}))
        points.append(
            {
                "place": here[0][1],
                "stops": here,
                "at": _rounded([position])[0],
                "size": 22 if len(numbers) == 1 else 30,
                "square": True,
                "color": shade,
                "number": numbers,
                "records": [event["id"]],
            }
        )
    for (start, begin), (stop, end) in itertools.pairwise(stops):
        if begin != end:
            lines.append(
                {
                    "from": start,
                    "to": stop,
                    "curve": _rounded(geometry.curve(begin, end)),
                    "width": 3,
                    "color": shade,
                    "records": [event["id"]],
                }
            )
    return {"lines": lines, "points": points}


def concerned(atlas: Atlas, ids: Iterable[str]) -> tuple[str, ...]:
    """Records, and beside each agreement the event at which it was signed and the figures under it."""
    found = dict.fromkeys(ids)
    figures = atlas.table("figures")
    for row in atlas.records("agreements", [one for one in found if atlas.record_tables[one] == "agreements"]):
        found |= dict.fromkeys(
            [*([row["event"]] if row["event"] else []), *figures.index[figures["agreement"] == row["id"]]]
        )
    return tuple(found)


def opened_shapes(atlas: Atlas, ids: Iterable[str], drawn: dict) -> dict:
    """What open records need beside the shapes that are drawn: events where they were held, agreements at their parties."""
    there = {record for shape in drawn["lines"] + drawn["points"] for record in shape["records"]}
    missing = [one for one in ids if one not in there]
    events = [one for one in missing if atlas.record_tables[one] == "events"]
    shapes = event_shapes(atlas, atlas.table("events").loc[events], lambda row: palette.GREY)
    for row in atlas.records("agreements", [one for one in missing if atlas.record_tables[one] == "agreements"]):
        if row["event"] in there or row["event"] in events:
            continue
        for place in (row["place"],) if row["place"] else (*row["vn_places"], *row["cn_places"]):
            if place not in COUNTRIES and (position := atlas.places.position(place)):
                point = {"place": place, "at": _rounded([position])[0], "size": 16, "color": palette.GREY}
                shapes["points"].append(point | {"records": [row["id"]]})
    return shapes


def joined(*shapes: dict) -> dict:
    """Several sets of shapes as one."""
    return {name: [one for shape in shapes for one in shape[name]] for name in ("lines", "points")}


def ends(shapes: dict, ids: Collection[str] | None = None) -> list[list[float]]:
    """Where the shapes begin and end, [latitude, longitude] in degrees; only those of some records if ids are given."""
    return [
        point
        for shape in shapes["lines"] + shapes["points"]
        if ids is None or not set(ids).isdisjoint(shape["records"])
        for point in (shape["curve"][::2] if "curve" in shape else [shape["at"]])
    ]


def _rounded(points: Any) -> list[list[float]]:
    return [[round(value, 3) for value in point] for point in points]


class _Flows(MacroElement):
    """Tells the map script which flows to draw in the feature group it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}atlas.flows({{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }}, {{ this.argument }});{% endmacro %}"
    )

    def __init__(self, argument: dict):
        super().__init__()
        self._name = "Flows"
        self.argument = scripts.argument(argument)


def group(
    atlas: Atlas,
    shapes: dict,
    translate: Translator,
    *,
    bilingual: str | None,
    asof: str,
    selected: tuple[str, ...],
    frame: str,
    framed: Corners,
    whole: Corners,
    layers: tuple[str, ...] = (),
) -> folium.FeatureGroup:
    """The layer that changes with a selection.

    :param shapes: of :func:`flow_shapes`, :func:`event_shapes` or :func:`joined`.
    :param selected: ids of open records, drawn stronger.
    :param frame: a token; when it changes the view moves to the selected shapes, or to ``framed`` without any.
    :param framed: what the view follows when the shapes change, until the visitor moves it.
    :param whole: what the visitor can always go back to.
    :param layers: those of :data:`atlas.look.marks.MARKS` that are shown as well.
    """
    options = (
        shapes
        | {
            "lang": translate.language,
            "labels": bilingual,
            "unstated": translate("place not stated"),
            "more": translate("and {n} more", n="{n}"),
            "asof": asof,
            "selected": list(selected),
            "says": vocabulary.control_names(translate),
            "frame": frame,
            "framed": framed,
            "opened": framing.of_points(ends(shapes, selected)),
            "whole": whole,
        }
        | leaflet.mark_options(atlas, layers, translate)
    )
    layer = folium.FeatureGroup(name="flows")
    layer.add_child(_Flows(options))
    return layer


def legend(found: list[Flow], translate: Translator) -> list[tuple[Markup, str]]:
    """The marks of the flows that are drawn, as (SVG, words)."""
    present = {width(flow.value) for flow in found if flow.origin and flow.destination}
    entries = []
    for least, pixels in reversed(WIDTHS):
        if pixels in present:
            text = translate("{n} or more", n=least) if least else translate("under {n}", n=10)
            entries.append((_line(pixels, None), text))
    if NOT_STATED_WIDTH in present:
        entries.append((_line(NOT_STATED_WIDTH, "3 6"), translate("number not stated")))
    if any(not (flow.origin and flow.destination) for flow in found):
        ring = picture(18, 18, element("circle", cx=9, cy=9, r=6, fill="none", stroke=palette.GREY, stroke_width=3))
        entries.append((ring, translate("the other place is a whole country or not stated")))
    return entries


def _line(pixels: float, dash: str | None) -> Markup:
    line = element("path", d="M1 8H30", stroke=palette.GREY, stroke_width=pixels, stroke_dasharray=dash)
    return picture(42, 16, line, element("path", d="M28 1 41 8 28 15Z", fill=palette.GREY))
