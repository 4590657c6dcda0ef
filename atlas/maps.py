"""Twinnings as curves on a map: their geometry, and the folium map that shows a selection of them."""

import json
import math
import re
from dataclasses import replace
from datetime import date

import folium
import numpy as np
import pandas as pd
from branca.element import MacroElement
from folium.template import Template

from atlas import LANGUAGES, framing, store
from atlas.framing import Corners
from atlas.i18n import Translator
from atlas.store import Atlas
from atlas.topics import SCHOLARSHIPS, TRAINING

BOW = 0.14  # height of a curve's control point over the straight line, as a share of its length
CITIES = ("prefecture", "district", "county", "province")  # Hà Nội is a province of its own
BASE_KINDS = ("province", "region", "prefecture", "district", "county")

LAND = {
    "VN": {"fillColor": "#f4efe4", "fillOpacity": 1, "stroke": False},
    "CN": {"fillColor": "#eef0ee", "fillOpacity": 1, "stroke": False},
}
AREA = {
    "style": {"fillColor": "#d9cdb4", "fillOpacity": 0.28, "stroke": False},
    "at_border": {"fillColor": "#c9b78e", "fillOpacity": 0.5, "stroke": False},
}
PROVINCE_AREA = {"style": {"fillColor": "#b9a983", "fillOpacity": 0.16, "stroke": False}}
BEFORE, AFTER = {"until": "2025-06-30"}, {"from": "2025-07-01"}  # the reform of Vietnam's administrative units
LAYERS = (
    ("surroundings", {"styles": LAND, "style": {"fillColor": "#f1f0eb", "fillOpacity": 1, "stroke": False}}),
    ("land", {"styles": LAND}),
    ("vn-districts-2024", {"style": AREA["style"]} | BEFORE),
    ("vn-communes-2024", AREA | BEFORE),
    ("vn-communes-2025", AREA | AFTER),
    ("vn-provinces-2024", PROVINCE_AREA | BEFORE),
    ("vn-provinces-2025", PROVINCE_AREA | AFTER),
    ("cn-counties", {"style": {"fill": False, "color": "#c3c9cc", "weight": 0.7}}),
    ("cn-prefectures", {"style": {"fill": False, "color": "#a9b2b7", "weight": 1.1}}),
    ("cn-provinces", {"style": {"fill": False, "color": "#8e999f", "weight": 1.6}}),
    ("border", {"style": {"color": "#4b4453", "weight": 2.6}}),
)

# Okabe–Ito colours, told apart by width and shape as well
LEVEL_STYLES = {
    "province": {"color": "#0072b2", "weight": 6, "size": 14, "shape": "square"},
    "prefecture": {"color": "#56b4e9", "weight": 5, "size": 13, "shape": "diamond"},
    "district": {"color": "#009e73", "weight": 4, "size": 11, "shape": "square"},
    "commune": {"color": "#d55e00", "weight": 3, "size": 10, "shape": "circle"},
    "village": {"color": "#a0760b", "weight": 2, "size": 10, "shape": "triangle"},
    "border_guard": {"color": "#cc79a7", "weight": 3, "size": 10, "shape": "diamond"},
    "organisation": {"color": "#5a5a5a", "weight": 2, "size": 10, "shape": "ring"},
    "border_gate": {"color": "#000000", "weight": 2, "size": 10, "shape": "cross"},
}
SHAPES = {
    "circle": "<circle cx='6' cy='6' r='5'/>",
    "ring": "<circle cx='6' cy='6' r='3.8' fill='#fff' stroke='{color}' stroke-width='2.4'/>",
    "square": "<rect x='1' y='1' width='10' height='10'/>",
    "diamond": "<path d='M6 0 12 6 6 12 0 6Z'/>",
    "triangle": "<path d='M6 0 12 11 0 11Z'/>",
    "cross": "<path d='M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4Z'/>",
}


# places that may be shown beside the selection, by the name of their layer
MARKS = {
    "crossings": "<path d='M1 11.5V1.5h10v10H8V5H4v6.5Z'/>",
    "study": "<path d='M6 1 12 4.2 6 7.4 0 4.2Z'/><path d='M2.4 6.6v2.8c1.6 1.6 5.6 1.6 7.2 0V6.6L6 8.6Z'/>",
}

SUCCESSOR_MARK = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='14' height='14'>"
    "<circle cx='7' cy='7' r='4.5' fill='#fff' stroke='#d55e00' stroke-width='1.5'/></svg>"
)


def symbol(level: str) -> str:
    """The mark of a level of twinning as SVG."""
    size = LEVEL_STYLES[level]["size"]
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-1 -1 14 14' width='{size}' height='{size}'>{_mark(level)}</svg>"


