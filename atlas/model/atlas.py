"""The built atlas: all of one version, read once into one object that nothing changes afterwards."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial, wraps
from itertools import repeat
from typing import Any
from weakref import WeakSet

import numpy as np
import pandas as pd

from atlas.model import meetings, spelling
from atlas.model.gazetteer import Gazetteer
from atlas.model.spelling import fold
from atlas.records import DESCRIPTION, Package, csv, package

MANIFEST = "manifest.json"
RECORDS = "records.json"
DRAWN = "map.json"
ALONG = "along.json"
LABELS = "labels-{}.json"  # of one language
LEVELS = (
    "province", "prefecture", "district", "commune", "village", "border_guard", "organisation", "border_gate",
)  # fmt: skip
PLACE_COLUMNS = {
    "agreements": ("vn_places", "cn_places", "place"),
    "events": ("vn_places", "cn_places", "place", "route"),
    "figures": ("origin", "destination", "provider_places", "institutions"),
}


@dataclass(frozen=True, eq=False)
class Atlas:
    """All of one version: its tables, their schema, its layers and its drawn map; nothing else reads data/ or seeds/.

    ``contents`` has the built files by name, ``files`` their SHA-256.

    Every table is a DataFrame with the schema's columns, indexed by id where it has one; lists are tuples,
    missing texts None. twinnings, agreements, events and figures carry further columns: ``slugs`` (provinces,
    regions and prefectures concerned, today's and former ones), ``search_text`` (see :func:`atlas.model.spelling.fold`),
    ``first`` and ``last``: the partial dates between which the record lies, both None when it is undated, ``last``
    alone None when its end is open; and ``since``: the first date on which it can have stood, None when not known.
    """

    version: str
    tables: dict[str, pd.DataFrame]
    files: dict[str, str]
    contents: dict[str, bytes]

    def __reduce__(self) -> tuple:
        """Another process gets the built files and makes the atlas of them."""
        return received, (self.contents,)

    @property
    def fingerprint(self) -> str:
        """What a cache keeps answers by: two versions of one day differ in it."""
        return self.files[RECORDS]

    @cached_property
    def schema(self) -> Package:
        """The description of the tables."""
        return package(self.contents[DESCRIPTION])

    @cached_property
    def drawn(self) -> dict:
        """The map as it was drawn, see :func:`atlas.maps.browser.browser_data`; nobody may change it."""
        return json.loads(self.contents[DRAWN])

    @cached_property
    def along(self) -> dict:
        """Places and units by the kilometre of the border, see :func:`atlas.boundaries.along.along`."""
        return json.loads(self.contents[ALONG])

    def layer(self, name: str) -> bytes:
        """A layer of the map as GeoJSON (WGS-84)."""
        return self.contents[f"layers/{name}.geojson"]

    def curated(self, name: str) -> str:
        """A table as it stands in seeds/, as CSV."""
        return csv(self.schema.tables[name], json.loads(self.contents[RECORDS])[name]["rows"])

    def table(self, name: str) -> pd.DataFrame:
        """One table by name."""
        return self.tables[name]

    @property
    def twinnings(self) -> pd.DataFrame:
        """Table ``twinnings``, further with ``vn`` and ``cn``: tuples of member place ids."""
        return self.tables["twinnings"]

    @cached_property
    def answers(self) -> dict[tuple[Callable, bool], Callable]:
        """What :func:`remembered` keeps."""
        return {}

    @cached_property
    def _records(self) -> dict[str, dict[str, dict]]:
        return {}

    @cached_property
    def proposes_names(self) -> bool:
        """Whether any Chinese name of a place is only proposed."""
        return bool((self.tables["places"]["name_zh_basis"] == "proposed").any())

    @cached_property
    def without_proposed_names(self) -> "Atlas":
        """The same atlas in which a place has no Chinese name where that is only proposed."""
        places = self.tables["places"].copy()
        proposed = places["name_zh_basis"] == "proposed"
        for column in ("name_zh", "name_zh_basis", "name_pinyin"):
            places[column] = places[column].mask(proposed, None)
        for column in ("name_zh_sources", "name_zh_variants"):
            places[column] = [() if hidden else items for hidden, items in zip(proposed, places[column])]
        return replace(self, tables=self.tables | {"places": places})

    def records(self, name: str, ids: Iterable[str]) -> list[dict]:
        """Rows of a table as dicts of columns, in the order of the ids; made once, so nobody may change them."""
        if name not in self._records:
            self._records[name] = self.tables[name].to_dict("index")
        rows = self._records[name]
        return [rows[one] for one in ids]

    @cached_property
    def record_tables(self) -> dict[str, str]:
        """The table of each figure, event and agreement by its id; ids of the three differ."""
        return {one: name for name in ("figures", "events", "agreements") for one in self.tables[name].index}

    @cached_property
    def opens(self) -> frozenset[str]:
        """The ids of all that has a card: figures, events, agreements, sources and discrepancies; their ids differ."""
        return frozenset(self.record_tables).union(self.tables["sources"].index, self.tables["discrepancies"].index)

    @cached_property
    def places(self) -> Gazetteer:
        """Names, hierarchy and succession."""
        return Gazetteer(self.tables["places"], self.tables["successions"])

    @cached_property
    def members(self) -> dict[str, list[dict]]:
        """The member rows of each twinning."""
        found: dict[str, list[dict]] = {twinning: [] for twinning in self.tables["twinnings"].index}
        for row in self.tables["twinning_members"].to_dict("records"):
            found[row["twinning"]].append(row)
        return found

    @cached_property
    def series_members(self) -> dict[str, list[dict]]:
        """The rows of those who take part in each series of meetings."""
        found: dict[str, list[dict]] = defaultdict(list)
        for row in self.tables["series_members"].to_dict("records"):
            found[row["series"]].append(row)
        return found

    def among(self, twinnings: Iterable[str]) -> np.ndarray:
        """For every twinning whether it is one of these."""
        answer = np.zeros(len(self.twinnings), bool)
        answer[self.twinnings.index.get_indexer(twinnings)] = True
        return answer

    def concerning(self, table: str, slugs: Iterable[str]) -> np.ndarray:
        """For every row of a table with ``slugs`` whether it concerns any of these provinces, regions and prefectures."""
        answer = np.zeros(len(self.tables[table]), bool)
        for slug in slugs:
            answer[self._concerned[table].get(slug, [])] = True
        return answer

    @cached_property
    def _concerned(self) -> dict[str, dict[str, list[int]]]:
        found: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in ("twinnings", *PLACE_COLUMNS)}
        for name, positions in found.items():
            for position, slugs in enumerate(self.tables[name]["slugs"]):
                for slug in slugs:
                    positions[slug].append(position)
        return found

    def distinct(self, twinnings: pd.Index, *columns: str) -> list[int]:
        """How many different items the twinnings have in each of the columns ``vn``, ``cn`` and ``sources``."""
        among = self.among(twinnings)
        return [
            int(np.count_nonzero(np.bincount(items[among[rows]])))
            for rows, items in map(self._items.__getitem__, columns)
        ]

    @cached_property
    def _items(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        lists = {
            name: self.twinnings[name].reset_index(drop=True).explode().dropna() for name in ("vn", "cn", "sources")
        }
        return {name: (items.index.to_numpy(), pd.factorize(items)[0]) for name, items in lists.items()}

    @cached_property
    def _occurring(self) -> frozenset[str]:
        return frozenset(self._concerned["twinnings"])

    @cached_property
    def province_slugs(self) -> list[str]:
        """Slugs of the Vietnamese provinces that have a twinning, those of today first."""
        return self._slugs("VN")

    @cached_property
    def region_slugs(self) -> list[str]:
        """Slugs of the Chinese regions, provinces and prefectures that have a twinning, each followed by its parts."""
        return self._slugs("CN")

    def _slugs(self, country: str) -> list[str]:
        places = self.tables["places"]
        rows = places[places["slug"].isin(self._occurring) & (places["country"] == country)]
        keys = {
            place: (row["valid_until"] is not None, *reversed([place, *self.places.ancestors(place)]))
            for place, row in rows.to_dict("index").items()
        }
        return rows.loc[sorted(keys, key=keys.__getitem__), "slug"].tolist()


_searches: WeakSet[Any] = WeakSet()  # answers to what visitors searched for, of any atlas


def forget() -> None:
    """Forget what visitors searched for."""
    for kept in list(_searches):
        kept.cache_clear()
    spelling.forget()


def cached(maxsize: int | None) -> Callable:
    """Keep the last answers of a function of an atlas with that atlas, so that they go with it when a new version comes.

    All who ask get the same answer: nobody may change it. What follows from a text that visitors search for is kept
    until :func:`forget`.
    """

    def decorate(function: Callable) -> Callable:
        @wraps(function)
        def answer(atlas: Atlas, *arguments: Any) -> Any:
            searched = any(getattr(one, "q", "") for one in arguments)
            if (function, searched) not in atlas.answers:
                atlas.answers[function, searched] = lru_cache(maxsize)(partial(function, atlas))
                if searched:
                    _searches.add(atlas.answers[function, searched])
            return atlas.answers[function, searched](*arguments)

        return answer

    return decorate


def assemble(files: dict[str, bytes]) -> Atlas:
    """Make the atlas of the files that :func:`read` gives."""
    manifest = json.loads(files[MANIFEST])
    raw = json.loads(files[RECORDS])
    tables = {name: _frame(table) for name, table in raw.items()}
    atlas = Atlas(manifest["version"], tables, manifest["files"], files)
    _link(atlas)
    for name, table in tables.items():
        tables[name] = table.copy()  # columns of a kind stand together from now on: rows are taken three times as fast
    return atlas


_received: list[Atlas] = []  # one at most


def received(files: dict[str, bytes]) -> Atlas:
    """The atlas of files that another process has sent; made once for all that come of the same version."""
    if not _received or _received[0].contents[MANIFEST] != files[MANIFEST]:
        _received[:] = [assemble(files)]
    return _received[0]


def _frame(table: dict) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(table["rows"], columns=table["columns"])
    for column in frame.columns:
        if column in table["lists"]:
            frame[column] = [tuple(items) for items in frame[column]]
        elif column in table["integers"]:
            frame[column] = frame[column].astype("Int64")
        elif column in table["numbers"]:
            frame[column] = frame[column].astype("float64")
        elif column in table["booleans"]:
            frame[column] = frame[column].astype(bool)
        else:
            frame[column] = frame[column].astype(object).where(frame[column].notna(), None)
    return frame.set_index("id", drop=False).rename_axis(None) if "id" in frame else frame


def _link(atlas: Atlas) -> None:
    """Add the columns that filters work on; done once, before anybody sees the tables."""
    twinnings = atlas.tables["twinnings"]
    members = [atlas.members[twinning] for twinning in twinnings.index]
    for side, column in (("VN", "vn"), ("CN", "cn")):
        twinnings[column] = _column(
            twinnings, (tuple(one["place"] for one in rows if one["side"] == side) for rows in members)
        )
    signed = [[one["name_as_signed"] for one in rows if one["name_as_signed"]] for rows in members]
    twinnings["since"] = _column(twinnings, (_since(atlas, row) for row in twinnings.to_dict("records")))
    twinnings["first"] = twinnings["last"] = twinnings["signed_on"]
    _add_place_columns(atlas, twinnings, twinnings["vn"] + twinnings["cn"], signed)
    order = {
        twinning: (LEVELS.index(row["level"]), *(fold(atlas.places.full_name(place, "en")) for place in row["vn"]))
        for twinning, row in twinnings.to_dict("index").items()
    }
    atlas.tables["twinnings"] = twinnings.loc[sorted(order, key=order.__getitem__)]
    for name in PLACE_COLUMNS:
        table = atlas.tables[name]
        _add_place_columns(atlas, table, [concerned(atlas, name, row) for row in table.to_dict("records")], repeat(()))
        _add_date_columns(atlas, name, table)
    for name in ("twinnings", *PLACE_COLUMNS):  # without any row pandas would take texts for numbers
        atlas.tables[name] = atlas.tables[name].astype(dict.fromkeys(("first", "last", "since"), object))


def concerned(atlas: Atlas, table: str, row: dict) -> list[str]:
    """The ids of the places that a row of twinnings, agreements, events or figures has to do with, as the row names them."""
    columns = ("vn", "cn") if table == "twinnings" else PLACE_COLUMNS[table]
    return [*(place for column in columns for place in _as_tuple(row[column])), *_taking_part(atlas, table, row)]


def _taking_part(atlas: Atlas, name: str, row: dict) -> list[str]:
    if name != "events" or not row["series"]:
        return []
    return meetings.members(atlas.series_members.get(row["series"], ()), row)


def _since(atlas: Atlas, row: dict) -> str | None:
    units = [atlas.places[place]["valid_from"] for place in (*row["vn"], *row["cn"])]
    return max((date for date in (row["signed_on"], _announced(atlas, row), *units) if date), default=None)


def _add_date_columns(atlas: Atlas, name: str, table: pd.DataFrame) -> None:
    match name:
        case "agreements":
            table["first"] = table["last"] = table["signed_on"]
            rows = table.to_dict("records")
            table["since"] = _column(table, (row["signed_on"] or _announced(atlas, row) for row in rows))
        case "events":
            table["first"] = table["date_from"].fillna(table["date_to"])
            table["last"] = table["date_to"].fillna(table["date_from"])
            rows = table.to_dict("records")
            table["since"] = _column(
                table, (_announced(atlas, row) or row["date_from"] or meetings.earliest(row, rows) for row in rows)
            )
        case "figures":
            # a number that has no period speaks of the day as of which it is stated
            table["first"] = table["period_from"].fillna(table["period_to"]).fillna(table["as_of"])
            table["last"] = table["period_to"].fillna(table["as_of"])
            table["since"] = table["as_of"].fillna(table["first"])


def _announced(atlas: Atlas, record: dict) -> str | None:
    """When the first of its sources spoke of what is only planned, None for anything else."""
    if record["status"] != "planned":
        return None
    published = atlas.tables["sources"]["published"]
    return min((day for source in record["sources"] if (day := published.get(source))), default=None)


def _add_place_columns(atlas: Atlas, table: pd.DataFrame, places: Any, names: Any) -> None:
    known = [[place for place in one if place in atlas.places] for one in places]
    table["slugs"] = _column(table, (atlas.places.slugs(places) for places in known))
    texts = ("|".join([atlas.places.search_text(places), *map(fold, more)]) for places, more in zip(known, names))
    table["search_text"] = _column(table, texts)


def _column(table: pd.DataFrame, values: Iterable[Any]) -> pd.Series:
    """A column of Python's own values, of an empty table too: texts are searched fastest so, and compared without any."""
    return pd.Series(list(values), table.index, dtype=object)


def _as_tuple(value: Any) -> tuple:
    return value if isinstance(value, tuple) else (value,) if value else ()
