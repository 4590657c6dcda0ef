"""Places in a row for things that want to stand elsewhere: in their order, far enough apart, as near as they can be."""

from collections.abc import Sequence
from itertools import accumulate, pairwise


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, limits: Sequence[float]) -> list[float] | None:
    """Where things stand that want to stand at ``wanted`` (rising), each with half of its size free on either side.

    The sum of squared distances is the least that the order and the sizes allow, then what passes an end is pushed back:
    isotonic regression after the sizes are taken off (Barlow et al. 1972, pool adjacent violators).

    :param low: below which no middle may be.
    :param limits: above which the middle of each may not be.
    :return: the middles, rising; None where there is no room for all.
    """
    if not wanted:
        return []
    before = list(accumulate(((one + other) / 2 for one, other in pairwise(sizes)), initial=0.0))
    free = _rising([want - offset for want, offset in zip(wanted, before)])
    highest = float("inf")
    found: list[float] = []
    for value, offset, limit in zip(reversed(free), reversed(before), reversed(limits)):
        highest = min(highest, limit - offset)
        found.append(max(low, min(value, highest)) + offset)
    return found[::-1] if highest >= low else None


def _rising(values: Sequence[float]) -> list[float]:
    """The rising values that are nearest to these by the sum of squares."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while blocks and blocks[-1][0] > mean:
            other, number = blocks.pop()
            mean, count = (other * number + mean * count) / (number + count), number + count
        blocks.append((mean, count))
    return [mean for mean, count in blocks for _ in range(count)]
