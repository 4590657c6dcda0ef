"""An index of all that is searched: which records have which words.

Built once for a version of the data. The words of a question are looked up, whatever number of records there are.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from threading import Lock

import numpy as np

from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas, cached
from atlas.model.nearness import Nearness
from atlas.model.recognition import ORDER as PLACES_FIRST
from atlas.model.spelling import LONGEST_SEARCH, fold, is_han, words
from atlas.records.dates import today
from atlas.words import searched

PREPARED = 3  # letters up to which the records of all words that begin alike are kept together
INSIDE = 4  # letters that are looked for within words as well
EXACT, BEGINS, OWN, RELATED, WITHIN = range(5)  # how well a record matches
NONE = 9
_making = Lock()


class Words:
    """Which documents, by number, have a word, or two that stand together; Chinese ones by their characters."""

    def __init__(self) -> None:
        self.having: dict[str, array] = defaultdict(lambda: array("i"))
        self.beginning: dict[str, array] = defaultdict(lambda: array("i"))

    def add(self, document: int, runs: Sequence[str]) -> None:
        """Note that a document, of a higher number than all before, has these words; a break between texts is empty."""
        latin = {run for run in runs if run and not is_han(run)}
        grams = {f"{one} {two}" for one, two in pairwise(runs) if one in latin and two in latin}
        for run in set(runs) - latin:
            grams.update((*run, *pairs(run)))
        for gram in grams | latin:
            self.having[gram].append(document)
        for beginning in {word[:count] for word in latin for count in range(1, PREPARED + 1)}:
            self.beginning[beginning].append(document)

    @cached_property
    def vocabulary(self) -> list[str]:
        """The words that are not Chinese, sorted."""
        return sorted(filter(is_word, self.having))

    @cached_property
    def joined(self) -> tuple[str, np.ndarray]:
        """The vocabulary in one text, and where each word begins."""
        return "\n".join(self.vocabulary), np.cumsum([0, *(len(word) + 1 for word in self.vocabulary)])

    def beginning_with(self, start: str) -> list[array]:
        """The lists of documents that have a word which begins so."""
        if len(start) <= PREPARED:
            return [self.beginning[start]] if start in self.beginning else []
        first, last = bisect_left(self.vocabulary, start), bisect_left(self.vocabulary, f"{start}\U0010ffff")
        return [self.having[word] for word in self.vocabulary[first:last]]

    def holding(self, part: str) -> list[array]:
        """The lists of documents that have a word with these letters anywhere in it."""
        text, starts = self.joined
        found, at = [], text.find(part)
        while at >= 0:
            number = int(np.searchsorted(starts, at, "right")) - 1
            found.append(self.having[self.vocabulary[number]])
            at = text.find(part, int(starts[number + 1]))
        return found


class Links:
    """Which documents, by number, lead to which."""

    def __init__(self, pairs: array, size: int):
        """Take pairs of numbers, one after the other."""
        both = np.frombuffer(pairs, np.int32).reshape(-1, 2) if pairs else np.zeros((0, 2), np.int32)
        both = both[np.argsort(both[:, 0], kind="stable")]
        self.size, self.targets = size, both[:, 1]
        self.starts = np.searchsorted(both[:, 0], np.arange(size + 1))

    def pairs(self) -> list[int]:
        """The pairs of numbers, one after the other, in their order."""
        sources = np.repeat(np.arange(self.size), np.diff(self.starts))
        return np.column_stack([sources, self.targets])[np.lexsort((self.targets, sources))].ravel().tolist()

    def reached(self, mask: np.ndarray) -> np.ndarray:
        """For every document whether any of those in a mask leads to it."""
        found = np.zeros(self.size, bool)
        sources = np.flatnonzero(mask)
        counts = self.starts[sources + 1] - self.starts[sources]
        before = np.cumsum(counts) - counts
        found[self.targets[np.repeat(self.starts[sources] - before, counts) + np.arange(counts.sum())]] = True
        return found


class Index:
    """The records of an atlas by what they have: documents are numbered by kind, and within it by what comes first."""

    def __init__(self, atlas: Atlas):
        self.documents: list[tuple[str, str]] = []
        self.own = Words()
        self.chinese: list[str] = []
        self.ranges: dict[str, tuple[int, int]] = {}
        self.twinned = _twinned(atlas)
        self._keys: list[tuple[str, int]] = []
        rows: list[dict] = []
        for kind in searched.ORDER:
            of_kind = _in_order(atlas, kind)
            self.ranges[kind] = (len(rows), len(rows) + len(of_kind))
            rows += of_kind
            for row in of_kind:
                self._add(atlas, kind, row)
        self._keys.sort()
        self._sorted = [key for key, _ in self._keys]
        self.numbers = {document: number for number, document in enumerate(self.documents)}
        self._link(atlas, rows)

    @property
    def links(self) -> dict[str, Links]:
        """Which documents lead to which: places to those beside them, to their kin, and to the records that name them."""
        return {"beside": self._beside, "kin": self._kin, "naming": self._naming}

    def prepare(self) -> None:
        """Make now what somebody would wait for later."""
        self.own.joined, self.nearness  # noqa: B018

    @cached_property
    def nearness(self) -> Nearness:
        """What tells words that are nearly spelled so."""
        return Nearness(self.own.vocabulary)

    def _add(self, atlas: Atlas, kind: str, row: dict) -> None:
        number = len(self.documents)
        self.documents.append((kind, row["id"]))
        found = [(table, column, text, words(text)) for table, column, text in searched.texts(atlas, kind, row)]
        self.own.add(number, [run for _, _, _, runs in found for run in (*runs, "")])
        self.chinese.append("|".join(run for _, _, _, runs in found for run in runs if is_han(run)))
        self._keys += {
            (fold(text)[:LONGEST_SEARCH], number)
            for table, column, text, _ in found
            if searched.is_name(column) and table in (TABLES[kind], searched.TITLED.get(kind))
        }

    def _link(self, atlas: Atlas, rows: list[dict]) -> None:
        """Lead from places to those beside them, to those whose kin they are, and to the records that name them."""
        beside, kin, naming = array("i"), array("i"), array("i")
        involved = set()
        for number, ((kind, identifier), row) in enumerate(zip(self.documents, rows)):
            if kind == "place":
                for other in searched.beside(atlas, identifier):
                    beside.extend((self.numbers["place", other], number))
            for place in searched.named(atlas, kind, row):
                naming.extend((self.numbers["place", place], number))
                involved.add(place)
        for place in involved:
            for other in atlas.places.kin(place):
                kin.extend((self.numbers["place", other], self.numbers["place", place]))
        self._beside, self._kin, self._naming = (Links(pairs, len(rows)) for pairs in (beside, kin, naming))

    def ask(self, asked: tuple[str, ...], key: str) -> np.ndarray:
        """How well each document matches: all words, in any order, see :data:`EXACT` and what follows; else :data:`NONE`.

        :param asked: folded words, those of a name together with spaces between, and runs of Chinese characters.
        :param key: all of them folded to one text.
        """
        rank = np.full(len(self.documents), NONE, np.int8)
        owned = [self._mask(word) for word in asked]
        either = [own | self._related(own) for own in owned]
        within = [self._inside(word) for word in asked]
        inside = [one | own | self._related(own) for one, own in zip(either, within)]
        for level, masks in ((WITHIN, inside), (RELATED, either), (OWN, owned)):
            rank[np.logical_and.reduce(masks)] = level
        first, last = bisect_left(self._sorted, key), bisect_left(self._sorted, f"{key}\U0010ffff")
        rank[[number for _, number in self._keys[first:last]]] = BEGINS
        last = bisect_left(self._sorted, f"{key}\0", first)
        rank[[number for _, number in self._keys[first:last]]] = EXACT
        return rank

    def knows(self, word: str) -> bool:
        """Whether any record has a word that begins so."""
        return bool(self.own.beginning_with(word))

    def _related(self, having: np.ndarray) -> np.ndarray:
        """Which documents have to do with the places among others."""
        places = having.copy()
        places[self.ranges["place"][1] :] = False
        return self._beside.reached(places) | self._naming.reached(places | self._kin.reached(places))

    def _mask(self, word: str) -> np.ndarray:
        if is_han(word):
            return self._chinese(word)
        if " " in word:
            return self._all(pairs(word.split(), " "))
        return self._any(self.own.beginning_with(word))

    def _chinese(self, run: str) -> np.ndarray:
        mask = self._all(pairs(run) or [run])
        if len(run) > 2:  # its pairs of characters may stand apart
            for number in np.flatnonzero(mask):
                mask[number] = run in self.chinese[number]
        return mask

    def _inside(self, word: str) -> np.ndarray:
        return self._any(self.own.holding(word) if len(word) >= INSIDE and is_word(word) else [])

    def _any(self, lists: list[array]) -> np.ndarray:
        mask = np.zeros(len(self.documents), bool)
        for documents in lists:
            mask[documents] = True
        return mask

    def _all(self, grams: Iterable[str]) -> np.ndarray:
        return np.logical_and.reduce(
            [self._any([self.own.having[gram]] if gram in self.own.having else []) for gram in grams]
        )


def pairs(items: Sequence[str], between: str = "") -> list[str]:
    """Each two items that stand together."""
    return [f"{one}{between}{next_one}" for one, next_one in pairwise(items)]


def is_word(gram: str) -> bool:
    """Whether what is looked up is a single word that is not Chinese."""
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


def index(atlas: Atlas) -> Index:
    """The index of an atlas, made once: whoever asks meanwhile waits for it."""
    with _making:
        return _made(atlas)


@cached(None)
def _made(atlas: Atlas) -> Index:
    return Index(atlas)
