"""Reading an office's survey."""

import json
import shutil
import struct
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import numpy as np
import pyogrio
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.boundaries import attributes, kinds
from atlas.boundaries.outlines import MOST_POINTS
from atlas.files import temporary_folder
from atlas.records.problems import InvalidRecords, Problem
from atlas.records.said import Said, said

LARGEST_FILE = 100_000_000  # bytes
MOST_MARKS = 4 * MOST_POINTS  # brackets and commas of a GeoJSON; a point with its height has four
LONGEST_HEAD = 4096  # bytes
GEOPACKAGES = (b"GPKG", b"GP10", b"GP11")  # since version 1.2, and the two before
UTF_8, UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
PARTS = (".shp", ".shx", ".dbf", ".prj")
DBF_PAGES = {b"\x4d": "cp936", b"\x7a": "cp936", b"\x4f": "cp950"}  # the marks of GDAL's table that name Chinese
SMALLER = said("simplify the outlines or give one province a file")


class ImportRefused(InvalidRecords):
    """The file cannot replace the layer; `problems` lists every reason (row: number of the feature)."""


class Check:
    """Collects what is wrong with a file and what was repaired."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []
        self.repairs: list[Said] = []

    def refuse_unless(self, fine: bool, row: int | None, column: str | None, value: Any, expected: Said) -> None:
        """Keep a problem, so that all are told at once."""
        if not fine:
            shown = value if value is None or isinstance(value, str) else str(value)
            self.problems.append(Problem(self.file, row, column, shown, expected))

    def stop(self) -> None:
        """Refuse the file if anything was wrong so far."""
        if self.problems:
            raise ImportRefused(self.problems)

    def refuse(self, column: str | None, value: str | None, expected: Said) -> NoReturn:
        """Refuse the file for this and whatever was found before."""
        self.refuse_unless(False, None, column, value, expected)
        raise ImportRefused(self.problems)


@dataclass(frozen=True)
class Given:
    """What the person who imports a file says of it.

    layer: which of its layers, where several have areas.
    crs: the CRS of its coordinates, instead of the one it declares, as pyproj reads it.
    offset_accepted: the survey is right although it lies off the map's border.
    encoding: of the attributes of a Shapefile, instead of what its .cpg says.
    names: the names that each unit has, by id.
    """

    layer: str | None = None
    crs: str | None = None
    offset_accepted: bool = False
    encoding: str | None = None
    names: attributes.Names = field(default_factory=dict)


AS_IT_IS = Given()


def read(path: Path, check: Check, given: Given = AS_IT_IS) -> gpd.GeoDataFrame:
    """The features of a file whose content, not whose name, is one of the three formats, in a CRS of the Earth.

    Raises ImportRefused where it cannot be read or is too large to be looked at in seconds.
    GDAL opens what the bytes say and some of its formats read other files of the computer:
    it gets only what is proved to be a GeoPackage or a Shapefile, and never a GeoJSON.
    """
    crs = _stated(given.crs, check)
    if not path.exists():
        check.refuse(None, None, said("a file that exists"))
    head = b""
    if path.is_file():
        size = path.stat().st_size
        if size > LARGEST_FILE:
            expected = said("at most {most} MB; {remedy}", most=LARGEST_FILE // 1_000_000, remedy=SMALLER)
            check.refuse(None, f"{size // 1_000_000} MB", expected)
        with path.open("rb") as file:
            head = file.read(LONGEST_HEAD)
    reader = _reader(path, head)
    if reader is None:
        kind = kinds.other(path, head)
        content = (
            said("this is {kind}: {remedy}", kind=kind[0], remedy=kind[1])
            if kind
            else said("its content is none of them")
        )
        check.refuse(None, None, said("a GeoPackage, a GeoJSON or a Shapefile (.shp); {content}", content=content))
    try:
        frame = reader(path, check, given)
        return _bounded(frame.set_crs(crs, allow_override=True) if crs else frame, check)
    except ImportRefused:
        raise
    except Exception as error:  # whatever a damaged file makes a reader raise
        check.refuse(None, None, said("a file that can be read ({error})", error=str(error)))


def _stated(crs: str | None, check: Check) -> pyproj.CRS | None:
    try:
        return pyproj.CRS.from_user_input(crs) if crs else None
    except pyproj.exceptions.CRSError:
        check.refuse("--crs", crs, said("a CRS that is known, such as EPSG:3405"))


def _reader(path: Path, head: bytes) -> Callable[[Path, Check, Given], gpd.GeoDataFrame] | None:
    if head.startswith(b"SQLite format 3\0") and head[68:72] in GEOPACKAGES:
        return _geopackage
    if path.suffix.lower() == ".shp" and len(head) >= 100 and struct.unpack(">i", head[:4]) == (9994,):
        return _shapefile
    if head.startswith(UTF_16) or head.removeprefix(UTF_8).lstrip().startswith(b"{"):
        return _geojson
    return None


def _geopackage(path: Path, check: Check, given: Given) -> gpd.GeoDataFrame:
    """The layer with geometry; styles, projects and notes stand in tables without any."""
    with _quiet():
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if not layers:
        check.refuse(None, None, said("a layer with geometry"))
    if given.layer is not None and given.layer not in layers:
        check.refuse("--layer", given.layer, said("a layer with geometry; there are: {layers}", layers=tuple(layers)))
    if given.layer is None and len(layers) > 1:
        check.refuse(None, ", ".join(layers), said("one layer with geometry; choose with --layer NAME"))
    layer = given.layer or layers[0]
    with _quiet():
        kinds_of = f'SELECT DISTINCT OGR_GEOMETRY FROM "{layer.replace(chr(34), chr(92) + chr(34))}"'
        found = pyogrio.read_dataframe(path, sql=kinds_of, sql_dialect="OGRSQL").OGR_GEOMETRY
    if found.str.contains("CURVE|SURFACE|CIRCULAR").any():
        check.repairs.append(said("curves were made of short straight lines"))
    return _with_crs(_features(path, check, layer=layer), given, check)


def _shapefile(path: Path, check: Check, given: Given) -> gpd.GeoDataFrame:
    beside = {one.suffix.lower() for one in path.parent.iterdir() if one.stem.lower() == path.stem.lower()}
    if missing := [end for end in (".shx", ".dbf") if end not in beside]:
        names = tuple(path.stem + end for end in missing)
        expected = said("all parts of a Shapefile in one folder; missing beside it: {names}", names=names)
        check.refuse(None, None, expected)
    with temporary_folder() as folder:  # without its .cpg, which may lie: GDAL would believe it
        for one in path.parent.iterdir():
            if one.stem.lower() == path.stem.lower() and one.suffix.lower() in PARTS:
                shutil.copy(one, folder / f"survey{one.suffix.lower()}")
        frame = _features(folder / "survey.shp", check, ENCODING="ISO-8859-1")
    return _with_crs(_read_right(frame, _stated_encoding(path, given), given, check), given, check)


def _stated_encoding(path: Path, given: Given) -> tuple[str, str] | None:
    """The encoding of the attributes, and what states it; None where nothing does."""
    if given.encoding:
        return given.encoding, "--encoding"
    beside = [one for one in path.parent.iterdir() if one.stem.lower() == path.stem.lower()]
    pages = [one for one in beside if one.suffix.lower() == ".cpg"]
    if pages and (text := pages[0].read_bytes()[:100].decode("ascii", "replace").strip()):
        return text, pages[0].name
    with next(one for one in beside if one.suffix.lower() == ".dbf").open("rb") as file:
        mark = file.read(30)[29:]
    return (DBF_PAGES[mark], "the .dbf") if mark in DBF_PAGES else None


def _read_right(
    frame: gpd.GeoDataFrame, stated: tuple[str, str] | None, given: Given, check: Check
) -> gpd.GeoDataFrame:
    try:
        read = attributes.read(frame, stated, given.names)
    except LookupError:
        encoding, states = stated or ("", "")
        check.refuse(states, encoding, said("an encoding that is known, such as {tried}", tried=attributes.TRIED))
    if read.remark:
        check.repairs.append(read.remark)
    return read.frame


def _features(path: Path, check: Check, **options: Any) -> gpd.GeoDataFrame:
    with _quiet() as warned:
        frame = pyogrio.read_dataframe(path, **options)
    if not isinstance(frame, gpd.GeoDataFrame):
        check.refuse(None, None, said("a layer with geometry"))
    if any("Measured (M)" in str(one.message) for one in warned):
        check.repairs.append(said("measures (M) were dropped"))
    return frame


def _with_crs(frame: gpd.GeoDataFrame, given: Given, check: Check) -> gpd.GeoDataFrame:
    if frame.crs is None and not given.crs:
        expected = said("a declared CRS (a Shapefile declares it in a .prj beside it); or state it: --crs EPSG:3405")
        check.refuse(None, None, expected)
    return frame


@contextmanager
def _quiet() -> Iterator[list]:
    """Warnings of GDAL, kept instead of printed."""
    with warnings.catch_warnings(record=True) as kept:
        warnings.simplefilter("always")
        yield kept


def _geojson(path: Path, check: Check, given: Given) -> gpd.GeoDataFrame:
    written = path.read_bytes()
    if sum(written.count(mark) for mark in b"[{,") > MOST_MARKS:
        check.refuse(None, None, said("at most {most:,} points; {remedy}", most=MOST_POINTS, remedy=SMALLER))
    content = json.loads(_text(written, check))
    found = content.get("features")
    if content.get("type") != "FeatureCollection" or not isinstance(found, list) or not found:
        check.refuse(None, None, said("a FeatureCollection with features"))
    crs = pyproj.CRS(4326) if given.crs else _declared(content, check)
    shapes = [_shape(feature, row, check) for row, feature in enumerate(found, 1)]
    check.stop()
    return gpd.GeoDataFrame([feature.get("properties") or {} for feature in found], geometry=shapes, crs=crs)


def _text(written: bytes, check: Check) -> str:
    if not written.startswith(UTF_16):
        try:
            return written.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = written.count(b"\n", 0, error.start) + 1
            check.refuse(
                None, None, said("a GeoJSON in UTF-8 (line {line} is not): save it again in that encoding", line=line)
            )
    check.refuse(None, None, said("a GeoJSON in UTF-8, not UTF-16: save it again in that encoding"))


def _declared(content: dict, check: Check) -> pyproj.CRS:
    """The CRS that a GeoJSON names in the way of 2008, which offices still write; WGS-84 where it names none."""
    if "crs" not in content:
        return pyproj.CRS(4326)
    declared = content["crs"]
    try:
        return pyproj.CRS.from_user_input(str(declared["properties"]["name"]))
    except (pyproj.exceptions.CRSError, TypeError, KeyError):
        named = json.dumps(declared, ensure_ascii=False)
        expected = said('a CRS that is known, such as EPSG:3405; without "crs" it is WGS-84, and --crs states another')
        check.refuse("crs", named, expected)


def _shape(feature: Any, row: int, check: Check) -> BaseGeometry | None:
    try:
        with np.errstate(invalid="ignore"):
            return shapely.geometry.shape(feature["geometry"]) if feature["geometry"] else None
    except Exception:  # whatever a damaged geometry makes shapely raise
        check.refuse_unless(False, row, "geometry", None, said("a feature with a geometry as GeoJSON writes it"))
        return None


def _bounded(frame: gpd.GeoDataFrame, check: Check) -> gpd.GeoDataFrame:
    """The features; refuses what has no features, too many points, or a CRS that is nowhere on Earth."""
    if frame.empty:
        check.refuse(None, None, said("a layer with features"))
    points = int(shapely.get_num_coordinates(frame.geometry.values).sum())
    if points > MOST_POINTS:
        check.refuse(
            "geometry",
            said("{n:,} points", n=points),
            said("at most {most:,} points; {remedy}", most=MOST_POINTS, remedy=SMALLER),
        )
    try:
        pyproj.Transformer.from_crs(frame.crs, 4326)
    except pyproj.exceptions.ProjError:
        check.refuse("crs", frame.crs.name, said("a CRS whose place on Earth is known, such as EPSG:3405"))
    return frame
