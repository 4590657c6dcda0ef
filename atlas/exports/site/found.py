"""What the search of the file looks through, see :mod:`atlas.words.postings`; the script asks as it does."""

from typing import Any

from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas
from atlas.model.spelling import words
from atlas.words import postings, searched

NAME = "="  # before a text that says what a record is called


def index(atlas: Atlas) -> dict[str, Any]:
    """All records in the order of the index: the folded words of their texts, and by number which lead to which.

    ``beside``, ``kin`` and ``naming`` have pairs of numbers, one after the other.
    """
    everything = postings.index(atlas)
    return {
        "kinds": {kind: end for kind, (_, end) in everything.ranges.items()},
        "ids": [identifier for _, identifier in everything.documents],
        "texts": [_texts(atlas, kind, identifier) for kind, identifier in everything.documents],
        **{name: links.pairs() for name, links in everything.links.items()},
    }


def _texts(atlas: Atlas, kind: str, identifier: str) -> str:
    (row,) = atlas.records(TABLES[kind], [identifier])
    own = (TABLES[kind], searched.TITLED.get(kind))
    return "|".join(
        (NAME if searched.is_name(column) and table in own else "") + " ".join(words(text))
        for table, column, text in searched.texts(atlas, kind, row)
    )
