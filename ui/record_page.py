"""The page of one record, whatever its kind: found by its id, which never changes."""

from atlas.model.addresses import TABLES
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator
from ui import frame, state


def title(kind: str, translate: Translator) -> str:
    """What the record is called that the address asks for; the kind of the page where there is no such record."""
    atlas, asked = state.atlas(), state.visit().part("id") or ""
    if asked in atlas.table(TABLES[kind]).index:
        return naming.record_name(atlas, TABLES[kind], asked, translate)
    return vocabulary.record_kinds(translate)[kind]


def show(kind: str) -> None:
    """Draw the page of a record."""
    translate = state.translator()
    frame.head(kind, translate, title=title(kind, translate))
