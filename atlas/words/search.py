"""One search over all records: places, twinnings, agreements, meetings, figures, commitments, sources, disagreements.

Whatever spelling of a name is typed is understood, see :mod:`atlas.model.names`; misspellings are suggestions, never hits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np

from atlas import LANGUAGES
from atlas.model.atlas import Atlas
from atlas.model.names import names
from atlas.model.recognition import spelled_so
from atlas.model.spelling import AFTER, BEFORE, LONGEST_SEARCH, is_han
from atlas.words.hits import Item, item
from atlas.words.postings import EXACT, NONE, Index, index, is_word
from atlas.words.translator import Translator

PER_GROUP = 5
MOST_SUGGESTIONS = 3
LIKENESS = 75  # least of a word that may have been meant, 0 to 100
BAND = 5  # of scores within which a twinned place comes before others
TYPE_WORDS = {part.rstrip(".") for word in (*BEFORE, *AFTER) for part in word.split()}


@dataclass(frozen=True)
class Group:
    """The records of one kind, the best first; ``total`` of them match."""

    kind: str
    label: str
    total: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Suggestion:
    """What may have been meant where nothing is spelled so, and the address of a search for it."""

    text: str
    href: str


@dataclass(frozen=True)
class Found:
    """What a search has found, by kind in the order place, twinning, agreement, event, figure, commitment, source, discrepancy."""

    query: str
    groups: tuple[Group, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def total(self) -> int:
        """How many records match."""
        return sum(group.total for group in self.groups)


def prepare(atlas: Atlas) -> None:
    """Make what a search needs, so that the first who searches does not wait for it."""
    names(atlas).prepare()
    index(atlas).prepare()
    for language in LANGUAGES:
        atlas.places.full_name(index(atlas).documents[0][1], language)


def find(atlas: Atlas, text: str, language: str, limit: int = PER_GROUP) -> Found:
    """Search everything; nothing is found for what is empty, a single Latin letter, or longer than :data:`LONGEST_SEARCH`.

    :param limit: items of each kind at most.
    """
    text = text.strip()
    asked = _asked(atlas, text) if len(text) <= LONGEST_SEARCH else ()
    if not asked or (len(asked) == 1 and len(asked[0]) < 2 and not is_han(asked[0])):
        return Found(text)
    translate = Translator(language)
    documents = _matching(atlas, text, asked, limit)
    kept = tuple(word for word in asked if word not in TYPE_WORDS)
    if not documents and kept and kept != asked:
        asked = kept
        documents = _matching(atlas, " ".join(kept), kept, limit)
    labels = group_labels(translate)
    groups = tuple(
        Group(kind, labels[kind], total, tuple(item(atlas, kind, one, asked, translate) for one in ids))
        for kind, (ids, total) in documents.items()
    )
    return Found(text, groups, () if groups else tuple(_suggested(atlas, text, asked, language)))


def group_labels(translate: Translator) -> dict[str, str]:
    """What the records of each kind are called together."""
    return {
        "place": translate("Places"),
        "twinning": translate("Twinnings"),
        "agreement": translate("Agreements"),
        "event": translate("Meetings and courses"),
        "figure": translate("Figures"),
        "commitment": translate("Commitments"),
        "source": translate("Sources"),
        "discrepancy": translate("Points on which sources disagree"),
    }


def _asked(atlas: Atlas, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names(atlas).phrases(text)))


def _key(asked: tuple[str, ...]) -> str:
    return "".join(asked).replace(" ", "")


def _matching(atlas: Atlas, text: str, asked: tuple[str, ...], limit: int) -> dict[str, tuple[list[str], int]]:
    """The ids of the best records of each kind that has any, and how many match."""
    everything = index(atlas)
    rank = everything.ask(asked, _key(asked))
    meant = _meant(atlas, text, everything)
    rank[meant] = EXACT
    found = {}
    for kind, (start, end) in everything.ranges.items():
        ranks = rank[start:end]
        numbers = np.flatnonzero(ranks < NONE)
        if total := len(numbers):
            best = numbers[np.argsort(ranks[numbers], kind="stable")][: limit + len(meant)] + start
            first = [number for number in meant if start <= number < end]
            order = dict.fromkeys([*first, *best.tolist()])
            found[kind] = ([everything.documents[number][1] for number in list(order)[:limit]], total)
    return found


def _meant(atlas: Atlas, text: str, everything: Index) -> list[int]:
    """The records of the very name, code or id, the best first and those with twinnings before others that are hardly better."""
    best: dict[str, float] = {}
    for one in spelled_so(atlas, text):
        best[one.place] = max(one.score, best.get(one.place, 0))
    places = sorted(best, key=lambda one: (-(best[one] // BAND), one not in everything.twinned, -best[one], one))
    found = [("place", one) for one in places] + [(kind, text.lower()) for kind in everything.ranges if kind != "place"]
    return [everything.numbers[one] for one in found if one in everything.numbers]


def _suggested(atlas: Atlas, text: str, asked: tuple[str, ...], language: str) -> Iterator[Suggestion]:
    """Searches that find something: for places of nearly this name, and for the words with those replaced that nothing has."""
    known = names(atlas)
    texts = [known.by_key[key][0].name for key, _ in known.nearness.near(_key(asked))]
    everything, corrected = index(atlas), " ".join(asked).split()
    unknown = [at for at, word in enumerate(corrected) if is_word(word) and not everything.knows(word)]
    for at in unknown[:MOST_SUGGESTIONS]:
        corrected[at] = next((word for word, _ in everything.nearness.near(corrected[at], LIKENESS, 1)), corrected[at])
    texts.append(" ".join(corrected))
    found = [one for one in dict.fromkeys(texts) if one != text and _finds(atlas, one)]
    for one in found[:MOST_SUGGESTIONS]:
        yield Suggestion(one, f"search?{urlencode({'find': one, 'lang': language})}")


def _finds(atlas: Atlas, text: str) -> bool:
    asked = _asked(atlas, text)
    return bool(asked) and bool(_matching(atlas, text, asked, 1))
