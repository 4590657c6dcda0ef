"""A source as safe HTML."""

from markupsafe import Markup, escape

from atlas.cards.facts import items
from atlas.model.atlas import Atlas
from atlas.words import values, vocabulary
from atlas.words.translator import Translator

UNLINKED = ("mirror",)


def source(atlas: Atlas, identifier: str, translate: Translator) -> Markup:
    """One source as HTML: title, publisher, date, language, and a link unless it is a mirror."""
    row = atlas.table("sources").loc[identifier]
    title = _linked(row, row["title"])
    details = [
        row["publisher"],
        row["published"] and translate.date(row["published"]),
        row["language"] and vocabulary.language_name(row["language"], translate),
        vocabulary.label(atlas, "sources.kind", row, translate),
    ]
    said = " · ".join(detail for detail in details if detail)
    return Markup("{}<br><small>{}</small>").format(title, said)


def publisher(row: dict, translate: Translator) -> Markup:
    """The publisher of a source as HTML, or its title where none is known, with a link as :func:`source` has it."""
    return _linked(row, values.publisher(row, translate))


def _linked(row: dict, text: str) -> Markup:
    if not row["url"] or row["kind"] in UNLINKED:
        return escape(text)
    link = Markup("<a href='{}' target='_blank' rel='noopener noreferrer'>{}</a>")
    return link.format(row["url"], text)


def sources(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> Markup:
    """A list of sources as HTML."""
    return items("ol", (source(atlas, one, translate) for one in ids))
