"""What may be meant by the beginning of a name or an id."""

from collections.abc import Iterable

from atlas.model.atlas import Atlas, cached
from atlas.model.recognition import recognise
from atlas.model.spelling import fold
from atlas.words.translator import Translator
from server.reconcile import properties, queries

PAGES = {"entity": 20, "property": 100, "type": 100}  # what may be suggested -> the most of an answer
LONGEST = 200  # characters


def suggested(atlas: Atlas, kind: str, prefix: str, types: Iterable[str], translate: Translator) -> list[dict]:
    """All suggestions, as the specification writes them.

    :param kind: one of :data:`PAGES`.
    :param types: ids of the types that entities should have; unknown ones are left out of account.
    """
    text = prefix.strip()[:LONGEST]
    if kind == "entity":
        return [_entity(atlas, place, translate) for place in _places(atlas, text, set(types))]
    if kind == "type":
        named = properties.types(atlas, translate)
        return [properties.type_of(atlas, name, translate) for name in _beginning(named, text)]
    named = properties.names(atlas, translate) | {queries.DAY: translate("Day (units as of)")}
    return [{"id": name, "name": named[name]} for name in _beginning(named, text)]


def _entity(atlas: Atlas, place: str, translate: Translator) -> dict:
    kind = properties.type_of(atlas, atlas.places[place]["kind"], translate)
    return properties.entity(atlas, place, translate) | {"notable": [{"id": kind["id"], "name": kind["name"]}]}


def _beginning(named: dict[str, str], text: str) -> list[str]:
    """The ids that begin so, or of whose names a word does; all where nothing is typed."""
    key = fold(text)
    return [
        one
        for one, name in named.items()
        if not key or fold(one).startswith(key) or any(fold(name[at:]).startswith(key) for at in _words(name))
    ]


def _words(name: str) -> list[int]:
    return [at for at in range(len(name)) if at == 0 or not name[at - 1].isalnum()]


def _places(atlas: Atlas, text: str, types: set[str]) -> list[str]:
    """The places with this name, then those with a name or an id that begins so."""
    key = fold(text)
    if not key:
        return []
    begun = (place for name, place in _spellings(atlas) if name.startswith(key))
    exact = [one.place for one in recognise(atlas, text) if one.reason != "misspelling"]
    found = dict.fromkeys([*exact, *begun])
    kinds = types & set(properties.types(atlas, translate=Translator("en"))) - {properties.PLACE}
    return [place for place in found if not kinds or atlas.places[place]["kind"] in kinds]


@cached(1)
def _spellings(atlas: Atlas) -> list[tuple[str, str]]:
    """(folded name or id, place), the shorter name first."""
    places = atlas.places
    names = {(fold(name), place) for place in places.places.index for name in (place, *places.spellings(place))}
    return sorted(names, key=lambda one: (len(one[0]), one))