def mark(layer: str) -> str:
    """The mark of the places of one of ``MARKS`` as SVG."""
    shape = f"<g fill='#22303a' stroke='#fff' stroke-width='1'>{MARKS[layer]}</g>"
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-1 -1 14 14' width='15' height='15'>{shape}</svg>"


def legend_area(style: dict) -> str:
    """A piece of an area as it is filled on the map, as SVG."""
    fill = f"fill='{style['fillColor']}' fill-opacity='{style['fillOpacity']}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='22' height='14'><rect width='22' height='14' fill='{LAND['VN']['fillColor']}'/><rect width='22' height='14' {fill}/></svg>"


def legend_border() -> str:
    """A piece of the land border as it is drawn on the map, as SVG."""
    style = dict(LAYERS)["border"]["style"]
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='32' height='14'><path d='M0 8 8 6 16 9 24 5 32 7' fill='none' stroke='{style['color']}' stroke-width='{style['weight']}'/></svg>"


def legend_mark(level: str | None) -> str:
    """A short piece of a level's curve with its mark at the end, or of a dashed curve, as SVG."""
    style = LEVEL_STYLES.get(level, {"color": "#51606b", "weight": 3})
    dash = "" if level else "stroke-dasharray='7 5'"
    mark = f"<g transform='translate(28 1)'>{_mark(level)}</g>" if level else ""
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='42' height='14'><path d='M1 7H34' stroke='{style['color']}' stroke-width='{style['weight']}' {dash}/>{mark}</svg>"


def _mark(level: str) -> str:
    style = LEVEL_STYLES[level]
    return f"<g fill='{style['color']}' stroke='#fff' stroke-width='1'>{SHAPES[style['shape']].format(**style)}</g>"


def browser_data(atlas: Atlas) -> dict:
    """What the browser needs to draw any selection: ``places`` and ``twinnings`` by id.

    Coordinates are [latitude, longitude] in degrees, WGS-84. A twinning has ``curve`` (three points of a
    quadratic Bézier curve between the hubs of its sides), ``spokes`` (hub to each member, on sides with several),
    ``title`` and ``signed`` in each language, and ``ended``: the last day of the first of its units to end.
    ``marks`` has the ids of the places of each of ``MARKS``. Units at the border are named whatever is selected, as
    larger units are.
    """
    marks = marked(atlas)
    used = {place for column in ("vn", "cn") for places in atlas.twinnings[column] for place in places}
    for name, columns in store.PLACE_COLUMNS.items():
        rows = atlas.table(name)[list(columns)].stack().explode().dropna()
        used |= {place for place in rows if place in atlas.places and atlas.places.position(place)}
    used |= {successor for place in used for successor in atlas.places.successors(place)}
    used.update(*marks.values())
    places = atlas.table("places")
    base = set(places.index[(places["kind"].isin(BASE_KINDS) & places["lat"].notna()) | places["id"].isin(at_border(atlas))])
    shown = [place for place in places.index if place in used or place in base]
    bow: dict[tuple, int] = {}
    return {
        "places": {place: _place(atlas, place, place in base) for place in shown},
        "twinnings": {
            twinning: _twinning(atlas, row, bow) for twinning, row in atlas.twinnings.to_dict("index").items()
        },
        "marks": marks,
    }


def at_border(atlas: Atlas) -> set[str]:
    """The ids of the units whose area runs along the land border, by the layers."""
    layers = [json.loads(content) for name, content in atlas.contents.items() if name.endswith(".geojson")]
    properties = [feature["properties"] for layer in layers for feature in layer["features"]]
    return {unit["id"] for unit in properties if unit.get("border")}


def without_proposed_names(atlas: Atlas) -> Atlas:
    """The atlas in which neither places nor the drawn map have Chinese names that are only proposed."""
    plain = atlas.without_proposed_names
    return replace(plain, contents=atlas.contents | {store.DRAWN: json.dumps(browser_data(plain)).encode()})


def marked(atlas: Atlas) -> dict[str, list[str]]:
    """The places of each of ``MARKS`` that have a position: border crossings; cities and institutions of study and training."""
    places = atlas.table("places")
    figures = pd.concat([topic.figures(atlas) for topic in (SCHOLARSHIPS, TRAINING)])
    cities = {place for ends in figures["destination"] for place in ends if places.at[place, "kind"] in CITIES}
    found = {
        "crossings": places.index[places["kind"] == "border_gate"],
        "study": [*sorted(cities), *places.index[places["kind"] == "institution"]],
    }
    return {name: [place for place in ids if atlas.places.position(place)] for name, ids in found.items()}


