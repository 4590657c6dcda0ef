"""Documents made in a process of their own, which has its own copy of the atlas."""

from atlas import scenes, serving
from atlas.exports import documents
from atlas.i18n import Translator
from atlas.selection import Selection


def make(kind: str, query: dict[str, list[str]], language: str, sequence: bytes | None) -> bytes:
    """One document of a selection given as URL parameters; ``sequence`` as :func:`atlas.scenes.write` made it."""
    atlas = serving.source().published.atlas
    selection, _ = Selection.from_query(query, atlas)
    listed = scenes.read(sequence, atlas, Translator(language[:2])) if sequence else None
    return documents.export(atlas, kind, selection, language, sequence=listed)
