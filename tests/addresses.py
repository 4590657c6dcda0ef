"""Addresses of pages as visitors, old links and strangers write them, for property tests."""

import string
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st

from atlas import ROOT
from atlas.model import agreed, changes, store
from atlas.model.addresses import TABLES
from atlas.model.selection import CONFIDENCE, LAYERS, SPELLED

PAGES = (*sorted(path.stem for path in (ROOT / "pages").glob("*.py")), *TABLES)
LONG = settings.get_current_profile_name() == "long"  # pytest --hypothesis-profile=long
YEARS = ("1", "0", "-1", "1989", "1990", "1993", "2005", "2016", "2027", "9999", "٢٠١٦", "1e3", " 2016", "none")
DAYS = (
    "1989-12-31", "1990-01-01", "0001-01-01", "2005-07-01", "2025-06-30", "2025-07-01", "2100-12-31", "9999-12-31",
    "10000-01-01", "2016", "2016-02", "31/2/2016", "2016-13", "2016年5月", "١", "x" * 200,
)  # fmt: skip
TEXTS = (
    "meo vac",
    "富宁",
    "zzzz",
    "%",
    "\\",
    "[",
    "(",
    "̀" * 90,
    "x" * 5000,
    "\x00",
    "😀",
    "=1+1",
    " ",
    ",",
    "{n}",
    "<b>",
)
PARTS = (
    "table", "border", "series", "events", "agreements", "figures", "differences", "twinnings", "commitments", "sources",
    "discrepancies", "coverage", "quality", "downloads", "about", "decisions", "province", "region", "day", "period",
    "places", "bodies", "papers", "fields", "workbook", "true", "own",
)  # fmt: skip
TIMES = (
    "2024", "2024-H1", "2024-Q3", "2024-05", "2016/2020", "2020/2016", "0001/9999", "9999", "0001-Q1", "9999-H2",
    "2024-12-31", "2025-07-01", "1990-01-01", "9999-12-31", "0001-01-01/0001-01-01", "2030", "2016-02-30",
)  # fmt: skip
NUMBERS = ("1", "2", "12", "99", "0", "-1", "²", "１", "1000")


@cache
def values() -> dict[str, st.SearchStrategy]:
    """What each parameter of an address may hold, understood or not."""
    atlas = store.load()
    provinces, regions, ids = atlas.province_slugs, atlas.region_slugs, [*atlas.opens, *atlas.table("places").index]
    units = sorted({f"{row['measure']}-{row['rate']}" for row in atlas.table("figures").to_dict("records")})
    unknown = st.sampled_from(("", "x")) | st.text(string.printable, max_size=5)
    half_known = st.sampled_from(ids).flatmap(lambda one: st.integers(1, len(one)).map(lambda length: one[:length]))
    known = {
        "lang": ("vi", "zh", "en"), "province": provinces, "region": regions, "level": list(SPELLED), "from": YEARS,
        "to": YEARS, "undated": ("include", "only"), "confidence": CONFIDENCE, "asof": DAYS, "seen": YEARS, "changed": changes.versions(atlas), "q": TEXTS, "find": TEXTS,
        "layers": LAYERS, "labels": ("bilingual",), "pair": list(atlas.twinnings.index), "record": ids, "view": PARTS,
        "list": PARTS + NUMBERS, "unit": units, "a": [*provinces, *regions, *TIMES], "b": [*provinces, *regions, *TIMES],
        "scene": NUMBERS, "amp;province": provinces, "since": [*TIMES, *atlas.table("events").index], "until": TIMES,
    } | agreed.known(atlas)  # fmt: skip
    found = {name: st.sampled_from(listed) | unknown for name, listed in known.items()}
    return found | {"id": st.sampled_from(ids) | half_known | unknown}


def queries(*names: str, most: int = 6) -> st.SearchStrategy[dict[str, list[str]]]:
    """Parameters of an address, each with the values that it has there.

    :param names: the only ones that are drawn; all without any.
    """
    one = st.one_of(*(st.tuples(st.just(name), values()[name]) for name in names or values()))
    return st.lists(one, max_size=most).map(_together)


def _together(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query