def _place(atlas: Atlas, place: str, base: bool) -> dict:
    row = atlas.places[place]
    lat, lon = atlas.places.position(place) or (None, None)
    content = {"kind": row["kind"], "lat": lat, "lon": lon} | {
        language: atlas.places.name(place, language) for language in LANGUAGES
    }
    content |= {"from": row["valid_from"], "until": row["valid_until"], "base": base or None}
    content |= {"next": atlas.places.successors(place) or None, "class": row["gate_class"]}
    content |= {"precision": row["coordinate_precision"] if row["kind"] in ("border_gate", "institution") else None}
    return {name: value for name, value in content.items() if value is not None}


def _twinning(atlas: Atlas, row: dict, bow: dict[tuple, int]) -> dict:
    sides = [[(place, atlas.places.position(place)) for place in row[side]] for side in ("vn", "cn")]
    points = [[point for _, point in side if point] for side in sides]
    ended = sorted(until for place in (*row["vn"], *row["cn"]) if (until := atlas.places[place]["valid_until"]))
    return {
        "level": row["level"],
        "vn": list(row["vn"]),
        "cn": list(row["cn"]),
        **(_geometry(points, bow) if all(points) else {}),
        "title": {language: title(atlas, row, language) for language in LANGUAGES},
        "signed": {language: Translator(language).date(row["signed_on"]) for language in LANGUAGES},
        **({"ended": ended[0]} if ended else {}),
    }


def _geometry(points: list[list[tuple]], bow: dict[tuple, int]) -> dict:
    hubs = [tuple(sum(values) / len(side) for values in zip(*side)) for side in points]
    key = tuple(round(value, 2) for hub in hubs for value in hub)
    bow[key] = bow.get(key, 0) + 1
    spokes = [[hub, point] for hub, side in zip(hubs, points) if len(side) > 1 for point in side]
    return {"curve": _rounded(curve(*hubs, bend=bow[key])), "spokes": [_rounded(spoke) for spoke in spokes]}


def curve(start: tuple[float, float], end: tuple[float, float], bend: int = 1) -> list[tuple[float, float]]:
    """The three points of a quadratic Bézier curve between two positions (latitude, longitude in degrees).

    :param bend: 1, 2, 3 ... for the links that share both ends, so that they fan out instead of hiding each other.
    """
    squeeze = math.cos(math.radians((start[0] + end[0]) / 2))
    dy, dx = end[0] - start[0], (end[1] - start[1]) * squeeze
    height = BOW * (bend + 1) / 2 * (-1) ** (bend + 1)
    middle = ((start[0] + end[0]) / 2 + dx * height, (start[1] + end[1]) / 2 - dy * height / squeeze)
    return [start, middle, end]


def bezier(points: list[tuple[float, float]], steps: int = 24) -> list[tuple[float, float]]:
    """A quadratic Bézier curve as ``steps + 1`` positions."""
    start, control, end = points
    shares = [step / steps for step in range(steps + 1)]
    return [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * c + t * t * b for a, c, b in zip(start, control, end))
        for t in shares
    ]


def title(atlas: Atlas, row: dict, language: str) -> str:
    """Both sides' names in one line; each language puts the countries in the order of its speakers."""
    translate = Translator(language)
    sides = [
        translate.join(
            dict.fromkeys(
                member_name(atlas, member, language) for member in atlas.members[row["id"]] if member["side"] == side
            )
        )
        for side in ("VN", "CN")
    ]
    return " – ".join(reversed(sides) if language == "zh" else sides)


def member_name(atlas: Atlas, member: dict, language: str) -> str:
    """The linked body, or the place itself when the locality is what is linked."""
    place = atlas.places.name(member["place"], language)
    organisation = member[f"organisation_{language}"]
    return organisation or place


def _rounded(points) -> list[list[float]]:
    return [[round(value, 4) for value in point] for point in points]


class _Layers(MacroElement):
    """Starts the atlas's own map script on the map it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}atlas.start({{ this._parent.get_name() }}, {{ this.argument }});{% endmacro %}"
    )

    def __init__(self, argument: dict):
        super().__init__()
        self._name = "Layers"
        self.argument = _argument(argument)


class _Shown(MacroElement):
    """Tells the map script what to draw in the feature group it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}atlas.select({{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }}, {{ this.argument }});{% endmacro %}"
    )

    def __init__(self, argument: dict):
        super().__init__()
        self._name = "Shown"
        self.argument = _argument(argument)


def _argument(content) -> str:
    # "<" could end the script early; "{{", "{%", "{#" would run here: branca renders once more what it has rendered
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return re.sub(r"<|\{(?=[{%#])", lambda match: f"\\u{ord(match[0]):04x}", text)


