"""Every kind of file by its name, for the command line and the pages."""

from collections.abc import Callable
from dataclasses import dataclass

from atlas import UnknownValue
from atlas.exports import briefing, handout, pictures, slides
from atlas.exports.geodata import geojson, gpkg
from atlas.exports.spreadsheets import csv_table, csv_zip, xlsx
from atlas.maps import browser
from atlas.model.atlas import Atlas
from atlas.model.audience import Audience, released
from atlas.model.scenes import Scene
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from atlas.words.voice import LANGUAGES


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


Progress = Callable[[str, float], None]

DOCUMENTS = {
    "pptx": slides.pptx,
    "pdf": briefing.pdf,
    "html": handout.html,
    "png": lambda atlas, selection, language, progress: pictures.png(atlas, selection, language),
    "svg": lambda atlas, selection, language, progress: pictures.svg(atlas, selection, language),
}
KINDS = (*DOCUMENTS, *FORMATS)
SUFFIXES = {kind: (f".{kind}",) for kind in KINDS} | {"csv": (".csv", ".zip"), "html": (".html", ".htm")}
MAIN_TABLE = "twinnings"  # the one in a CSV file where none is named
MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
    "png": "image/png",
    "svg": "image/svg+xml",
    **{name: kind.mime for name, kind in FORMATS.items()},
}


def export(
    atlas: Atlas,
    kind: str,
    selection: Selection | None,
    language: str,
    progress: Progress = lambda step, share: None,
    sequence: tuple[Scene, ...] | None = None,
    proposed_names: bool = True,
    table: str | None = None,
    audience: Audience | None = None,
) -> bytes:
    """One file of a selection; the same selection of the same data gives the same bytes.

    :param kind: one of :data:`KINDS`.
    :param language: ``vi``, ``zh`` or ``en``; for documents and pictures also ``vi-zh``, both below each other.
    :param progress: called with the step, in the language, and the share that is done.
    :param sequence: the scenes of a presentation, if they are not the usual ones.
    :param proposed_names: whether places have Chinese names that are only proposed; without them the Vietnamese name stands.
    :param audience: for whom the file is, see :mod:`atlas.model.audience`. If left out, documents and pictures are for both
        sides, and tables hold all that the atlas knows.
    :param table: for ``csv``: the one table to write; without it all are written as an archive of CSV files.
    :raises atlas.UnknownValue: there is no such kind, or it cannot be made in this language.
    """
    if kind not in KINDS:
        raise UnknownValue.of("kind", kind, KINDS)
    languages = LANGUAGES if kind in DOCUMENTS else [one for one in LANGUAGES if "-" not in one]
    if language not in languages:
        raise UnknownValue.of(f"{kind} in language", language, languages)
    if not proposed_names:
        atlas = browser.without_proposed_names(atlas)
    audience = audience or ("both" if kind in DOCUMENTS else None)
    if audience:
        atlas = released(atlas, audience)
    if table:
        return csv_table(atlas, selection, Translator(language), table)
    if kind == "pptx":
        return slides.pptx(atlas, selection, language, progress, sequence)
    if kind in DOCUMENTS:
        return DOCUMENTS[kind](atlas, selection, language, progress)
    return FORMATS[kind].make(atlas, selection, Translator(language))


def table_for(atlas: Atlas, kind: str, name: str, table: str | None) -> str | None:
    """The one table that a file of this name holds, None if it holds all that its kind can.

    :param name: of the file; its end must be one of :data:`SUFFIXES`. Several tables do not fit into one CSV file.
    :param table: the table that was asked for.
    :raises atlas.UnknownValue: the name says another kind of file, or the kind or the name has no room for a single table.
    """
    suffix = next((one for one in SUFFIXES[kind] if name.lower().endswith(one)), None)
    if not suffix:
        raise UnknownValue(f'"{name}": expected a name that ends in {" or ".join(SUFFIXES[kind])} for {kind}')
    tables = atlas.schema.tables
    if table and table not in tables:
        raise UnknownValue.of("--table", table, tables)
    if table and suffix != ".csv":
        raise UnknownValue(f'--table "{table}": expected a name that ends in .csv, not "{name}"')
    return table or (MAIN_TABLE if suffix == ".csv" else None)
