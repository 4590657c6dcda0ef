"""What a file is by its first bytes, and what to do with one that cannot be taken."""

import zipfile
from pathlib import Path

from atlas.records.said import Said, said

QGIS = said("in QGIS, Export > Save Features As, save the layer as a GeoPackage")
CODES = said("{remedy}; see that the codes are a column of their own", remedy=QGIS)
OPEN = said("open it and save the layer as a GeoPackage")
ARCGIS = said("open it in ArcGIS and save the layer as a GeoPackage")
DRAWN = said("make closed areas with codes of the outlines in a GIS and save the layer as a GeoPackage")
UNPACK = said("unpack it and name the file in it")
DXF, ARCHIVE = said("a drawing (DXF)"), said("an archive")
GEODATABASE = said("an Esri personal geodatabase")
PROJECT = said("a project of QGIS, which holds no areas")
BESIDE_A_SHAPEFILE = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj")
OF_MAPINFO = (".dat", ".map", ".id", ".ind")
BEGINNINGS = (
    (b"!table", said("a MapInfo table"), QGIS),
    (b"Version", said("a MapInfo interchange file"), QGIS),
    (b"AC10", said("a drawing of AutoCAD (DWG)"), DRAWN),
    (
        b"AutoCAD Binary DXF",
        DXF,
        DRAWN,
    ),
    (b"\x00\x01\x00\x00Standard Jet DB", GEODATABASE, ARCGIS),
    (b"\x00\x01\x00\x00Standard ACE DB", GEODATABASE, ARCGIS),
    (b"Rar!", ARCHIVE, UNPACK),
    (b"7z\xbc\xaf", ARCHIVE, UNPACK),
    (b"\x1f\x8b", ARCHIVE, UNPACK),
    (b"fgb", said("a FlatGeobuf"), QGIS),
    (b"%PDF", said("a PDF"), said("ask for the areas themselves, as a GeoPackage or a Shapefile")),
    (b"SQLite format 3\0", said("a database of SQLite that is no GeoPackage"), QGIS),
)
MARKS = (
    (b"<kml", said("KML"), CODES),
    (b"<qgis", PROJECT, OPEN),
    (b"FeatureCollection", said("GML"), QGIS),
)
MEMBERS = (
    (".kml", said("KMZ"), CODES),
    (".qgs", PROJECT, OPEN),
    (
        ".gdbtable",
        said("an Esri file geodatabase in a ZIP archive"),
        said("unpack it, open it and {remedy}", remedy=QGIS),
    ),
)


def other(path: Path, head: bytes) -> tuple[Said, Said] | None:
    """What a file or folder that is not taken is, and what to do; None where its content is of no known kind.

    head: its first bytes, none of a folder.
    """
    if path.is_dir():
        return _folder(path)
    if head.startswith(b"PK"):
        return _archive(path)
    for beginning, name, remedy in BEGINNINGS:
        if head.startswith(beginning):
            return name, remedy
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return next(((name, remedy) for mark, name, remedy in MARKS if mark in text), None)
    if text.startswith(b"0") and b"SECTION" in text:
        return DXF, DRAWN
    return _part(path)


def _folder(path: Path) -> tuple[Said, Said]:
    if path.suffix.lower() == ".gdb" or any(path.glob("*.gdbtable")):
        return said("an Esri file geodatabase"), said(
            "{remedy}, or in ArcGIS export the feature class to a GeoPackage", remedy=QGIS
        )
    inside = sorted(one.name for one in path.iterdir() if one.suffix.lower() in (".shp", ".gpkg", ".geojson"))
    remedy = said("name the file in it: {files}", files=tuple(inside[:5])) if inside else said("name the file in it")
    return said("a folder"), remedy


def _archive(path: Path) -> tuple[Said, Said]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return said("a damaged ZIP archive"), said("have it sent again")
    for end, name, remedy in MEMBERS:
        if any(member.lower().endswith(end) for member in members):
            return name, remedy
    taken = [member for member in members if member.lower().endswith((".shp", ".gpkg", ".geojson", ".json"))]
    if taken:
        return said("a ZIP archive"), said("unpack all of it and name the unpacked {files}", files=tuple(taken[:5]))
    return said("a ZIP archive without a survey in it"), said("name the unpacked GeoPackage, GeoJSON or Shapefile")


def _part(path: Path) -> tuple[Said, Said] | None:
    """A file that is only a part of a survey."""
    end = path.suffix.lower()
    if end in BESIDE_A_SHAPEFILE:
        return said("a part of a Shapefile"), said("name {file}, with all its parts beside it", file=f"{path.stem}.shp")
    if end in OF_MAPINFO:
        return said("a part of a MapInfo table"), QGIS
    if end == ".gdbtable":
        return _folder(path.parent)
    return None
