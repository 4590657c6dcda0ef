"""What the browser needs to draw any selection."""

import json
from dataclasses import replace

import pandas as pd

from atlas import LANGUAGES
from atlas.maps.geometry import link
from atlas.model.atlas import DRAWN, PLACE_COLUMNS, Atlas, cached
from atlas.model.standing import first_end
from atlas.model.topics import SCHOLARSHIPS, TRAINING
from atlas.words.naming import title
from atlas.words.translator import Translator

CITIES = ("prefecture", "district", "county", "province")  # Hà Nội is a province of its own
TOWNS = ("thành phố", "thị xã")  # as former districts are called whose point is that of a town
BASE_KINDS = ("province", "region", "prefecture", "district", "county")


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
    for name, columns in PLACE_COLUMNS.items():
        rows = atlas.table(name)[list(columns)].stack().explode().dropna()
        used |= {place for place in rows if place in atlas.places and atlas.places.position(place)}
    used |= {successor for place in used for successor in atlas.places.successors(place)}
    used.update(*marks.values())
    places = atlas.table("places")
    base = set(
        places.index[(places["kind"].isin(BASE_KINDS) & places["lat"].notna()) | places["id"].isin(at_border(atlas))]
    )
    shown = [place for place in places.index if place in used or place in base]
    bow: dict[tuple, int] = {}
    town = towns(atlas)
    return {
        "places": {place: _place(atlas, place, place in base, place in town) for place in shown},
        "twinnings": {
            twinning: _twinning(atlas, row, bow) for twinning, row in atlas.twinnings.to_dict("index").items()
        },
        "marks": marks,
    }


@cached(1)
def listed(atlas: Atlas) -> pd.Index:
    """The twinnings in the order in which the browser has them: all, also those that the atlas leaves out for an audience."""
    return pd.Index(atlas.drawn["twinnings"])


def at_border(atlas: Atlas) -> set[str]:
    """The ids of the units whose area runs along the land border, by the layers."""
    layers = [json.loads(content) for name, content in atlas.contents.items() if name.endswith(".geojson")]
    properties = [feature["properties"] for layer in layers for feature in layer["features"]]
    return {unit["id"] for unit in properties if unit.get("border")}


def towns(atlas: Atlas) -> set[str]:
    """The ids of places whose point is that of a town, for orientation: a town stays one where its unit has ended.

    Cities of the provinces at the border, seats of prefectures, and of counties at the border.
    """
    places, border = atlas.table("places"), at_border(atlas)
    provinces = border | {one for one in places.index if border & set(atlas.places.successors(one))}
    cities = (places["kind"] == "district") & places["designation"].isin(TOWNS) & places["parent"].isin(provinces)
    counties = (places["kind"] == "county") & places["id"].isin(border)
    return set(places.index[(cities | counties | (places["kind"] == "prefecture")) & places["lat"].notna()])


def without_proposed_names(atlas: Atlas) -> Atlas:
    """The atlas in which neither places nor the drawn map have Chinese names that are only proposed."""
    plain = atlas.without_proposed_names
    return replace(plain, contents=atlas.contents | {DRAWN: json.dumps(browser_data(plain)).encode()})


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


def _place(atlas: Atlas, place: str, base: bool, town: bool) -> dict:
    row = atlas.places[place]
    lat, lon = atlas.places.position(place) or (None, None)
    content = {"kind": row["kind"], "lat": lat, "lon": lon} | {
        language: atlas.places.name(place, language) for language in LANGUAGES
    }
    content |= {"from": row["valid_from"], "until": row["valid_until"], "base": base or None, "town": town or None}
    content |= {"next": atlas.places.successors(place) or None, "class": row["gate_class"]}
    content |= {"precision": row["coordinate_precision"] if row["kind"] in ("border_gate", "institution") else None}
    return {name: value for name, value in content.items() if value is not None}


def _twinning(atlas: Atlas, row: dict, bow: dict[tuple, int]) -> dict:
    sides = [[(place, atlas.places.position(place)) for place in row[side]] for side in ("vn", "cn")]
    points = [[point for _, point in side if point] for side in sides]
    ended = first_end(atlas, row)
    return {
        "level": row["level"],
        "vn": list(row["vn"]),
        "cn": list(row["cn"]),
        **(link(points, bow) if all(points) else {}),
        "title": {language: title(atlas, row, language) for language in LANGUAGES},
        "signed": {language: Translator(language).date(row["signed_on"]) for language in LANGUAGES},
        **({"ended": ended} if ended else {}),
    }
