"""An index of all that is searched: which records have which words.

Built once for a version of the data. The words of a question are looked up, whatever number of records there are.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas, cached
from atlas.model.recognition import ORDER as PLACES_FIRST
from atlas.model.spelling import LONGEST_SEARCH, fold, is_han, words
from atlas.records.dates import today
from atlas.words import searched

PREPARED = 3  # letters up to which the records of all words that begin alike are kept together
INSIDE = 4  # letters that are looked for within words as well
EXACT, BEGINS, OWN, RELATED, WITHIN = range(5)  # how well a record matches
NONE = 9


class Words:
    """Which documents, by number, have a word, or two that stand together; Chinese ones by their characters."""

    def __init__(self) -> None:
        self.having: dict[str, array] = defaultdict(lambda: array("i"))
        self.beginning: dict[str, array] = defaultdict(lambda: array("i"))

    def add(self, document: int, grams: Iterable[str]) -> None:
        """Note that a document, of a higher number than all before, has these words."""
        beginnings: set[str] = set()
        for gram in grams:
            self.having[gram].append(document)
            if _is_word(gram):
                beginnings.update(gram[:count] for count in range(1, PREPARED + 1))
        for beginning in beginnings:
            self.beginning[beginning].append(document)

    @cached_property
    def vocabulary(self) -> list[str]:
        """The words that are not Chinese, sorted."""
        return sorted(filter(_is_word, self.having))

    @cached_property
    def _joined(self) -> tuple[str, np.ndarray]:
        return "\n".join(self.vocabulary), np.cumsum([0, *(len(word) + 1 for word in self.vocabulary)])

    def beginning_with(self, start: str) -> list[array]:
        """The lists of documents that have a word which begins so."""
        if len(start) <= PREPARED:
            return [self.beginning[start]] if start in self.beginning else []
        first, last = bisect_left(self.vocabulary, start), bisect_left(self.vocabulary, f"{start}\U0010ffff")
        return [self.having[word] for word in self.vocabulary[first:last]]

    def holding(self, part: str) -> list[array]:
        """The lists of documents that have a word with these letters anywhere in it."""
        text, starts = self._joined
        found, at = [], text.find(part)
        while at >= 0:
            number = int(np.searchsorted(starts, at, "right")) - 1
            found.append(self.having[self.vocabulary[number]])
            at = text.find(part, int(starts[number + 1]))
        return found


class Index:
    """The records of an atlas by what they have: documents are numbered by kind, and within it by what comes first."""

    def __init__(self, atlas: Atlas):
        self.documents: list[tuple[str, str]] = []
        self.own, self.related = Words(), Words()
        self.chinese: list[str] = []
        self.ranges: dict[str, tuple[int, int]] = {}
        self._keys: list[tuple[str, int]] = []
        self._grams: dict[str, frozenset[str]] = {}
        self._runs: dict[str, str] = {}
        for kind in searched.ORDER:
            start = len(self.documents)
            for row in _in_order(atlas, kind):
                self._add(atlas, kind, row)
            self.ranges[kind] = (start, len(self.documents))
        self.twinned = _twinned(atlas)
        self._keys.sort()
        self._sorted = [key for key, _ in self._keys]
        self.numbers = {document: number for number, document in enumerate(self.documents)}

    def _add(self, atlas: Atlas, kind: str, row: dict) -> None:
        number = len(self.documents)
        self.documents.append((kind, row["id"]))
        grams: set[str] = set()
        runs: list[str] = []
        for table, column, text in searched.texts(atlas, kind, row):
            found = words(text)
            grams.update(_grams(found))
            runs += filter(is_han, found)
            if searched.is_name(column) and (table == TABLES[kind] or kind == "twinning"):
                self._keys.append((fold(text)[:LONGEST_SEARCH], number))
        self.own.add(number, grams)
        units = searched.units(atlas, kind, row)
        self.related.add(number, frozenset().union(*(self._of_unit(atlas, unit) for unit in units)) - grams)
        self.chinese.append("|".join([*runs, *(self._runs[unit] for unit in units)]))

    def _of_unit(self, atlas: Atlas, unit: str) -> frozenset[str]:
        if unit not in self._grams:
            found = [words(name) for name in atlas.places.spellings(unit)]
            self._grams[unit] = frozenset(gram for name in found for gram in _grams(name))
            self._runs[unit] = "|".join(run for name in found for run in name if is_han(run))
        return self._grams[unit]

    def ask(self, asked: tuple[str, ...], key: str) -> np.ndarray:
        """How well each document matches: all words, in any order, see :data:`EXACT` and what follows; else :data:`NONE`.

        :param asked: folded words, those of a name together with spaces between, and runs of Chinese characters.
        :param key: all of them folded to one text.
        """
        rank = np.full(len(self.documents), NONE, np.int8)
        owned = [self._mask([self.own], word) for word in asked]
        either = [own | self._mask([self.related], word) for own, word in zip(owned, asked)]
        inside = [own | self._inside(word) for own, word in zip(either, asked)]
        for level, masks in ((WITHIN, inside), (RELATED, either), (OWN, owned)):
            rank[np.logical_and.reduce(masks)] = level
        first, last = bisect_left(self._sorted, key), bisect_left(self._sorted, f"{key}\U0010ffff")
        rank[[number for _, number in self._keys[first:last]]] = BEGINS
        last = bisect_left(self._sorted, f"{key}\0", first)
        rank[[number for _, number in self._keys[first:last]]] = EXACT
        return rank

    def knows(self, word: str) -> bool:
        """Whether any record has a word that begins so."""
        return bool(self.own.beginning_with(word) or self.related.beginning_with(word))

    def _mask(self, where: list[Words], word: str) -> np.ndarray:
        mask = np.zeros(len(self.documents), bool)
        for found in where:
            if is_han(word):
                mask |= self._chinese(found, word)
            elif " " in word:
                mask |= self._all(found, _pairs(word.split(), " "))
            else:
                for documents in found.beginning_with(word):
                    mask[documents] = True
        return mask

    def _chinese(self, where: Words, run: str) -> np.ndarray:
        mask = self._all(where, _pairs(run) or [run])
        if len(run) > 2:  # its pairs of characters may stand apart
            for number in np.flatnonzero(mask):
                mask[number] = run in self.chinese[number]
        return mask

    def _all(self, where: Words, grams: Iterable[str]) -> np.ndarray:
        masks = []
        for gram in grams:
            mask = np.zeros(len(self.documents), bool)
            if gram in where.having:
                mask[where.having[gram]] = True
            masks.append(mask)
        return np.logical_and.reduce(masks)

    def _inside(self, word: str) -> np.ndarray:
        mask = np.zeros(len(self.documents), bool)
        if len(word) >= INSIDE and _is_word(word):
            for documents in (*self.own.holding(word), *self.related.holding(word)):
                mask[documents] = True
        return mask


def _grams(found: Sequence[str]) -> set[str]:
    """Words of a text as they are looked up: each, and each two that stand together; of Chinese ones the characters."""
    grams = {pair for pair in _pairs(found, " ") if not any(map(is_han, pair.split()))}
    for word in found:
        grams.update((*word, *_pairs(word)) if is_han(word) else (word,))
    return grams


def _pairs(items: Sequence[str], between: str = "") -> list[str]:
    return [f"{one}{between}{next_one}" for one, next_one in pairwise(items)]


def _is_word(gram: str) -> bool:
    return " " not in gram and not is_han(gram)


def _twinned(atlas: Atlas) -> frozenset[str]:
    return frozenset(place for column in ("vn", "cn") for places in atlas.twinnings[column] for place in places)


def _in_order(atlas: Atlas, kind: str) -> list[dict]:
    """The records of a kind, what is rather looked for first: twinned places that stand, what is newest."""
    table = atlas.table(TABLES[kind])
    rows = atlas.records(TABLES[kind], table.index)
    if kind == "place":
        twinned = _twinned(atlas)
        now = today(atlas.version)

        def first(row: dict) -> tuple:
            exists = atlas.places.exists(row["id"], now)
            return row["id"] not in twinned, not exists, PLACES_FIRST.index(row["kind"]), row["id"]

        return sorted(rows, key=first)
    column = {"agreement": "signed_on", "event": "last", "figure": "last", "source": "published"}.get(kind)
    return sorted(rows, key=lambda row: row[column] or "", reverse=True) if column else rows


@cached(None)
def index(atlas: Atlas) -> Index:
    """The index of an atlas, made once."""
    return Index(atlas)
