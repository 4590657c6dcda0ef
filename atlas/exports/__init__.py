"""Exports: a selection in, the bytes of a file out. The same selection of the same data gives the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from atlas.exports.geodata import geojson, gpkg
from atlas.exports.spreadsheets import csv_zip, xlsx
from atlas.i18n import Translator
from atlas.selection import Selection
from atlas.store import Atlas


@dataclass(frozen=True)
class Format:
    """One kind of file. ``make`` takes an atlas, a selection (None for everything) and a translator."""

    suffix: str
    mime: str
    make: Callable[[Atlas, Selection | None, Translator], bytes]


FORMATS = {
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "csv": Format("zip", "application/zip", csv_zip),
    "geojson": Format("geojson", "application/geo+json", geojson),
    "gpkg": Format("gpkg", "application/geopackage+sqlite3", gpkg),
}


def file_name(atlas: Atlas, selection: Selection | None, translate: Translator, suffix: str, part: str = "") -> str:
    """A name that says which data, which language and whether it is a part: ``border-cooperation-atlas-2026-11-22-selection-vi.xlsx``."""
    restricted = "selection" if selection and selection.restricts else ""
    stem = "-".join(
        filter(
            None, ("border-cooperation-atlas", atlas.version, part.replace("_", "-"), restricted, translate.language)
        )
    )
    return f"{stem}.{suffix}"
