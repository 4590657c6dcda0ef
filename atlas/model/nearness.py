"""Which of many names are spelled nearly like another, in a time that hardly grows with their number."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process

from atlas.model.spelling import is_han

COMPARED = 1000  # names that share the most with another
LONGER = 1.5  # times as long as another that a name can be and still be alike
LEAST, LEAST_HAN = 80, 66  # likeness (0 to 100) of a misspelling
SHORTEST, SHORTEST_HAN = 4, 3  # letters in which one may be wrong


class Nearness:
    """Folded names by the pairs of letters, or the Chinese characters, that they have."""

    def __init__(self, names: Sequence[str]):
        self.names = names
        self._lengths = np.fromiter(map(len, names), np.int32, len(names))
        self._having: dict[str, array] = defaultdict(lambda: array("i"))
        for number, name in enumerate(names):
            for gram in _grams(name):
                self._having[gram].append(number)

    def near(self, name: str, least: int | None = None, most: int = 5) -> Iterator[tuple[str, float]]:
        """Names that differ little, with their likeness (0 to 100), the likest first; none for what is too short.

        :param least: their likeness at least, in place of that of a misspelling.
        """
        shortest, usual = (SHORTEST_HAN, LEAST_HAN) if is_han(name) else (SHORTEST, LEAST)
        if len(name) < shortest:
            return
        shared = np.zeros(len(self.names), np.int16)
        for gram in _grams(name):
            if gram in self._having:
                shared[self._having[gram]] += 1
        shared[(self._lengths > len(name) * LONGER) | (self._lengths * LONGER < len(name))] = 0
        numbers = np.flatnonzero(shared)
        if len(numbers) > COMPARED:
            numbers = numbers[np.argpartition(shared[numbers], -COMPARED)[-COMPARED:]]
        compared = [self.names[number] for number in sorted(numbers.tolist())]
        for one, likeness, _ in process.extract(
            name, compared, scorer=fuzz.ratio, score_cutoff=least or usual, limit=most
        ):
            yield one, likeness


def _grams(name: str) -> set[str]:
    return set(name) if is_han(name) else {f"{one}{two}" for one, two in pairwise(name)}
