"""Whether what the checks find can be said in every language of the atlas."""

import re
from functools import cache

from atlas import SEEDS, records
from atlas.records.said import Said
from atlas.words.extract import TRANSLATED
from atlas.words.translator import Translator

# what is written alike everywhere: codes, units, and programs with their menus
ALIKE = set(
    re.findall(
        r"\w+",
        "ASCII CSV DOCTYPE Excel LibreOffice MB PDF PY UTF Unicode WPS Workbook XML XX YYYY MM DD http https km web"
        " (Data, Edit Links; File, Info, Protect Workbook)"
        " (Export > Save Features As) ArcGIS AutoCAD CRS DWG DXF EPSG Esri FeatureCollection FlatGeobuf GB GCJ GIS GML GeoJSON"
        " GeoPackage KML KMZ MapInfo MultiPolygon NAME Polygon QGIS SQLite Shapefile VN WGS accept crs dissolve encoding layer"
        " offset file geodatabase personal ZIP",
    )
)
ENGLISH = re.compile("[A-Za-z]{2,}")
PROSE = re.compile("[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}")
FILE_ENDS = re.compile(r"\.[a-z]{2,5}(?![a-z])")


@cache
def _names() -> set[str]:
    """Words of the names of tables, columns, keys of their description, and allowed values."""
    tables = records.schema(SEEDS).tables.values()
    fields = [field for table in tables for field in table.fields]
    names = " ".join([*(table.name for table in tables), *(f"{field.name} {' '.join(field.enum)}" for field in fields)])
    keys = "true false string integer number boolean required unique pattern minimum maximum enum floor ceiling vi zh en id"
    return set(ENGLISH.findall(f"{names} {keys}")) | ALIKE


def _filling(message: Said) -> list[str]:
    """The texts that fill a sentence and are no sentences themselves."""
    values = [one for value in message.values.values() for one in (value if isinstance(value, tuple) else (value,))]
    inner = [_filling(one) if isinstance(one, Said) else [str(one)] for one in values]
    return [text for texts in inner for text in texts]


def _templates(message: Said) -> str:
    values = [one for value in message.values.values() for one in (value if isinstance(value, tuple) else (value,))]
    return " ".join([message.template, *(_templates(one) for one in values if isinstance(one, Said))])


def assert_spoken(message: str) -> None:
    """A sentence of a check keeps what it is made of, and no word of it stays English in another language."""
    assert isinstance(message, Said), message
    filling = _filling(message)
    if "{error}" not in _templates(message):  # of a library, for whoever keeps the files
        assert not any(PROSE.search(text) for text in filling), message
    for language in TRANSLATED:
        text = Translator(language).said(message)
        for value in sorted(filling, key=len, reverse=True):
            text = text.replace(value, " ") if value else text
        text = FILE_ENDS.sub(" ", text)
        english = set(ENGLISH.findall(_templates(message)))
        left = {word for word in ENGLISH.findall(text) if language != "vi" or (len(word) > 2 and word in english)}
        assert left <= _names(), (message, text)
