"""A source as safe HTML."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from atlas.cards.facts import items
from atlas.cards.linked import Linked
from atlas.model.atlas import Atlas
from atlas.words import values, vocabulary
from atlas.words.translator import IN_LISTS, Translator

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


def sources(linked: Linked, ids: Iterable[str]) -> Markup:
    """A numbered list of sources as HTML, see :func:`line`."""
    return items("ol", (line(linked, one) for one in ids))


def line(linked: Linked, identifier: str) -> Markup:
    """A source in one line: publisher and date, which lead to its page here, title with its own link, any kind but article."""
    atlas, translate = linked.atlas, linked.translate
    (row,) = atlas.records("sources", [identifier])
    before = [row["publisher"], row["published"] and translate.date(row["published"], IN_LISTS)]
    said = " · ".join(one for one in before if one) or (translate("Source") if linked.to else "")
    kind = "" if row["kind"] == "article" else vocabulary.label(atlas, "sources.kind", row, translate)
    here = linked.link("sources", identifier, said)
    parts = [_small(here), _linked(row, row["title"]), _small(kind)]
    return Markup(" ").join(part for part in parts if part)


def _small(text: str) -> Markup:
    return Markup("<small>{}</small>").format(text) if text else Markup("")
