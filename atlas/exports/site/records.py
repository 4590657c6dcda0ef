"""The page of every record in one language. Names that lead to other records, and sources in lists, stand once and are numbered."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from atlas import LANGUAGES
from atlas.cards import pages, source
from atlas.cards.linked import Linked
from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas
from atlas.records.dates import today
from atlas.words import hits, naming
from atlas.words.translator import Translator

# a source in a list begins with the link to its page; any other link within the file
PIECE = re.compile("<small><a href='#source/[^']*'>|<a href='#[^']*'>.*?</a>", re.S)
TOGETHER = "source"
BEFORE, AFTER = "\ue000", "\ue001"  # around the number of a piece


def anchor(kind: str, identifier: str) -> str:
    """The address of a record within the file."""
    return f"#{kind}/{quote(identifier, safe='')}"


def keys(atlas: Atlas) -> list[tuple[str, str]]:
    """Kind and id of every record, in the order in which their names are numbered."""
    return [(kind, one) for kind, table in TABLES.items() for one in atlas.table(table).index]


class Pieces:
    """What comes again and again: the names of records, those of places without the units above them, sources in lists."""

    def __init__(self, linked: Linked):
        atlas, translate = linked.atlas, linked.translate
        every, places = keys(atlas), atlas.table("places").index
        self.names = [naming.record_name(atlas, TABLES[kind], one, translate) for kind, one in every]
        self.short = [atlas.places.name(one, translate.language) for one in places]
        self.lines = [str(source.line(linked, one)) for one in atlas.table("sources").index]
        ends = [*every, *(("place", one) for one in places)]
        link = Markup("<a href='{}'>{}</a>")
        links = [str(link.format(anchor(*key), name)) for key, name in zip(ends, [*self.names, *self.short])]
        self.numbers = {html: number for number, html in reversed(list(enumerate([*links, *self.lines])))}
        self.starts = {found[0]: line for line in self.lines if (found := PIECE.match(line))}

    def shortened(self, html: str) -> str:
        """A card with numbers in place of pieces."""
        return "".join(self._parts(html))

    def _parts(self, html: str) -> Iterator[str]:
        done = 0
        for found in PIECE.finditer(html):
            piece = self.starts.get(found[0], found[0])
            number = self.numbers.get(piece)
            if number is not None and found.start() >= done and html.startswith(piece, found.start()):
                yield f"{html[done : found.start()]}{BEFORE}{number}{AFTER}"
                done = found.start() + len(piece)
        yield html[done:]


def details(atlas: Atlas, translate: Translator) -> list[str]:
    """What stands beside the name of each record of :func:`keys`."""
    told = (
        hits.details(atlas, kind, row, translate)
        for kind, table in TABLES.items()
        for row in atlas.records(table, atlas.table(table).index)
    )
    return [" · ".join(filter(None, one)) for one in told]


def contents(atlas: Atlas) -> dict[str, Any]:
    """The pieces and the pages of all records, as of the day of the atlas, by the ids of their elements.

    What is much the same in all languages, as sources are, stands beside each other in them: so it takes least room.
    """
    languages = {language: Translator(language) for language in LANGUAGES}
    pieces = {language: Pieces(Linked(atlas, translate, anchor)) for language, translate in languages.items()}
    told = {
        language: {
            "names": one.names,
            "short": one.short,
            "lines": one.lines,
            "details": details(atlas, languages[language]),
        }
        for language, one in pieces.items()
    }
    pages_of = {language: _pages(atlas, translate, pieces[language]) for language, translate in languages.items()}
    apart = {
        f"{kind}-{language}": found
        for language, made in pages_of.items()
        for kind, found in made.items()
        if kind != TOGETHER
    }
    sources = [made[TOGETHER] for made in pages_of.values()]
    return {
        "data-names": {
            name: [_once(row) for row in zip(*(one[name] for one in told.values()))] for name in told[LANGUAGES[0]]
        },
        TOGETHER: {one: _once([found[one] for found in sources]) for one in sources[0]},
    } | apart


def _once(texts: Sequence[str]) -> str | Sequence[str]:
    """A text in each language, once where it is the same in all."""
    return texts[0] if len(set(texts)) == 1 else texts


def _pages(atlas: Atlas, translate: Translator, pieces: Pieces) -> dict[str, dict[str, str]]:
    day = today(atlas.version)
    return {
        kind: {
            one: pieces.shortened(pages.html(atlas, kind, one, translate, day, anchor))
            for one in atlas.table(table).index
        }
        for kind, table in TABLES.items()
    }
