"""A source as safe HTML."""

from html import escape

from atlas.model.atlas import Atlas
from atlas.words.translator import Translator
from atlas.words.vocabulary import language_name, source_kinds

UNLINKED = ("mirror",)


def source(atlas: Atlas, identifier: str, translate: Translator) -> str:
    """One source as HTML: title, publisher, date, language, and a link unless it is a mirror."""
    row = atlas.table("sources").loc[identifier]
    title = _linked(row, row["title"])
    details = [
        row["publisher"],
        row["published"] and translate.date(row["published"]),
        row["language"] and language_name(row["language"], translate),
        source_kinds(translate)[row["kind"]],
    ]
    return f"{title}<br><small>{escape(' · '.join(detail for detail in details if detail))}</small>"


def publisher(row: dict) -> str:
    """The publisher of a source as HTML, or its title where none is known, with a link as :func:`source` has it."""
    return _linked(row, row["publisher"] or row["title"])


def _linked(row: dict, text: str) -> str:
    if not row["url"] or row["kind"] in UNLINKED:
        return escape(text)
    return f"<a href='{escape(row['url'], quote=True)}' target='_blank' rel='noopener noreferrer'>{escape(text)}</a>"


def sources(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> str:
    """A list of sources as HTML."""
    return f"<ol>{''.join(f'<li>{source(atlas, one, translate)}</li>' for one in ids)}</ol>"
