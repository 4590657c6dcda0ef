"""Questions to the service: read from what programs send, and answered from the atlas."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from itertools import chain
from typing import Any

from atlas import LANGUAGES, AtlasError, meant
from atlas.model import pasted
from atlas.model.atlas import Atlas
from atlas.model.recognition import Candidate, clear, recognise
from atlas.model.spelling import CHINESE, LATIN, fold, parts
from atlas.records.dates import bounds, typed
from atlas.words.translator import Translator
from server.reconcile import properties

BATCH = 100  # queries
MOST_IDS = 1_000
MOST_PROPERTIES = 100  # all there are, each written in every way
MOST_TOLD = 12  # values beside the name in a query, twice as many as there are hints
DEFAULT_LIMIT, MOST_CANDIDATES = 10, 50
STRICT = ("any", "all", "should")
DAY = "day"  # the one hint that is no property
HINTS = ("parent", "province", "country", "kind", "official_code", DAY)
TYPES = LATIN | CHINESE  # words such as huyện, County and 县
SHOWN = 60  # characters of a value in an error


class Refused(AtlasError):
    """A question that is not answered; the message names what is wrong and what is expected."""

    def __init__(self, message: str, status: int = HTTPStatus.BAD_REQUEST):
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Query:
    """One question: which place a text means.

    kinds: the only ones that are wanted, None for any; rather: whether others may come where none of these is found;
    hints: what is told of the place beside its name, by property: texts or ids.
    """

    text: str
    limit: int = DEFAULT_LIMIT
    kinds: frozenset[str] | None = None
    rather: bool = False
    hints: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Extension:
    """Which properties of which places are wanted: ids of places, and (property, most values or None, how places are written)."""

    ids: list[str]
    wanted: list[tuple[str, int | None, str]]


def parsed(name: str, text: str) -> dict:
    """The JSON object in a parameter."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(f"{name}: expected an object in JSON") from None
    return _of(dict, content, name, "an object in JSON")


