"""What an import changes in a layer, in words."""

from collections.abc import Sequence

import geopandas as gpd

from atlas.boundaries.border import to_metres
from atlas.boundaries.layers import flagged

SMALLEST_CUT = 1000  # square metres; less is the rounding of the files
LISTED = 12  # ids that a sentence names


def told(name: str, before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, official: list[str]) -> list[str]:
    """What differs between two states of a layer.

    name: of the layer, stands before each line.
    before, after: its areas with column id.
    official: ids of the areas that the survey holds.
    """
    was, now = (frame.set_index("id") for frame in (before, after))
    new = [unit for unit in official if unit not in was.index]
    others = was.index.difference(official)
    gone = others.difference(now.index)
    stay = others.intersection(now.index)
    lost = to_metres(was.geometry[stay]).area - to_metres(now.geometry[stay]).area
    cut = lost[lost > SMALLEST_CUT]
    turned = flagged(before) ^ flagged(after)
    lines = [
        f"{len(was)} areas before, {len(now)} after; {len(official)} codes matched",
        _listed(official, "area is the survey's", "areas are the survey's"),
        _listed(new, "of them was not in the layer", "of them were not in the layer"),
        _listed(cut.index, "other area gives way", "other areas give way"),
        _listed(
            gone, "other area is wholly inside the survey and goes", "other areas are wholly inside the survey and go"
        ),
        _listed(
            sorted(turned), "area changes whether it is on the border", "areas change whether they are on the border"
        ),
    ]
    return [f"{name}: {line}" for line in lines if line]


def _listed(units: Sequence[str], one: str, many: str) -> str:
    shown = ", ".join(units[:LISTED]) + (" …" if len(units) > LISTED else "")
    return f"{len(units)} {one if len(units) == 1 else many}: {shown}" if len(units) else ""
