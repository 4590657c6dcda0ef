"""Seeds of many times the real size: valid tables whose further places stand along the real land border.

``python -m benchmarks.grown_seeds 10 FOLDER`` writes ten times as much. Every table is repeated, references stay
within a copy; the two countries and the fields of study stay what they are. The same number gives the same bytes.
"""

import json
import shutil
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from atlas import DATA, SEEDS
from atlas.model.gazetteer import SPELLINGS
from atlas.records import Field, schema

STRIDE = 11  # rows, so that names which begin alike, one after the other, get different beginnings
HALVINGS = 10  # of a place's distance from the border, until it stands in its own country
TANGENT = 0.05  # degrees along the border on either side, between which its direction is taken
STRETCH = np.cos(np.radians(22.5))  # of a degree of longitude at the border, in degrees of latitude


def grow(folder: Path, times: int, seeds: Path = SEEDS, layers: Path = DATA / "layers") -> int:
    """Write the tables so many times over into a folder; the number of rows written.

    A copy gets a number in its ids and slugs, and each of its places the beginning of another place's names, so that
    a search for a place finds it and hardly its copies.
    """
    shutil.copy(seeds / "datapackage.json", folder)
    tables = {
        name: pd.read_csv(table.file, dtype=str, keep_default_na=False) for name, table in schema(seeds).tables.items()
    }
    shared = {*tables["places"].query("kind == 'country'")["id"], *tables["fields"]["id"]}
    move = _Along(tables["places"], layers)
    rows = 0
    for name, table in schema(seeds).tables.items():
        copies = [tables[name]]
        for copy in range(1, times):
            frame = tables[name]
            if name == "places":
                frame = _renamed_places(frame, copy).assign(official_code="", **move(copy / times))
            elif name == "twinning_members":
                names = frame["name_as_signed"]
                frame = frame.assign(name_as_signed=names.groupby(names.map(_is_chinese)).transform(_beginnings, copy))
            if "id" in frame:
                frame = frame[~frame["id"].isin(shared)]
            copies.append(frame.assign(**{field.name: _numbered(frame, field, copy, shared) for field in table.fields}))
        grown = pd.concat(copies)
        grown.to_csv(folder / Path(table.file).name, index=False, lineterminator="\n")
        rows += len(grown)
    return rows


def _numbered(frame: pd.DataFrame, field: Field, copy: int, shared: set[str]) -> pd.Series:
    """A column in one copy: ids, slugs and references get the copy's number."""
    texts = frame[field.name]
    if not (field.references or field.name in ("id", "slug")):
        return texts
    new = {
        text: ";".join(one if one in shared or not one else f"{one}-copy-{copy}" for one in text.split(";"))
        for text in texts.unique()
    }
    return texts.map(new)


def _renamed_places(places: pd.DataFrame, copy: int) -> pd.DataFrame:
    kin = places.groupby(["country", "kind"], sort=False)
    columns = {name: kin[name].transform(_beginnings, copy) for name in (*SPELLINGS, "also_known_as")}
    # what the copy is called now is none of its other forms
    forms = zip(places["name_zh_variants"].str.split(";"), columns["name_zh"])
    columns["name_zh_variants"] = [";".join(form for form in variants if form != name) for variants, name in forms]
    return places.assign(**columns)


def _beginnings(names: pd.Series, copy: int) -> pd.Series:
    """Each name with its first word, or first Chinese character, taken from another: `Mèo Vạc` -> `Đồng Vạc`."""
    filled = names[names != ""]
    begun = [_parts(name)[0] + _parts(other)[1] for name, other in zip(np.roll(filled, STRIDE * copy), filled)]
    return pd.Series(begun, filled.index, dtype=object).reindex(names.index, fill_value="")


def _is_chinese(name: str) -> bool:
    return name > "\u2e80"


@cache
def _parts(name: str) -> tuple[str, str]:
    if _is_chinese(name):
        return name[0], name[1:] or name
    first, _, rest = name.partition(" ")
    return first, f" {rest or name}"


class _Along:
    """Moves places along the border; they keep their side, and their distance where that is land of their country."""

    def __init__(self, places: pd.DataFrame, layers: Path):
        self.places = places[places["lat"] != ""]
        self.index = places.index
        (self.border,) = _geometries(layers / "border.geojson")
        self.vertices = shapely.get_coordinates(self.border).T
        self.ways = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(self.vertices)))])  # to each vertex
        self.land = _geometries(layers / "land.geojson")  # China, Vietnam
        shapely.prepare(self.land)
        points = shapely.points(self.places[["lon", "lat"]].astype(float) * [STRETCH, 1])
        self.at, self.away = self.border.project(points), self.border.distance(points)

    def __call__(self, share: float) -> dict[str, pd.Series]:
        """``lon`` and ``lat`` as texts, after a way that is a share of the whole border."""
        # who comes to the end of the border turns back, so that neighbours stay neighbours
        length = self.border.length
        at = length - np.abs(length - (self.at + share * length))
        before, foot, after = (
            np.column_stack([np.interp(at + step, self.ways, axis) for axis in self.vertices])
            for step in (-TANGENT, 0, TANGENT)
        )
        way = (after - before) / np.linalg.norm(after - before, axis=1, keepdims=True)
        chinese = (self.places["country"] == "CN").to_numpy()[:, None]
        across = (
            np.where(chinese, 1, -1) * way[:, ::-1] * [-1, 1]
        )  # the border runs from west to east, China on its left
        away = self.away.copy()
        for _ in range(HALVINGS):
            spot = foot + across * away[:, None]
            inside = np.where(chinese[:, 0], *(shapely.contains_xy(land, *spot.T) for land in self.land))
            away[~inside] /= 2
        lon, lat = (foot + across * away[:, None]).T
        return {
            name: pd.Series(values, self.places.index).map("{:.5f}".format).reindex(self.index, fill_value="")
            for name, values in (("lon", lon / STRETCH), ("lat", lat))
        }


def _geometries(path: Path) -> list:
    features = json.loads(path.read_text("utf-8"))["features"]
    return [
        shapely.transform(shapely.geometry.shape(one["geometry"]), lambda xy: xy * [STRETCH, 1]) for one in features
    ]


if __name__ == "__main__":
    grow(Path(sys.argv[2]), int(sys.argv[1]))
