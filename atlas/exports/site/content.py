"""The data of the file: what is needed for the first map, and what each further page unpacks when it is opened."""

import json
from typing import Any

from atlas import LANGUAGES
from atlas.cards.linked import Linked
from atlas.exports.site import border, found, packing, points, records, rows, spelling, words
from atlas.look.layers import LAYERS
from atlas.maps import framing
from atlas.model.addresses import TABLES
from atlas.model.atlas import DRAWN, Atlas, cached
from atlas.records.dates import today
from atlas.words import naming
from atlas.words.languages import in_order
from atlas.words.translator import IN_LISTS, Translator


@cached(1)
def packed(atlas: Atlas) -> dict[str, str]:
    """All data by the id of its element, compressed: made once for an atlas, for it takes long."""
    return {name: packing.packed(content) for name, content in contents(atlas).items()}


def contents(atlas: Atlas) -> dict[str, Any]:
    """All data by the id of its element."""
    return {
        "data-core": core(atlas),
        "data-map": drawn(atlas),
        **{f"layer-{name}": atlas.layer(name) for name, _ in LAYERS if f"layers/{name}.geojson" in atlas.contents},
        "data-spelling": spelling.spellings(atlas),
        "data-found": found.index(atlas),
        **records.contents(atlas),
        **{name: content for language in LANGUAGES for name, content in of_language(atlas, language).items()},
    }


def of_language(atlas: Atlas, language: str) -> dict[str, Any]:
    """What the further pages of the file say in a language."""
    linked = Linked(atlas, Translator(language), records.anchor)
    return {
        f"border-{language}": border.drawings(atlas, language),
        f"points-{language}": points.papers(linked),
    }


def core(atlas: Atlas) -> dict[str, Any]:
    """What the first view of the file needs: filters, rows, lists, and what is said in each language."""
    return {
        "version": atlas.version,
        "day": today(atlas.version).isoformat(),
        "description": rows.description(atlas),
        "rows": rows.rows(atlas),
        "keys": {kind: list(atlas.table(table).index) for kind, table in TABLES.items()},
        "layers": [name for name, _ in LAYERS if f"layers/{name}.geojson" in atlas.contents],
        "border": framing.of_border(atlas),
        "lists": {language: listed(atlas, Translator(language)) for language in LANGUAGES},
        "words": {language: words.spoken(atlas, Translator(language)) for language in LANGUAGES},
    }


def drawn(atlas: Atlas) -> dict[str, Any]:
    """The map as the pages draw it, with nothing of twinnings that the audience may not know."""
    content = json.loads(atlas.contents[DRAWN])
    known = set(atlas.twinnings.index)
    return content | {"twinnings": {one: row for one, row in content["twinnings"].items() if one in known}}


def listed(atlas: Atlas, translate: Translator) -> dict[str, list]:
    """The twinnings in a language, in the order of the atlas: both sides as it puts them, and the day of signature."""
    language, ids = translate.language, atlas.twinnings.index
    return {
        "pair": [naming.pair(atlas, one, language) for one in ids],
        "sides": [
            [naming.side(atlas, one, country, language) for country in in_order(language, "VN", "CN")] for one in ids
        ],
        "signed": [translate.date(day, IN_LISTS) for day in atlas.twinnings["signed_on"]],
    }
