"""The rows that the file filters, and the description by which it does."""

import dataclasses
from typing import Any

from atlas.exports.site import points
from atlas.maps import framing
from atlas.model import agreed, signs
from atlas.model.atlas import Atlas
from atlas.model.filters import FILTERS, TABLES, Filter
from atlas.model.selection import CONFIDENCE, FIRST_YEAR, LAYERS, POINTS, SPELLED
from atlas.model.spelling import LONGEST_SEARCH
from atlas.records.dates import today


def description(atlas: Atlas) -> dict[str, Any]:
    """The filters with the values that each parameter may have, as :class:`atlas.model.selection.Selection` reads them."""
    of_points = [Filter("among", (name,), (name,), ("points",)) for name in POINTS if name != "state"]
    state = {
        "test": "stands",
        "parameters": ("state", "asof"),
        "columns": ("states",),
        "tables": ("points",),
        "usual": (),
    }
    return {
        "filters": [*map(dataclasses.asdict, (*FILTERS, *of_points)), state],
        "several": {
            "province": atlas.province_slugs,
            "region": atlas.region_slugs,
            "level": list(SPELLED),
            "confidence": CONFIDENCE,
            "layers": LAYERS,
        }
        | agreed.known(atlas),
        "one": {
            "undated": ("include", "only"),
            "labels": ("bilingual",),
            "lang": ("vi", "zh", "en"),
            "pair": list(atlas.twinnings.index),
        },
        "years": (FIRST_YEAR, today(atlas.version).year + 1),
        "never": signs.NEVER,
        "longest": LONGEST_SEARCH,
        "spelled": SPELLED,
    }


def rows(atlas: Atlas) -> dict[str, dict[str, list]]:
    """The columns of each table that filters test, and those of twinnings that the map is framed by."""
    found = {name: _columns(atlas, name) for name in TABLES}
    found["twinnings"] |= {
        "signs": [[(one.first, one.last) for one in signs.of(atlas, twinning)] for twinning in atlas.twinnings.index],
        "frame": [_frame(atlas, twinning) for twinning in atlas.twinnings.index],
    }
    return found | {"points": points.rows(atlas)}


def _columns(atlas: Atlas, name: str) -> dict[str, list]:
    table = atlas.table(name)
    wanted = dict.fromkeys(
        column for one in FILTERS if name in one.tables for column in one.columns if column in table
    )  # fmt: skip
    columns = {column: list(table[column]) for column in wanted}
    return {"id": list(table.index), **columns, "slugs": [sorted(slugs) for slugs in table["slugs"]]}


def _frame(atlas: Atlas, twinning: str) -> list:
    """The corners of its members, and within which distance of the border all of them lie, see :mod:`atlas.maps.framing`."""
    corners = framing.of_twinnings(atlas, [twinning])
    return [corners, framing.nearness(atlas, twinning)] if corners else []