def base_map(files: dict[str, str], assets: str, tiles: str | None = None, flows: bool = False) -> folium.Map:
    """The empty map with Leaflet and all layers by address, the same for every visitor and language.

    :param files: name -> SHA-256 of the built files; part of the addresses, so that browsers may cache for ever.
    :param assets: path from the map's frame to the application's root, e.g. ``../..``.
    :param tiles: address template of online tiles, off by default.
    :param flows: whether flows and events are to be drawn on it, not twinnings.
    """
    chart = folium.Map(
        location=[22.6, 105.6],
        zoom_start=7,
        tiles=tiles,
        attr="© OpenStreetMap" if tiles else None,
        zoom_snap=0.25,
        min_zoom=5,
        max_zoom=14,
    )
    chart.default_js = [("leaflet", f"{assets}/leaflet/leaflet.js"), ("atlas", f"{assets}/assets/map.js")]
    chart.default_css = [("leaflet", f"{assets}/leaflet/leaflet.css"), ("atlas", f"{assets}/assets/map.css")]
    address = lambda name: f"{assets}/data/{name}?v={files[name][:12]}"  # noqa: E731
    layers = [
        {"id": name, "url": address(file), **style}
        for name, style in LAYERS
        if (file := f"layers/{name}.geojson") in files
    ]
    chart.add_child(
        _Layers(
            {
                "data": address(store.DRAWN),
                "layers": layers,
                "marks": {layer: mark(layer) for layer in MARKS},
            }
            | (
                {"labels": {language: address(store.LABELS.format(language)) for language in LANGUAGES}}
                if flows
                else {"levels": {level: style | {"svg": symbol(level)} for level, style in LEVEL_STYLES.items()}}
            )
        )
    )
    return chart


def selection_group(
    atlas: Atlas,
    twinnings: pd.Index,
    *,
    language: str,
    labels: str | None,
    day: date,
    selected: str | None,
    frame: str,
    framed: Corners,
    layers: tuple[str, ...] = (),
) -> folium.FeatureGroup:
    """The layer that changes with a selection: one bit a twinning travels, the browser has the rest.

    :param frame: a token; when it changes the view moves to the selected twinning, or to ``framed`` without one.
    :param framed: what the view follows when the selection changes, until the visitor moves it.
    :param layers: those of ``MARKS`` that are shown as well.
    """
    translate = Translator(language)
    options = {
        "shown": np.packbits(atlas.among(twinnings)).tobytes().hex(),
        "selected": selected,
        "lang": language,
        "labels": labels,
        "asof": day.isoformat(),
        "levels": level_names(translate),
        "group": group_text(translate),
        "several": several_text(translate),
        "says": control_names(translate),
        "frame": frame,
        "framed": framed,
        "opened": framing.of_twinnings(atlas, [selected] if selected else []),
        "whole": framing.of_border(atlas),
    } | mark_options(layers, translate)
    group = folium.FeatureGroup(name="selection")
    group.add_child(_Shown(options))
    return group


def group_text(translate: Translator) -> str:
    """What the map says of twinnings that stand together as one mark; the browser puts their number for ``{n}``."""
    return translate("{n} twinnings here; click to come closer", n="{n}")


def several_text(translate: Translator) -> str:
    """What the mark of a place says that has several twinnings; the browser puts their number for ``{n}``."""
    return translate("{n} twinnings here; click to list them", n="{n}")


def control_names(translate: Translator) -> dict[str, str]:
    """The names of what moves the map and closes a list on it."""
    return {
        "whole": translate("Whole border"),
        "closer": translate("Zoom in"),
        "farther": translate("Zoom out"),
        "close": translate("Close"),
    }


def level_names(translate: Translator) -> dict[str, str]:
    """The levels of twinning in words, in the order of the legend."""
    return {
        "province": translate("Province"),
        "prefecture": translate("Prefecture"),
        "district": translate("District, county"),
        "commune": translate("Commune, township"),
        "village": translate("Village"),
        "border_guard": translate("Border guard"),
        "organisation": translate("Organisation"),
        "border_gate": translate("Paired border gates"),
    }


def layer_names(translate: Translator) -> dict[str, str]:
    """The layers of ``MARKS`` in words."""
    return {
        "crossings": translate("Gates and crossings"),
        "study": translate("Cities and institutions of study"),
    }


def gate_classes(translate: Translator) -> dict[str, str]:
    """The classes of border crossings in words."""
    return {
        "international": translate("international crossing"),
        "bilateral": translate("bilateral crossing"),
        "local": translate("local crossing"),
    }


def precisions(translate: Translator) -> dict[str, str]:
    """The precision of a position in words."""
    return {
        "surveyed": translate("surveyed position"),
        "point": translate("position of the seat or centre"),
        "about_500_m": translate("position to about 500 m"),
        "about_2_km": translate("position to about 2 km"),
        "parent": translate("position of the unit above it"),
    }


def mark_options(layers: tuple[str, ...], translate: Translator) -> dict:
    """What the map script needs to show some of ``MARKS``: nothing when there are none."""
    if not layers:
        return {}
    return {"marks": list(layers), "words": gate_classes(translate) | precisions(translate)}
