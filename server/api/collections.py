"""The collections: tables as features, and which of their features a question asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from atlas import LANGUAGES, records
from atlas.exports import spreadsheets
from atlas.exports.geodata import CRS, layers
from atlas.exports.media import MEDIA
from atlas.model import agreed, commitments
from atlas.model.agreed import Wanted
from atlas.model.atlas import Atlas
from atlas.records.dates import bounds
from atlas.words.translator import Translator
from server.answers import NotUnderstood, as_json, selected

DEFAULT_LIMIT, MAXIMUM_LIMIT = 100, 10_000
FORMATS = {"json": MEDIA["geojson"], "csv": MEDIA["csv"]}
NAMES = {name: name for name in FORMATS} | {"geojson": "json"}  # what f may be -> the format
FILTERS_OF_PAGES = ("province", "region", "q")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)  # as JSON writes one
DAY = re.compile(r"\d{4}-\d\d-\d\d(t\d\d:\d\d:\d\d(\.\d{1,6})?(z|[+-]\d\d:\d\d)?)?", re.ASCII | re.IGNORECASE)
EARLIEST, LATEST = date.min.isoformat(), date.max.isoformat()

# table -> the columns of its first and last day; a place without a last day still exists
TIMES = {
    "twinnings": ("signed_on", "signed_on"),
    "places": ("valid_from", "valid_until"),
    "agreements": ("signed_on", "signed_on"),
    "events": ("date_from", "date_to"),
    "figures": ("as_of", "as_of"),
    "sources": ("published", "published"),
    "commitments": ("due", "due"),
    "commitment_evidence": ("date", "date"),
}
# columns that the layers have beyond the schema, by the table that they refer to
MEMBERS = {"vn_places": "Vietnamese side", "cn_places": "Chinese side"}


@dataclass(frozen=True)
class Collection:
    """One table as features.

    ``features``: a GeoDataFrame (WGS-84) indexed by id, lists joined by semicolons, missing values None; ``first`` and
    ``last``: the day (ISO 8601) from and until which each may hold, open where that is not known.
    """

    atlas: Atlas
    table: records.Table
    features: gpd.GeoDataFrame
    first: pd.Series
    last: pd.Series

    @property
    def name(self) -> str:
        """The id of the collection."""
        return self.table.name

    @property
    def title(self) -> str:
        """The title in all languages at once, since programs show it to whoever sits before them."""
        return " · ".join(Translator(language)(self.table.title) for language in LANGUAGES)

    @cached_property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The columns that can be asked by value: name -> the values allowed, none when any text is."""
        asked = {field.name: field.enum for field in self.table.fields if field.enum or field.references}
        told = {"state": (*commitments.SHOWN_BY, commitments.NO_EVIDENCE), "side": agreed.SIDES}
        return asked | {name: () for name in MEMBERS if name in self.features} | (told if self._promised else {})

    @cached_property
    def filters_of_pages(self) -> dict[str, tuple[str, ...]]:
        """The filters that the pages have as well, for tables whose records belong to provinces."""
        if "slugs" not in self.atlas.table(self.name) and not self._promised:
            return {}
        allowed = (tuple(self.atlas.province_slugs), tuple(self.atlas.region_slugs), ())
        return dict(zip(FILTERS_OF_PAGES, allowed))

    @property
    def _promised(self) -> bool:
        return self.name == "commitments"

    @property
    def spatial(self) -> bool:
        """Whether features of this collection can have a geometry."""
        return bool(self.features.geometry.notna().any())

    @property
    def extent(self) -> dict:
        """Where and when, as OGC API – Features writes it."""
        known = [days[~days.isin((EARLIEST, LATEST))] for days in (self.first, self.last)]
        ends = [known[0].min(), known[1].max()] if len(known[0]) and len(known[1]) else [None, None]
        open_ended = bool((self.last == LATEST).any()) and self.name == "places"
        interval = [day and f"{day}T00:00:00Z" for day in (ends[0], None if open_ended else ends[1])]
        extent = {"temporal": {"interval": [interval]}}
        if self.spatial:
            extent["spatial"] = {"bbox": [[float(value) for value in self.features.total_bounds]]}
        return extent

    def ask(self, query: Mapping[str, str]) -> gpd.GeoDataFrame:
        """The features that pass every filter of a query (see docs/api.md), in the order of the atlas.

        :raises NotUnderstood: a value is not one that the parameter can have.
        """
        mask = np.ones(len(self.features), dtype=bool)
        if "bbox" in query:
            mask &= self._inside(_box(query["bbox"]))
        if "datetime" in query:
            first, last = _interval(query["datetime"])
            mask &= ((self.first <= last) & (self.last >= first)).to_numpy()
        for name, allowed in self.filters.items():
            if name in query:
                mask &= self._has(name, allowed, query[name])
        if any(name in query for name in self.filters_of_pages):
            selection = selected(self.atlas, query, *self.filters_of_pages)
            # what was agreed belongs where its paper and session do
            passing = agreed.found(self.atlas, selection, Wanted()) if self._promised else None
            kept = (selection.records(self.atlas, self.name) if passing is None else passing).index
            mask &= self.features.index.isin(kept)
        return self.features[mask]

    def _inside(self, box: shapely.Geometry) -> np.ndarray:
        # what has no place matches every box (OGC 17-069r4, /req/core/fc-bbox-response)
        return (self.features.intersects(box) | self.features.geometry.isna()).to_numpy()

    def _has(self, name: str, allowed: tuple[str, ...], value: str) -> np.ndarray:
        wanted = value.split(",")
        for one in wanted:
            if (one not in allowed) if allowed else not one:
                expected = _one_of(allowed) if allowed else "one id or several, by commas"
                raise NotUnderstood(name, one, expected, allowed)
        cells = self.features[name].fillna("").str.split(";")
        return ~cells.map(set(wanted).isdisjoint).to_numpy(dtype=bool)

    def geojson(self, features: gpd.GeoDataFrame) -> list[dict]:
        """Features as RFC 7946 writes them, with their ids."""
        return [
            {"type": "Feature", "id": one["id"], "geometry": one["geometry"], "properties": one["properties"]}
            for one in features.to_geo_dict(na="null")["features"]
        ]

    @cached_property
    def written(self) -> dict[str, bytes]:
        """Every feature by its id as JSON: to write thousands anew for each question would hold up the pages."""
        return {feature["id"]: as_json(feature) for feature in self.geojson(self.features)}

    def csv(self, features: gpd.GeoDataFrame) -> bytes:
        """Features as a table for spreadsheets; a geometry becomes well-known text in the column ``wkt``."""
        table = pd.DataFrame(features.drop(columns="geometry"))
        if self.spatial:
            table = table.assign(wkt=features.geometry.to_wkt())
        return spreadsheets.csv(table)


