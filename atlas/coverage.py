"""What is documented, set against what sources say exists in all."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.store import Atlas


@dataclass(frozen=True)
class Coverage:
    """One stated total (a row of table ``totals``) and the number that the atlas documents."""

    total: dict
    documented: int


def coverage(atlas: Atlas, slugs: tuple[str, ...] = ()) -> list[Coverage]:
    """Every total whose scope touches the given provinces or regions (all without any), with what is documented of it."""
    wanted = set(slugs)
    answer = []
    for total in atlas.table("totals").to_dict("records"):
        scope = [place for place in (total["place"], total["counterpart"]) if place]
        if not wanted or not scope or not wanted.isdisjoint(atlas.places.slugs(scope)):
            answer.append(Coverage(total, _documented(atlas)[total["id"]]))
    return answer


@lru_cache(maxsize=2)  # the version shown, and a new one that takes its place
def _documented(atlas: Atlas) -> dict[str, int]:
    return {total["id"]: documented(atlas, total) for total in atlas.table("totals").to_dict("records")}


def documented(atlas: Atlas, total: dict) -> int:
    """How many links or localities of the atlas fall under a total."""
    rows = atlas.twinnings[atlas.twinnings["level"].isin(total["levels"]) & (atlas.twinnings["status"] != "planned")]
    if total["measure"] == "twinnings":
        return sum(
            _inside(atlas, row["vn"], total["place"]) and _inside(atlas, row["cn"], total["counterpart"])
            for row in rows.to_dict("records")
        )
    side, scope = ("vn", total["place"]) if total["measure"] == "vn_localities" else ("cn", total["counterpart"])
    other, other_scope = ("cn", total["counterpart"]) if side == "vn" else ("vn", total["place"])
    linked = rows[[_inside(atlas, places, other_scope) for places in rows[other]]] if len(rows) else pd.DataFrame()
    localities = {place for places in linked.get(side, ()) for place in places if _inside(atlas, (place,), scope)}
    return len(localities)


def _inside(atlas: Atlas, places: tuple[str, ...], scope: str | None) -> bool:
    return not scope or any(scope in atlas.places.kin(place) for place in places)
