"""What is documented, set against what sources say exists in all."""

from collections import defaultdict
from dataclasses import dataclass

from atlas.model.atlas import Atlas, cached


@dataclass(frozen=True)
class Coverage:
    """One stated total (a row of table ``totals``) and the number that the atlas documents."""

    total: dict
    documented: int


def coverage(atlas: Atlas, slugs: tuple[str, ...] = (), asof: str | None = None) -> list[Coverage]:
    """Every total whose scope touches the given provinces or regions (all without any), with what is documented of it.

    :param asof: the day (ISO 8601) after which no total counts as stated.
    """
    # a partial date is a prefix of the days it covers, so text order is date order
    return [
        one
        for one, scope in _all(atlas)
        if (not slugs or scope is None or not scope.isdisjoint(slugs))
        and (not asof or (one.total["as_of"] or "") <= asof)
    ]


@cached(1)
def _all(atlas: Atlas) -> list[tuple[Coverage, frozenset[str] | None]]:
    """Every total, with the slugs of its scope: None where it is the whole border."""
    links = {side: _links(atlas, side) for side in ("vn", "cn")}
    rows = atlas.twinnings[atlas.twinnings["status"] != "planned"]
    of_level = rows.groupby("level").groups
    answer = []
    for total in atlas.table("totals").to_dict("records"):
        counted = set().union(*(of_level.get(level, ()) for level in total["levels"]))
        scope = [place for place in (total["place"], total["counterpart"]) if place]
        slugs = atlas.places.slugs(scope) if scope else None
        answer.append((Coverage(total, _documented(links, counted, total)), slugs))
    return answer


def _links(atlas: Atlas, side: str) -> dict[str | None, list[tuple[str, str]]]:
    """(twinning, place) of all members of one side under every unit that they or their kin lie in, and all under None."""
    found = defaultdict(list)
    for twinning, places in atlas.twinnings[side].items():
        for place in places:
            for unit in (None, *atlas.places.kin(place)):
                found[unit].append((twinning, place))
    return found


def _documented(links: dict, counted: set[str], total: dict) -> int:
    """How many of the twinnings ``counted``, or of their localities, fall under a total."""
    here = {"vn": links["vn"].get(total["place"], ()), "cn": links["cn"].get(total["counterpart"], ())}
    if total["measure"] == "twinnings":
        return len(counted.intersection(*({twinning for twinning, _ in here[side]} for side in here)))
    side, other = ("vn", "cn") if total["measure"] == "vn_localities" else ("cn", "vn")
    linked = counted.intersection(twinning for twinning, _ in here[other])
    return len({place for twinning, place in here[side] if twinning in linked})