def collections(atlas: Atlas) -> dict[str, Collection]:
    """All collections of an atlas by name."""
    schema = atlas.schema.tables
    located = layers(atlas, None)
    return {name: _collection(atlas, schema[name], located.get(name)) for name in TIMES}


def _collection(atlas: Atlas, table: records.Table, features: gpd.GeoDataFrame | None) -> Collection:
    if features is None:
        flat = atlas.table(table.name)[table.columns].map(
            lambda value: ";".join(value) if isinstance(value, tuple) else value
        )
        if table.name == "commitments":
            flat["state"] = [commitments.state_of(atlas, one) for one in flat.index]
            flat["side"] = [agreed.side(row) for row in atlas.table(table.name).to_dict("records")]
        features = gpd.GeoDataFrame(flat, geometry=gpd.GeoSeries(None, index=flat.index), crs=CRS)
    features = features.set_index("id", drop=False).rename_axis(None)
    features = features.assign(**{column: _exact(features[column]) for column in features.columns.drop("geometry")})
    first, last = (features[column] for column in TIMES[table.name])
    if table.name != "places":
        last = last.where(last.notna(), first)
    return Collection(
        atlas,
        table,
        features,
        first.map(lambda day: bounds(day)[0].isoformat() if day else EARLIEST),
        last.map(lambda day: bounds(day)[1].isoformat() if day else LATEST),
    )


def _exact(column: pd.Series) -> pd.Series:
    """A column of which the missing values are None and the counts are whole numbers."""
    values = [spreadsheets.whole(value) for value in column.astype(object)]
    return pd.Series(values, column.index, dtype=object).where(column.notna(), None)


def _one_of(values: tuple[str, ...]) -> str:
    return "one or several, by commas, of " + ", ".join(values)


def _box(text: str) -> shapely.Geometry:
    expected = "four numbers by commas: west, south, east, north in degrees (or six, with heights)"
    parts = text.split(",")
    if len(parts) not in (4, 6) or not all(map(NUMBER.fullmatch, parts)):
        raise NotUnderstood("bbox", text, expected)
    numbers = list(map(float, parts))
    if not np.isfinite(numbers).all():
        raise NotUnderstood("bbox", text, expected)
    # beyond the earth nothing is found, and squares of very large numbers would overflow
    west, south, east, north = np.clip(numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5]), -1000, 1000)
    if south > north:
        raise NotUnderstood("bbox", text, "the south not to lie north of the north")
    if west <= east:
        return shapely.box(west, south, east, north)
    # a box whose west is greater than its east goes round the back of the earth
    return shapely.union_all([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])


def _interval(text: str) -> tuple[str, str]:
    """First and last day of a ``datetime`` parameter; times of day are not looked at."""
    ends = text.split("/")
    if len(ends) > 2 or ends in ([""], [".."]) or all(end in ("", "..") for end in ends):
        raise NotUnderstood("datetime", text, "a day, a time (RFC 3339) or an interval such as 2016-01-01/..")
    days = [_day(end, text) for end in ends]
    first, last = days[0] or EARLIEST, days[-1] or LATEST
    if first > last:
        raise NotUnderstood("datetime", text, "an interval that begins before it ends")
    return first, last


def _day(end: str, text: str) -> str | None:
    if end in ("", ".."):
        return None
    try:
        if not DAY.fullmatch(end):
            raise ValueError
        return datetime.fromisoformat(end.upper()).date().isoformat()
    except ValueError:
        expected = "a day, a time (RFC 3339) or an interval such as 2016-01-01/.."
        raise NotUnderstood("datetime", text, expected) from None
