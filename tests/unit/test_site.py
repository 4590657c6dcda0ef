"""The data of the one file."""

from itertools import pairwise

from atlas.exports.site import found, spelling


def test_what_stands_in_no_order_is_sorted_so_that_the_bytes_are_the_same(atlas):
    index = found.index(atlas)
    for name in ("beside", "kin", "naming"):
        pairs = list(zip(index[name][::2], index[name][1::2], strict=True))
        assert pairs
        assert all(one < other for one, other in pairwise(pairs)), name
    assert spelling.spellings(atlas)["marked"] == sorted(spelling.spellings(atlas)["marked"])
