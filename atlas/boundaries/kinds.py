"""What a file is by its first bytes, and what to do with one that cannot be taken."""

import zipfile
from pathlib import Path

GEOPACKAGE = "save the layer as a GeoPackage"
QGIS = f"in QGIS, Export > Save Features As, {GEOPACKAGE}"
BESIDE_A_SHAPEFILE = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj")
OF_MAPINFO = (".dat", ".map", ".id", ".ind")
BEGINNINGS = (
    (b"!table", "a MapInfo table", QGIS),
    (b"Version", "a MapInfo interchange file", QGIS),
    (b"AC10", "a drawing of AutoCAD (DWG)", "make closed areas with codes of the outlines in a GIS and " + GEOPACKAGE),
    (
        b"AutoCAD Binary DXF",
        "a drawing (DXF)",
        "make closed areas with codes of the outlines in a GIS and " + GEOPACKAGE,
    ),
    (b"\x00\x01\x00\x00Standard Jet DB", "an Esri personal geodatabase", f"open it in ArcGIS and {GEOPACKAGE}"),
    (b"\x00\x01\x00\x00Standard ACE DB", "an Esri personal geodatabase", f"open it in ArcGIS and {GEOPACKAGE}"),
    (b"Rar!", "an archive", "unpack it and name the file in it"),
    (b"7z\xbc\xaf", "an archive", "unpack it and name the file in it"),
    (b"\x1f\x8b", "an archive", "unpack it and name the file in it"),
    (b"fgb", "a FlatGeobuf", QGIS),
    (b"%PDF", "a PDF", "ask for the areas themselves, as a GeoPackage or a Shapefile"),
    (b"SQLite format 3\0", "a database of SQLite that is no GeoPackage", QGIS),
)
MARKS = (
    (b"<kml", "KML", f"{QGIS}; see that the codes are a column of their own"),
    (b"<qgis", "a project of QGIS, which holds no areas", f"open it and {GEOPACKAGE}"),
    (b"FeatureCollection", "GML", QGIS),
)
MEMBERS = (
    (".kml", "KMZ", f"{QGIS}; see that the codes are a column of their own"),
    (".qgs", "a project of QGIS, which holds no areas", f"open it and {GEOPACKAGE}"),
    (".gdbtable", "an Esri file geodatabase in a ZIP archive", f"unpack it, open it and {QGIS}"),
)


def other(path: Path, head: bytes) -> tuple[str, str] | None:
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
        return "a drawing (DXF)", BEGINNINGS[3][2]
    return _part(path)


def _folder(path: Path) -> tuple[str, str]:
    if path.suffix.lower() == ".gdb" or any(path.glob("*.gdbtable")):
        return "an Esri file geodatabase", f"{QGIS}, or in ArcGIS export the feature class to a GeoPackage"
    inside = sorted(one.name for one in path.iterdir() if one.suffix.lower() in (".shp", ".gpkg", ".geojson"))
    return "a folder", f"name the file in it{': ' + ', '.join(inside[:5]) if inside else ''}"


def _archive(path: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "a damaged ZIP archive", "have it sent again"
    for end, name, remedy in MEMBERS:
        if any(member.lower().endswith(end) for member in members):
            return name, remedy
    taken = [member for member in members if member.lower().endswith((".shp", ".gpkg", ".geojson", ".json"))]
    if taken:
        return "a ZIP archive", f"unpack all of it and name the unpacked {', '.join(taken[:5])}"
    return "a ZIP archive without a survey in it", "name the unpacked GeoPackage, GeoJSON or Shapefile"


def _part(path: Path) -> tuple[str, str] | None:
    """A file that is only a part of a survey."""
    end = path.suffix.lower()
    if end in BESIDE_A_SHAPEFILE:
        return "a part of a Shapefile", f"name {path.stem}.shp, with all its parts beside it"
    if end in OF_MAPINFO:
        return "a part of a MapInfo table", QGIS
    if end == ".gdbtable":
        return _folder(path.parent)
    return None
