"""Archives whose bytes depend on their content alone, and the records as they are curated."""

import io
import zipfile
from datetime import date
from typing import Any

from atlas.exports.about import text
from atlas.model.atlas import Atlas
from atlas.records import DESCRIPTION
from atlas.words.translator import Translator


def zipped(files: dict[str, bytes], version: str) -> bytes:
    """Files as a ZIP archive in which everything is dated to the data version (ISO 8601)."""
    content = io.BytesIO()
    day = date.fromisoformat(version)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return content.getvalue()


def datapackage(atlas: Atlas, translate: Translator) -> bytes:
    """All curated tables as they stand, with their description, for programs (Frictionless Data Package)."""
    files = {DESCRIPTION: atlas.contents[DESCRIPTION]}
    files |= {table.file: atlas.curated(name).encode() for name, table in atlas.schema.tables.items()}
    return zipped(files | {"README.txt": text(atlas, None, translate).encode()}, atlas.version)


def saved(document: Any, version: str) -> bytes:
    """An Office document as a file in which everything is dated to the data version (ISO 8601).

    :param document: of python-docx or python-pptx.
    """
    content = io.BytesIO()
    document.save(content)
    with zipfile.ZipFile(content) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, version)
