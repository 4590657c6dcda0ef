"""The kinds of places, and what a place has that programs may ask for."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from atlas.model import along, relations, standing
from atlas.model.atlas import Atlas
from atlas.model.gazetteer import UNITS
from atlas.records.dates import today
from atlas.words import columns, naming, vocabulary
from atlas.words.translator import Translator

PLACE = "place"  # the type of all
COLUMNS = (
    "name_vi", "name_zh", "name_zh_basis", "name_zh_variants", "name_pinyin", "name_en", "also_known_as", "kind",
    "designation", "official_code", "gate_class", "valid_from", "valid_until", "lat", "lon",
)  # fmt: skip
NARROW = {  # what places of some kinds alone have
    "designation": UNITS,
    "official_code": UNITS,
    "today": UNITS,
    "successors": UNITS,
    "predecessors": UNITS,
    "gate_class": ("border_gate",),
    **dict.fromkeys(("border_km", "border_distance"), (*UNITS[1:], "village", "border_gate", "institution")),
}
ENTITY, NAME, ID = CONTENTS = ("entity", "name", "id")


def types(atlas: Atlas, translate: Translator) -> dict[str, str]:
    """The name of each type by its id: that of all places, and their kinds."""
    return {PLACE: translate("place")} | vocabulary.labels(atlas, "places.kind", translate)


def type_of(atlas: Atlas, name: str, translate: Translator) -> dict:
    """A type as the specification writes it."""
    named = types(atlas, translate)
    broader = {"broader": [{"id": PLACE, "name": named[PLACE]}]} if name != PLACE else {}
    return {"id": name, "name": named[name]} | broader


def entity(atlas: Atlas, place: str, translate: Translator) -> dict[str, str]:
    """A place as the specification writes it, with what tells it from its namesakes."""
    row, above = atlas.places[place], atlas.places.ancestors(place)
    parts = [types(atlas, translate)[row["kind"]]]
    if above:
        parts.append(atlas.places.full_name(above[0], translate.language))
    if row["valid_until"]:
        parts.append(translate("until {day}", day=translate.date(row["valid_until"])))
    name = atlas.places.name(place, translate.language)
    return {"id": place, "name": name, "description": " · ".join(parts)}


def names(atlas: Atlas, translate: Translator) -> dict[str, str]:
    """The name of each property by its id."""
    table = atlas.schema.tables["places"]
    titles = {name: columns.title_with_language(table.field(name), translate) for name in COLUMNS}
    return {
        "full_name": translate("Name with the units above it"),
        **titles,
        "parent": translate("Unit above it"),
        "province": translate("Province or region"),
        "country": translate("Country"),
        "today": translate("Unit of today"),
        "predecessors": translate("Units before it"),
        "successors": translate("Units after it"),
        "twinnings": translate("Twinnings"),
        "twinning_count": translate("Number of twinnings"),
        "partners": translate("Partner places"),
        "border_km": translate("Kilometre along the border"),
        "border_distance": translate("Kilometres from the border"),
        "sources": translate("Sources"),
    }


def proposed(atlas: Atlas, kind: str, translate: Translator) -> dict[str, str]:
    """The properties that places of a type have; those of all where there is no such type."""
    kinds = vocabulary.labels(atlas, "places.kind", translate)
    return {
        name: title
        for name, title in names(atlas, translate).items()
        if kind not in kinds or kind in NARROW.get(name, kinds)
    }


def leads_to_places(name: str) -> bool:
    """Whether the values of a property are places."""
    return name in PLACES


def values(atlas: Atlas, place: str, name: str, content: str, translate: Translator) -> list[dict]:
    """The values that a place has in a property, as the specification writes them.

    :param name: one of :func:`names`.
    :param content: how places and records are written, one of :data:`CONTENTS`.
    """
    if name in PLACES:
        return [_place(atlas, one, content, translate) for one in PLACES[name](atlas, place)]
    if name in RECORDS:
        table, of = RECORDS[name]
        ids = of(atlas, place)
        texts = ids if content == ID else [naming.record_name(atlas, table, one, translate) for one in ids]
        return [{"str": text} for text in texts]
    if name in COMPUTED:
        return _written(COMPUTED[name](atlas, place, translate))
    row, field = atlas.places[place], atlas.schema.tables["places"].field(name)
    if isinstance(row[name], tuple):
        return [{"str": text} for text in row[name]]
    words = vocabulary.of_field(field, translate)
    return _written(words.get(row[name], row[name]) if words else row[name])


def _written(value: Any) -> list[dict]:
    if value is None or value == "" or pd.isna(value):
        return []
    # days are texts, for many are known by their year or month alone
    kind = {str: "str", int: "int", float: "float"}[type(value)]
    return [{kind: value}]


def _place(atlas: Atlas, place: str, content: str, translate: Translator) -> dict:
    if content == ID:
        return {"str": place}
    name = atlas.places.full_name(place, translate.language)
    return {"str": name} if content == NAME else {"id": place, "name": name}


def _above(*kinds: str) -> Callable[[Atlas, str], list[str]]:
    return lambda atlas, place: [one for one in atlas.places.lineage(place) if atlas.places[one]["kind"] in kinds]


def _twinnings(atlas: Atlas, place: str) -> list[str]:
    return relations.twinnings_of(atlas, [place])


def _partners(atlas: Atlas, place: str) -> list[str]:
    rows = atlas.twinnings.loc[_twinnings(atlas, place)]
    sides = ("cn", "vn") if atlas.places[place]["country"] == "VN" else ("vn", "cn")
    return list(dict.fromkeys(one for members in rows[sides[0]] for one in members))


def _distance(name: str) -> Callable[[Atlas, str, Translator], float | None]:
    def of(atlas: Atlas, place: str, translate: Translator) -> float | None:
        stand = along.stand(atlas, place)
        return round(float(getattr(stand, name)), 1) if stand else None

    return of


PLACES: dict[str, Callable[[Atlas, str], list[str]]] = {
    "parent": lambda atlas, place: atlas.places.ancestors(place)[:1],
    "province": _above("province", "region"),
    "country": lambda atlas, place: [atlas.places[place]["country"].lower()],
    "today": lambda atlas, place: list(standing.of_today(atlas, place, today(atlas.version))),
    "predecessors": lambda atlas, place: atlas.places.predecessors(place),
    "successors": lambda atlas, place: atlas.places.successors(place),
    "partners": _partners,
}
RECORDS: dict[str, tuple[str, Callable[[Atlas, str], list[str]]]] = {
    "twinnings": ("twinnings", _twinnings),
    "sources": ("sources", lambda atlas, place: list(atlas.places[place]["sources"])),
}
COMPUTED: dict[str, Callable[[Atlas, str, Translator], Any]] = {
    "full_name": lambda atlas, place, translate: atlas.places.full_name(place, translate.language),
    "twinning_count": lambda atlas, place, translate: len(_twinnings(atlas, place)),
    "border_km": _distance("km"),
    "border_distance": _distance("away"),
}