def read_batch(atlas: Atlas, content: dict) -> dict[str, Query]:
    """The queries of a batch by their names.

    :raises Refused: one cannot be understood, or there are more than :data:`BATCH`.
    """
    if len(content) > BATCH:
        message = f"queries: expected at most {BATCH} in a batch, there are {len(content)}"
        raise Refused(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return {name: _query(atlas, f"queries.{name[:SHOWN]}", one) for name, one in content.items()}


def _query(atlas: Atlas, name: str, content: Any) -> Query:
    asked = _of(dict, content, name, "an object")
    told = _of(list, asked.get("properties", []), f"{name}.properties", "a list")
    if "query" not in asked and not told:
        raise Refused(f"{name}: expected a query or properties")
    hints: dict[str, list[str]] = {}
    for number, one in enumerate(told):
        where = f"{name}.properties[{number}]"
        pid = _of(dict, one, where, "an object").get("pid")
        if pid not in HINTS:
            raise _unknown(f"{where}.pid", pid, HINTS)
        given = one.get("v")
        values = [_value(value, f"{where}.v") for value in (given if isinstance(given, list) else [given])]
        if known := [value for value in values if value]:
            hints[pid] = known
    if (count := sum(map(len, hints.values()))) > MOST_TOLD:
        raise Refused(f"{name}.properties: expected at most {MOST_TOLD} values, there are {count}")
    strict = asked.get("type_strict", "any")
    if strict not in STRICT:
        raise _unknown(f"{name}.type_strict", strict, STRICT)
    text = _of(str, asked.get("query", ""), f"{name}.query", "a text").strip()
    limit = min(_limit(asked.get("limit", DEFAULT_LIMIT), f"{name}.limit"), MOST_CANDIDATES)
    return Query(text, limit, _kinds(atlas, asked.get("type", []), strict, f"{name}.type"), strict == "should", hints)


def _kinds(atlas: Atlas, asked: Any, strict: str, name: str) -> frozenset[str] | None:
    known = properties.types(atlas, Translator("en"))
    wanted = [asked] if isinstance(asked, str | dict) else _of(list, asked, name, "a type or a list of types")
    ids = [one.get("id") if isinstance(one, dict) else one for one in wanted]
    for one in ids:
        if one not in known:
            raise _unknown(name, one, known)
    narrow = {str(one) for one in ids if one != properties.PLACE}
    if not narrow or (properties.PLACE in ids and strict != "all"):
        return None
    return frozenset(narrow) if strict != "all" or len(narrow) == 1 else frozenset()


def _value(value: Any, name: str) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    if value is None or isinstance(value, list | dict):
        raise Refused(f"{name}: expected a text, a number, or an object with an id")
    return str(value).strip()


def read_extension(atlas: Atlas, content: dict) -> Extension:
    """What a program wants to know of places.

    :raises Refused: it cannot be understood, or there are more than :data:`MOST_IDS` places.
    """
    ids = [
        _of(str, one, "extend.ids", "a list of texts") for one in _of(list, content.get("ids"), "extend.ids", "a list")
    ]
    if len(ids) > MOST_IDS:
        message = f"extend.ids: expected at most {MOST_IDS}, there are {len(ids)}"
        raise Refused(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    known = properties.names(atlas, Translator("en"))
    listed = _of(list, content.get("properties"), "extend.properties", "a list")
    if len(listed) > MOST_PROPERTIES:
        raise Refused(f"extend.properties: expected at most {MOST_PROPERTIES}, there are {len(listed)}")
    wanted = []
    for number, one in enumerate(listed):
        where = f"extend.properties[{number}]"
        pid = _of(dict, one, where, "an object").get("id")
        if pid not in known:
            raise _unknown(f"{where}.id", pid, known)
        settings = _of(dict, one.get("settings") or {}, f"{where}.settings", "an object")
        limit = _limit(settings.get("limit") or 0, f"{where}.settings.limit", 0) or None
        form = settings.get("content") or properties.ENTITY
        if form not in properties.CONTENTS:
            raise _unknown(f"{where}.settings.content", form, properties.CONTENTS)
        wanted.append((pid, limit, form))
    return Extension(ids, wanted)


def extended(atlas: Atlas, asked: Extension, translate: Translator) -> dict:
    """What is known of the places, as the specification writes it; an unknown place has no values."""
    named = properties.names(atlas, translate)
    meta = [
        {"id": pid, "name": named[pid]}
        | ({"type": _type(atlas, translate)} if properties.leads_to_places(pid) and form == properties.ENTITY else {})
        for pid, _, form in asked.wanted
    ]
    rows = {
        place: {
            pid: properties.values(atlas, place, pid, form, translate)[:most] if place in atlas.places else []
            for pid, most, form in asked.wanted
        }
        for place in asked.ids
    }
    return {"meta": meta, "rows": rows}


def _type(atlas: Atlas, translate: Translator) -> dict:
    return properties.type_of(atlas, properties.PLACE, translate)


def answered(atlas: Atlas, query: Query, translate: Translator) -> list[dict]:
    """The places that a query may mean, as the specification writes candidates, the best first.

    One matches where it is meant beyond doubt, and all that is told of it holds.
    """
    asked = _Hints(atlas, query)
    if query.kinds == frozenset() or not (query.text or query.hints):
        return []
    found = _recognised(atlas, query, asked) if query.text else asked.places()
    sure = clear(found)
    return [_candidate(atlas, one, asked, one is sure, translate) for one in found[: query.limit]]


def _recognised(atlas: Atlas, query: Query, asked: "_Hints") -> list[Candidate]:
    above, kinds = ", ".join(asked.units_as_texts), asked.kinds
    found = pasted.within(atlas, query.text, above, kinds, asked.unit, asked.day)
    if not found and kinds and query.rather:
        found = pasted.within(atlas, query.text, above, None, asked.unit, asked.day)
    # what is told without being part of the name tells namesakes apart, and hides nothing where it fits none
    return [one for one in found if asked.holds(one.place)] or found


def _candidate(atlas: Atlas, one: Candidate, asked: "_Hints", sure: bool, translate: Translator) -> dict:
    told = asked.features(one)
    return properties.entity(atlas, one.place, translate) | {
        "type": [
            {"id": name, "name": properties.types(atlas, translate)[name]}
            for name in (atlas.places[one.place]["kind"], properties.PLACE)
        ],
        "score": round(one.score, 1),
        "match": sure and all(told.values()),
        "features": [{"id": "name", "value": round(one.score, 1)}, *({"id": id_, "value": told[id_]} for id_ in told)],
    }


class _Hints:
    """What is told of a place beside its name, as the atlas understands it."""

    def __init__(self, atlas: Atlas, query: Query):
        self.atlas, self.query = atlas, query
        units = [value for name in ("parent", "province") for value in query.hints.get(name, ())]
        ids = [value for value in units if value in atlas.places]
        self.unit = ids[0] if ids else None
        self.units_as_texts = [value for value in units if value not in atlas.places]
        self.country = self._country()
        self.day = self._day()
        self.codes = set(query.hints.get("official_code", ()))
        self.kinds = self._kinds()

    def _country(self) -> str | None:
        values = self.query.hints.get("country", ())
        found = (clear(recognise(self.atlas, value, ("country",))) for value in values)
        return next((self.atlas.places[one.place]["country"] for one in found if one), None)

    def _day(self) -> date | None:
        values = self.query.hints.get(DAY, ())
        partial = next((day for value in values if len(value) <= SHOWN and (day := typed(value))), None)
        return bounds(partial)[1] if partial else None

    def _kinds(self) -> frozenset[str] | None:
        named: set[str] = set()
        for value in self.query.hints.get("kind", ()):
            word = " ".join(atom.key for atom in chain(*parts(value[:SHOWN])))
            named |= set(TYPES[word].kinds) if word in TYPES else self._named(fold(value[:SHOWN]))
        if self.query.kinds is None or not named:
            return self.query.kinds or frozenset(named) or None
        return self.query.kinds & named

    def _named(self, key: str) -> set[str]:
        labels = (properties.types(self.atlas, Translator(language)) for language in LANGUAGES)
        return {kind for known in labels for kind, label in known.items() if key in (fold(kind), fold(label))}

    def holds(self, place: str) -> bool:
        """Whether country and code of a place are those that are told."""
        row = self.atlas.places[place]
        return self.country in (None, row["country"]) and (not self.codes or row["official_code"] in self.codes)

    def features(self, one: Candidate) -> dict[str, bool]:
        """Of each thing that is told, whether it holds for a candidate."""
        places, row, hints = self.atlas.places, self.atlas.places[one.place], self.query.hints
        inside = one.reason != "other_parent" and (self.unit is None or self.unit in places.kin(one.place))
        told = {
            "parent": inside,
            "province": inside,
            "country": row["country"] == self.country,
            "kind": row["kind"] in (self.kinds or ()),
            "official_code": row["official_code"] in self.codes,
            DAY: self.day is not None and places.exists(one.place, self.day),
        }
        types = {"type": row["kind"] in self.query.kinds} if self.query.kinds else {}
        return types | {name: told[name] for name in hints}

    def places(self) -> list[Candidate]:
        """The places for which all that is told holds, where no name is."""
        places = self.atlas.places
        units = [self.unit] if self.unit else []
        for text in self.units_as_texts:
            found = clear(recognise(self.atlas, text))
            units.append(found.place if found else "")
        known = (
            Candidate(place, 100, "")
            for place in places.places.index
            if all(unit in places.ancestors(place) for unit in units)
            and (not self.kinds or places[place]["kind"] in self.kinds)
        )
        return [one for one in known if self.holds(one.place) and all(self.features(one).values())]


def _of(kind: type, value: Any, name: str, expected: str) -> Any:
    if not isinstance(value, kind):
        raise Refused(f"{name}: expected {expected}, not {_shown(value)}")
    return value


def _limit(value: Any, name: str, least: int = 1) -> int:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else -1
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        number = int(value)
    if not least <= number < 10**9:
        raise Refused(f"{name}: expected a whole number from {least} on, not {_shown(value)}")
    return int(number)


def _unknown(name: str, value: Any, known: Iterable[str]) -> Refused:
    listed = list(known)
    near = meant(value, listed) if isinstance(value, str) and len(value) <= SHOWN else ""
    return Refused(f"{name}: expected one of {', '.join(listed)}, not {_shown(value)}{near}")


def _shown(value: Any) -> str:
    text = json.dumps(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    return text[:SHOWN]
